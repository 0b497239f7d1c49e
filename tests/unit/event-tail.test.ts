import { describe, expect, it } from 'vitest';
import type { DomainEvent } from '../../src/domain/event/event.js';
import { EventTail } from '../../src/store/event-tail.js';
import { id } from '../support/builders.js';

const anEvent = (sequence: number, fields: Partial<DomainEvent> = {}): DomainEvent => ({
  sequence,
  type: 'service.deployed',
  at: 0,
  subjectKind: 'service',
  subjectId: id(sequence),
  relatedIds: [],
  data: {},
  ...fields,
});

/** A history that counts how often it is read. */
class Stored {
  readonly events: DomainEvent[] = [];
  reads = 0;
  broken = false;

  add(...events: DomainEvent[]): number {
    this.events.push(...events);
    return this.events.at(-1)?.sequence ?? 0;
  }

  readonly read = (after: number, limit: number): Promise<readonly DomainEvent[]> => {
    this.reads += 1;
    if (this.broken) return Promise.reject(new Error('away'));
    return Promise.resolve(this.events.filter(({ sequence }) => sequence > after).slice(0, limit));
  };
}

const numbers = (from: number, to: number): DomainEvent[] =>
  Array.from({ length: to - from + 1 }, (_, index) => anEvent(from + index));

const sequences = (tail: EventTail, after: number, limit = 1_000): number[] | undefined =>
  tail.after(after, limit, undefined, undefined)?.events.map(({ sequence }) => sequence);

describe('the tail of the history', () => {
  it('is read once for all who are at the same place', async () => {
    const stored = new Stored();
    const tail = new EventTail(stored.read);
    await tail.extend(stored.add(...numbers(1, 3)));
    expect(stored.reads).toBe(1);
    const page = tail.after(1, 10, undefined, undefined);
    expect(page).toMatchObject({ events: [{ sequence: 2 }, { sequence: 3 }], upTo: 3 });
    expect(tail.after(1, 10, undefined, undefined)).toBe(page);
    await tail.extend(stored.add(...numbers(4, 5)));
    expect(sequences(tail, 1)).toEqual([2, 3, 4, 5]);
    expect(stored.reads).toBe(2);
  });

  it('gives pages, and says up to where it has looked', async () => {
    const stored = new Stored();
    const tail = new EventTail(stored.read);
    await tail.extend(stored.add(...numbers(1, 5)));
    expect(tail.after(0, 2, undefined, undefined)).toMatchObject({ upTo: 2 });
    expect(sequences(tail, 5)).toEqual([]);
    expect(tail.after(6, 2, undefined, undefined)).toBeUndefined();
  });

  it('tells of a subject what is about it, and of an organization what belongs to it', async () => {
    const stored = new Stored();
    const tail = new EventTail(stored.read);
    const about = { relatedIds: [id(77)] };
    await tail.extend(
      stored.add(
        anEvent(1, { subjectId: id(77) }),
        anEvent(2, { organizationId: id(9) }),
        anEvent(3, about),
        anEvent(4, { ...about, organizationId: id(9) }),
      ),
    );
    const of = (subjectId?: string, organizationId?: string) =>
      tail.after(0, 10, subjectId, organizationId)?.events.map(({ sequence }) => sequence);
    expect([of(id(77)), of(undefined, id(9)), of(id(77), id(9))]).toEqual([[1, 3, 4], [2, 4], [4]]);
    expect(tail.after(0, 10, id(1_000), undefined)).toMatchObject({ events: [], upTo: 4 });
  });

  it('reaches back a while, and knows nothing of what was before', async () => {
    const stored = new Stored();
    const tail = new EventTail(stored.read);
    await tail.extend(stored.add(...numbers(1, 1_000)));
    expect(tail.after(799, 10, undefined, undefined)).toBeUndefined();
    expect(sequences(tail, 800, 2)).toEqual([801, 802]);
    await tail.extend(stored.add(...numbers(1_001, 7_000)));
    expect(tail.after(1_999, 10, undefined, undefined)).toBeUndefined();
    expect(sequences(tail, 2_000, 1)).toEqual([2_001]);
    expect(sequences(tail, 6_999)).toEqual([7_000]);
  });

  it('begins anew where the history did, and after a store that could not be read', async () => {
    const stored = new Stored();
    const tail = new EventTail(stored.read);
    await tail.extend(stored.add(...numbers(1, 3)));
    stored.events.length = 0;
    await tail.extend(10);
    expect(tail.after(3, 10, undefined, undefined)).toBeUndefined();
    await tail.extend(stored.add(anEvent(11)));
    expect(sequences(tail, 10)).toEqual([11]);
    stored.broken = true;
    await tail.extend(stored.add(anEvent(12)));
    expect(tail.after(10, 10, undefined, undefined)).toBeUndefined();
    stored.broken = false;
    await tail.extend(12);
    expect(sequences(tail, 11)).toEqual([12]);
  });
});
