import { expect } from 'vitest';
import { parsed, type Schemas } from '../../support/calls.js';
import { Receiver } from '../../support/receiver.js';
import type { World } from '../../support/world.js';
import { createOrganization, createWebhook, signInNew, type Case } from '../context.js';

const pathOf = ({ webhook }: Schemas['WebhookWithSecret']): string =>
  `/api/v1/webhooks/${webhook.id}`;

/** A delivery that was given up, put where the manager would have put it. */
async function deadLetter(world: World): Promise<{ path: string; id: string }> {
  const made = await createWebhook(world);
  const { store } = world.manager;
  const { id: webhookId } = made.webhook;
  const path = pathOf(made);
  await world.ask(200, { method: 'PATCH', path, json: { enabled: true } });
  const progress = (await store.webhooks.find(webhookId))?.progress;
  if (progress === undefined) throw new Error('the webhook is gone');
  const id = '66b2f0a1c3d4e5f607182971';
  await store.deadLetters.remove(id);
  await store.webhooks.progress(webhookId, progress.cursor, progress, {
    ...{ id, webhookId, events: await store.events.read(0, 2), attempts: 12 },
    ...{ reason: 'answered with 500', failedAt: Date.now(), expiresAt: Date.now() + 3_600_000 },
  });
  await world.ask(200, { method: 'PATCH', path, json: { enabled: false } });
  return { path: `${path}/dead-letters`, id };
}

export const webhookCases: readonly Case[] = [
  {
    operationId: 'listWebhooks',
    status: 200,
    name: 'without their secrets',
    request: () => ({ path: '/api/v1/webhooks' }),
    check: (answer, { world }) => {
      const { items } = parsed<Schemas['WebhookPage']>(answer);
      expect(items.map(({ id }) => id)).toContain(world.webhook.webhook.id);
      expect(answer.text).not.toContain('sms_');
    },
  },
  {
    operationId: 'createWebhook',
    status: 201,
    name: 'with a secret that is shown once',
    request: () => ({
      method: 'POST',
      path: '/api/v1/webhooks',
      json: { url: 'https://hooks.invalid/1', types: ['cluster.never', 'operation.never'] },
    }),
    check: async (answer, { world }) => {
      const made = parsed<Schemas['WebhookWithSecret']>(answer);
      expect(made.secret).toMatch(/^sms_\S{20,}$/);
      const stored = await world.manager.store.webhooks.find(made.webhook.id);
      expect(JSON.stringify(stored)).not.toContain(made.secret);
      await world.send({ method: 'DELETE', path: pathOf(made) });
    },
  },
  ...['ftp://hooks.invalid', 'https://me:secret@hooks.invalid', 'https://hooks.invalid/#x'].map(
    (url): Case => ({
      operationId: 'createWebhook',
      status: 400,
      name: `to ${url}`,
      problem: { code: 'validation-failed', pointers: ['#/url'] },
      request: () => ({ method: 'POST', path: '/api/v1/webhooks', json: { url } }),
    }),
  ),
  {
    operationId: 'createWebhook',
    status: 409,
    name: 'more than there may be',
    problem: { code: 'too-many-webhooks' },
    request: async ({ world }) => {
      const { id } = await createOrganization(world, world.name('team'));
      const { accessToken: token } = await signInNew(world, ['organizationAdmin'], id);
      const json = { url: 'https://hooks.invalid/1', types: ['cluster.removed'] };
      const call = { method: 'POST', path: '/api/v1/webhooks', token, json } as const;
      for (let made = 0; made < 20; made += 1) await world.ask(201, call);
      return call;
    },
  },
  {
    operationId: 'getWebhook',
    status: 200,
    name: 'with its version as ETag',
    request: ({ world }) => ({ path: pathOf(world.webhook) }),
    check: (answer) => {
      expect(answer.headers['etag']).toBe(`"${parsed<Schemas['Webhook']>(answer).version}"`);
    },
  },
  {
    operationId: 'updateWebhook',
    status: 200,
    name: 'the fields that are present',
    request: async ({ world }) => ({
      method: 'PATCH',
      path: pathOf(await createWebhook(world)),
      json: { name: 'chat' },
    }),
    check: (answer) => {
      expect(parsed(answer)).toMatchObject({ name: 'chat', enabled: false, version: 3 });
    },
  },
  {
    operationId: 'removeWebhook',
    status: 204,
    name: 'for good',
    request: async ({ world }) => ({ method: 'DELETE', path: pathOf(await createWebhook(world)) }),
    check: async (_, { world }, { path }) => {
      await world.ask(404, { path });
    },
  },
  {
    operationId: 'rotateWebhookSecret',
    status: 200,
    name: 'another one than before',
    request: async ({ world }) => ({
      method: 'POST',
      path: `${pathOf(await createWebhook(world))}/secret`,
    }),
    check: (answer) => {
      expect(parsed<Schemas['WebhookWithSecret']>(answer).webhook.version).toBe(3);
    },
  },
  {
    operationId: 'listDeadLetters',
    status: 200,
    name: 'with their events',
    request: async ({ world }) => ({ path: (await deadLetter(world)).path }),
    check: (answer) => {
      const { items } = parsed<Schemas['DeadLetterPage']>(answer);
      expect(items.map(({ events }) => events.length)).toEqual([2]);
    },
  },
  {
    operationId: 'redeliverDeadLetter',
    status: 204,
    name: 'to a receiver that takes it',
    request: async ({ world }) => {
      const { path, id } = await deadLetter(world);
      return { method: 'POST', path: `${path}/${id}/redeliver` };
    },
    transport: async ({ world }, call) => {
      const receiver = await Receiver.start();
      const path = call.path.split('/dead-letters')[0] ?? '';
      await world.ask(200, { method: 'PATCH', path, json: { url: receiver.url } });
      const answer = await world.send(call);
      expect(receiver.events).toHaveLength(2);
      await receiver.close();
      return answer;
    },
  },
  {
    operationId: 'redeliverDeadLetter',
    status: 409,
    name: 'to a receiver that does not',
    problem: { code: 'delivery-failed' },
    request: async ({ world }) => {
      const { path, id } = await deadLetter(world);
      return { method: 'POST', path: `${path}/${id}/redeliver` };
    },
  },
];
