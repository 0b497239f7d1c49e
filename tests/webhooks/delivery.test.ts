/** What receivers of webhooks get, whatever they do with it. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createOrganization, signInNew } from '../contract/context.js';
import { problemOf, type Schemas } from '../support/calls.js';
import { FakeClock } from '../support/clock.js';
import { Receiver, fitting, refusesWith, takes } from '../support/receiver.js';
import { Site } from '../support/site.js';

const clock = new FakeClock(Date.now());
const hourMs = 3_600_000;
let site: Site;
let receiver: Receiver;

beforeAll(async () => {
  site = await Site.start({
    now: clock.now,
    monotonic: () => 0,
    webhookNetworks: '127.0.0.0/8',
    webhookTiming: { everyMs: 10, timeoutMs: 1_000 },
  });
});

afterAll(() => site.close());

beforeEach(async () => {
  receiver = await Receiver.start();
});

afterEach(async () => {
  const { items } = await site.ask<Schemas['WebhookPage']>(200, { path: '/api/v1/webhooks' });
  for (const { id } of items) await site.send({ method: 'DELETE', path: `/api/v1/webhooks/${id}` });
  await receiver.close();
});

const create = (fields: object = {}): Promise<Schemas['WebhookWithSecret']> =>
  site.ask(201, {
    method: 'POST',
    path: '/api/v1/webhooks',
    json: { url: receiver.url, ...fields },
  });

const read = (id: string): Promise<Schemas['Webhook']> =>
  site.ask(200, { path: `/api/v1/webhooks/${id}` });

const lettersOf = async (id: string): Promise<readonly Schemas['DeadLetter'][]> =>
  (
    await site.ask<Schemas['DeadLetterPage']>(200, {
      path: `/api/v1/webhooks/${id}/dead-letters`,
    })
  ).items;

/** The webhook once it is so; its state is no part of the history. */
const until = async (
  id: string,
  is: (webhook: Schemas['Webhook']) => boolean,
): Promise<Schemas['Webhook']> => {
  await expect.poll(async () => is(await read(id)), { timeout: 15_000 }).toBe(true);
  return read(id);
};

const failedTimes = (times: number) => (webhook: Schemas['Webhook']) => webhook.failures === times;

