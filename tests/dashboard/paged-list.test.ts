import type { Event } from '@system-manager/client';
import { describe, expect, it } from 'vitest';
import { LiveEvents } from '../../clients/dashboard/src/live/live-events.js';
import { PagedList } from '../../clients/dashboard/src/live/paged-list.js';
import { TestClock } from './test-clock.js';

/** A list of a manager, in pages of ten, and a stream of events that a test writes. */
function stage(count: number) {
  const clock = new TestClock();
  const told: ((event: Event) => void)[] = [];
  const live = new LiveEvents(
    async function* () {
      for (;;) yield await new Promise<Event>((resolve) => told.push(resolve));
    },
    () => undefined,
  );
  live.start();
  const ids = Array.from({ length: count }, (_, index) => `id-${String(index).padStart(4, '0')}`);
  const asked: (string | undefined)[] = [];
  const list = new PagedList<{ id: string; readAs: number }>(
    live,
    {
      load: (cursor) => {
        asked.push(cursor);
        const rest = ids.filter((id) => cursor === undefined || id > cursor);
        const items = rest.slice(0, 10).map((id) => ({ id, readAs: asked.length }));
        const next = rest.length > 10 ? items.at(-1)?.id : undefined;
        return Promise.resolve({ items, ...(next === undefined ? {} : { nextCursor: next }) });
      },
      concerns: ({ type }) => type === 'thing.made',
    },
    clock,
  );
  const tell = async (subjectId: string, type = 'thing.changed'): Promise<void> => {
    told.shift()?.({ type, subjectId, subjectKind: 'service', sequence: 1, at: '', data: {} });
    await clock.settle();
    clock.advance(500);
    await clock.settle();
  };
  return { clock, ids, asked, list, tell };
}

const start = async (count: number) => {
  const staged = stage(count);
  staged.list.subscribe(() => undefined);
  await staged.clock.settle();
  return staged;
};

/** Looks, and waits until what is seen has been read. */
const look = async ({ list, clock }: ReturnType<typeof stage>, first: number, last: number) => {
  list.look(first, last);
  clock.advance(500);
  await clock.settle();
};

describe('a paged list', () => {
  it('reads as far as somebody looks, and no further', async () => {
    const staged = await start(100_000);
    expect(staged.asked).toEqual([undefined]);
    await look(staged, 5, 12);
    expect(staged.asked).toEqual([undefined, 'id-0009']);
    expect(staged.list.get()).toMatchObject({ complete: false });
    expect(staged.list.get().items).toHaveLength(20);
  });

  it('knows when it is complete', async () => {
    const staged = await start(15);
    await look(staged, 0, 9);
    expect(staged.list.get()).toMatchObject({ complete: true });
    expect(staged.list.get().items).toHaveLength(15);
  });

  it('reads only the page anew in which something has changed', async () => {
    const staged = await start(30);
    await look(staged, 0, 12);
    await staged.tell('id-0011');
    expect(staged.asked).toEqual([undefined, 'id-0009', 'id-0009']);
  });

  it('reads nothing anew for what it neither has nor waits for', async () => {
    const staged = await start(5);
    await staged.tell('id-of-another');
    expect(staged.asked).toEqual([undefined]);
  });

  it('takes in what is new, and lets go what is gone, without showing anything twice', async () => {
    const staged = await start(25);
    await look(staged, 0, 12);
    await look(staged, 0, 20);
    staged.ids.splice(staged.ids.indexOf('id-0003'), 1);
    await staged.tell('id-0003');
    const shown = staged.list.get().items.map(({ id }) => id);
    expect(shown).toEqual(staged.ids);
    staged.ids.push('id-9999');
    await staged.tell('id-9999', 'thing.made');
    expect(staged.list.get().items.at(-1)?.id).toBe('id-9999');
  });

  it('reads what is changed elsewhere only when it is looked at', async () => {
    const staged = await start(40);
    await look(staged, 0, 12);
    await look(staged, 20, 29);
    const before = staged.asked.length;
    await staged.tell('id-0002');
    expect(staged.asked).toHaveLength(before);
    await look(staged, 0, 5);
    expect(staged.asked.slice(before)).toEqual([undefined]);
  });
});
