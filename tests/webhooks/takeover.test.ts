/** Deliveries when another manager takes the lead (P1, P8). */
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DomainEvent } from '../../src/domain/event/event.js';
import type { EventStore } from '../../src/domain/ports.js';
import type { Courier } from '../../src/domain/webhook/ports.js';
import { newId } from '../../src/store/ids.js';
import { Dispatcher } from '../../src/webhooks/dispatcher.js';
import { startTestStore, type TestStore } from '../support/app.js';
import { id } from '../support/builders.js';

let test: TestStore;

beforeAll(async () => {
  test = await startTestStore();
});

afterAll(() => test.close());

const happened: readonly DomainEvent[] = [1, 2, 3].map((sequence) => ({
  ...{ sequence, type: 'service.deployed', at: 0, subjectKind: 'service' },
  ...{ subjectId: id(sequence), relatedIds: [], data: {} },
}));

const history: Pick<EventStore, 'read' | 'bounds' | 'onAppend'> = {
  read: (after, limit) =>
    Promise.resolve(happened.filter(({ sequence }) => sequence > after).slice(0, limit)),
  bounds: () => Promise.resolve({ trimmedTo: 0, last: 3 }),
  onAppend: () => () => undefined,
};

/** A receiver that answers when the test says so. */
class Slow implements Courier {
  readonly delivered: number[][] = [];
  #answer: ((reason: string | undefined) => void) | undefined;

  deliver(...[, , events]: Parameters<Courier['deliver']>): Promise<string | undefined> {
    this.delivered.push(events.map(({ sequence }) => sequence));
    return new Promise((resolve) => {
      this.#answer = resolve;
    });
  }

  answer(reason?: string): void {
    this.#answer?.(reason);
  }
}

const dispatcher = (courier: Courier): Dispatcher =>
  new Dispatcher({
    ...{ webhooks: test.store.webhooks, events: history, courier, newId },
    ...{ now: Date.now, random: () => 0, everyMs: 5, logger: pino({ level: 'silent' }) },
  });

async function aWebhook(): Promise<string> {
  const webhookId = newId();
  await test.store.webhooks.insert({
    ...{ id: webhookId, url: 'https://hooks.invalid', types: [], sealedSecret: '', enabled: true },
    ...{ createdAt: 0, updatedAt: 0, version: 1, progress: { cursor: 0, failures: 0 } },
  });
  return webhookId;
}

const progressOf = async (webhookId: string) =>
  (await test.store.webhooks.find(webhookId))?.progress;

describe('a delivery that is under way when another manager takes the lead', () => {
  it.each([
    ['is taken late', undefined],
    ['fails late', 'answered with 500'],
  ])('is made again, and changes nothing when it %s', async (_, reason) => {
    const webhookId = await aWebhook();
    const [former, next] = [new Slow(), new Slow()];
    const [old, young] = [dispatcher(former), dispatcher(next)];
    await old.start();
    await expect.poll(() => former.delivered).toEqual([[1, 2, 3]]);
    await young.start();
    await expect.poll(() => next.delivered).toEqual([[1, 2, 3]]);
    next.answer();
    await expect.poll(async () => (await progressOf(webhookId))?.cursor).toBe(3);
    const settled = await progressOf(webhookId);
    former.answer(reason);
    await Promise.all([old.stop(), young.stop()]);
    expect(await progressOf(webhookId)).toEqual(settled);
    expect([former.delivered.length, next.delivered.length]).toEqual([1, 1]);
    await test.store.webhooks.remove(webhookId);
  });

  it('is not begun again by the same manager while it is under way', async () => {
    const webhookId = await aWebhook();
    const courier = new Slow();
    const only = dispatcher(courier);
    await only.start();
    await expect.poll(() => courier.delivered.length).toBe(1);
    const stopped = only.stop();
    courier.answer();
    await stopped;
    expect(courier.delivered).toEqual([[1, 2, 3]]);
    expect((await progressOf(webhookId))?.cursor).toBe(3);
  });
});