describe('a webhook', () => {
  it('gets the events that it asks for, in order, with a signature that fits', async () => {
    const { webhook, secret } = await create({ types: ['service.*', 'cluster.registered'] });
    const first = await site.deploy();
    const cluster = await site.register();
    const second = await site.deploy();
    const wanted = [first.service.id, cluster.id, second.service.id];
    await receiver.deliveries.find('the last event', (each): each is typeof each =>
      each.body.events.some(({ subjectId }) => subjectId === wanted[2]),
    );
    const begun = receiver.events.filter(({ type }) =>
      ['service.deployed', 'cluster.registered'].includes(type),
    );
    expect(begun.map(({ subjectId }) => subjectId)).toEqual(wanted);
    const sequences = receiver.events.map(({ sequence }) => sequence);
    expect(sequences).toEqual([...new Set(sequences)].sort((a, b) => a - b));
    expect(receiver.events.every(({ type }) => /^(service|cluster)\./.test(type))).toBe(true);
    for (const delivery of receiver.deliveries.all) {
      expect(fitting(delivery, secret)).toBe(1);
      expect(delivery.body.webhookId).toBe(webhook.id);
      expect(delivery.headers['system-manager-delivery']).toBe(delivery.body.deliveryId);
    }
    await until(webhook.id, ({ lastSequence }) => lastSequence >= (sequences.at(-1) ?? Infinity));
  });

  it('gets again what its receiver has not taken, and then what came meanwhile', async () => {
    receiver.answering = refusesWith(503);
    const { webhook } = await create({ types: ['cluster.registered'] });
    const one = await site.register();
    const failing = await until(webhook.id, failedTimes(1));
    expect(failing.lastError).toBe('answered with 503');
    expect(failing.lastSequence).toBe(webhook.lastSequence);
    const other = await site.register();
    receiver.answering = takes;
    clock.advance(2_000);
    await until(webhook.id, ({ lastDeliveredAt }) => lastDeliveredAt !== undefined);
    const [before, after] = receiver.deliveries.all;
    expect(after?.body.deliveryId).toBe(before?.body.deliveryId);
    await expect
      .poll(() => new Set(receiver.events.map(({ subjectId }) => subjectId)))
      .toEqual(new Set([one.id, other.id]));
    expect((await read(webhook.id)).failures).toBe(0);
  });

  it('puts aside what is refused too often, goes on, and delivers it again when asked', async () => {
    receiver.answering = refusesWith(400);
    const { webhook } = await create({ types: ['cluster.registered'] });
    const lost = await site.register();
    for (let times = 1; times < 12; times += 1) {
      await until(webhook.id, failedTimes(times));
      clock.advance(601_000);
    }
    await expect.poll(() => lettersOf(webhook.id)).toHaveLength(1);
    const [letter] = await lettersOf(webhook.id);
    expect(letter).toMatchObject({ attempts: 12, reason: 'answered with 400' });
    expect(letter?.events.map(({ subjectId }) => subjectId)).toEqual([lost.id]);

    const redeliver = {
      method: 'POST',
      path: `/api/v1/webhooks/${webhook.id}/dead-letters/${letter?.id ?? ''}/redeliver`,
    } as const;
    const refused = await site.send(redeliver);
    expect([refused.status, problemOf(refused).code]).toEqual([409, 'delivery-failed']);
    receiver.answering = takes;
    clock.advance(601_000);
    const next = await site.register();
    await receiver.deliveries.find(
      'what comes after',
      (each): each is typeof each => each.body.events[0]?.subjectId === next.id,
    );
    expect((await site.send(redeliver)).status).toBe(204);
    expect(await lettersOf(webhook.id)).toEqual([]);
    expect(receiver.events.at(-1)?.subjectId).toBe(lost.id);
  });

  it('is switched off once it has failed for a day, and goes on where it was', async () => {
    receiver.answering = refusesWith(500);
    const { webhook } = await create({ types: ['cluster.registered'] });
    const { id } = await site.register();
    await until(webhook.id, failedTimes(1));
    clock.advance(25 * hourMs);
    const off = await until(webhook.id, ({ enabled }) => !enabled);
    expect(off.failingSince).toBeDefined();
    receiver.answering = takes;
    const path = `/api/v1/webhooks/${webhook.id}`;
    await site.ask(200, { method: 'PATCH', path, json: { enabled: true } });
    await expect.poll(() => receiver.events.at(-1)?.subjectId).toBe(id);
    const on = await until(webhook.id, ({ lastDeliveredAt }) => lastDeliveredAt !== undefined);
    expect([on.enabled, on.failingSince]).toEqual([true, undefined]);
  });

  it('signs with both secrets for a day after a change', async () => {
    const { webhook, secret: old } = await create({ types: ['cluster.registered'] });
    const path = `/api/v1/webhooks/${webhook.id}/secret`;
    const { secret } = await site.ask<Schemas['WebhookWithSecret']>(200, { method: 'POST', path });
    await site.register();
    await expect.poll(() => receiver.deliveries.all.length).toBe(1);
    clock.advance(25 * hourMs);
    await site.register();
    await expect.poll(() => receiver.deliveries.all.length).toBe(2);
    const fits = receiver.deliveries.all.map((each) => [fitting(each, secret), fitting(each, old)]);
    expect(fits).toEqual([
      [1, 1],
      [1, 0],
    ]);
  });

  it('of an organization gets what is of that organization', async () => {
    const { id } = await createOrganization(site, site.name('team'));
    const { accessToken: token } = await signInNew(site, ['organizationAdmin'], id);
    const json = { url: receiver.url, types: ['cluster.registered'] };
    await site.ask(201, { method: 'POST', path: '/api/v1/webhooks', token, json });
    await site.register();
    const own = await site.ask<Schemas['ClusterRegistered']>(201, {
      method: 'POST',
      path: '/api/v1/clusters',
      token,
      json: { name: site.name('own') },
    });
    await expect.poll(() => receiver.events.length).toBeGreaterThan(0);
    expect(receiver.events.map(({ subjectId }) => subjectId)).toEqual([own.cluster.id]);
  });

  it.each([
    ['redirects elsewhere', 'answered with 307'],
    ['does not answer', 'did not answer in time'],
    ['answers with too much', 'answered with too much'],
  ])('does not follow a receiver that %s', async (what, reason) => {
    receiver.answering = (response) => {
      if (what === 'redirects elsewhere')
        response.writeHead(307, { location: receiver.url.replace('hook', 'other') }).end();
      if (what === 'answers with too much') response.end('x'.repeat(1024 * 1024));
    };
    const { webhook } = await create({ types: ['cluster.registered'] });
    await site.register();
    expect((await until(webhook.id, failedTimes(1))).lastError).toBe(reason);
    expect(receiver.deliveries.all.map(({ path }) => path)).toEqual(['/hook']);
  });
});

describe('a webhook into a network that is not allowed', () => {
  it.each(['127.0.0.1', 'localhost', '[::1]', '[::ffff:127.0.0.1]', '2130706433', '0.0.0.0'])(
    'at %s is not called',
    async (host) => {
      const strict = await Site.start({ webhookTiming: { everyMs: 10 } });
      const url = receiver.url.replace('127.0.0.1', host);
      const { webhook } = await strict.ask<Schemas['WebhookWithSecret']>(201, {
        method: 'POST',
        path: '/api/v1/webhooks',
        json: { url },
      });
      await strict.register();
      const path = `/api/v1/webhooks/${webhook.id}`;
      await expect
        .poll(async () => (await strict.ask<Schemas['Webhook']>(200, { path })).lastError)
        .toBe('has an address to which nothing is delivered');
      expect(receiver.deliveries.all).toEqual([]);
      await strict.close();
    },
  );
});

describe('a manager that starts again', () => {
  it('delivers what happened while it did not lead', async () => {
    const { store } = site.manager;
    const { webhook } = await create({ types: ['cluster.registered'] });
    receiver.answering = refusesWith(500);
    const { id } = await site.register();
    await until(webhook.id, failedTimes(1));
    // As another manager would find it.
    const found = await store.webhooks.enabled();
    expect(found.map((each) => [each.id, each.progress.cursor])).toEqual([
      [webhook.id, webhook.lastSequence],
    ]);
    // Who was overtaken changes nothing.
    const late = { cursor: 1_000_000, failures: 0 };
    expect(await store.webhooks.progress(webhook.id, webhook.lastSequence - 1, late)).toBe(false);
    receiver.answering = takes;
    clock.advance(2_000);
    await expect.poll(() => receiver.events.at(-1)?.subjectId).toBe(id);
  });
});
