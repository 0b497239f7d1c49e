import { organizationOf } from '../../domain/access/tenancy.js';
import type { Principal } from '../../domain/access/principal.js';
import type { WebhookPorts } from '../../domain/webhook/ports.js';
import type { DeadLetter, Webhook } from '../../domain/webhook/webhook.js';
import {
  createWebhook,
  getWebhook,
  listDeadLetters,
  redeliver,
  removeWebhook,
  rotateWebhookSecret,
  updateWebhook,
  webhooksOf,
} from '../../domain/webhook/webhooks.js';
import { toEvent } from '../../wire/event.js';
import { defined, toTimestamp } from '../../wire/values.js';
import type { Handlers, Schema } from '../contract.js';
import { fromPage, toPageRequest } from '../paging.js';
import { etag, expectedVersion } from '../views.js';

const timestamp = (ms: number | undefined): string | undefined =>
  ms === undefined ? undefined : toTimestamp(ms);

const toWebhook = ({ progress, ...webhook }: Webhook): Schema<'Webhook'> => ({
  ...defined({
    organizationId: webhook.organizationId,
    name: webhook.name,
    lastError: progress.lastError,
    failingSince: timestamp(progress.failingSince),
    nextAttemptAt: timestamp(progress.nextAttemptAt),
    lastDeliveredAt: timestamp(progress.lastDeliveredAt),
  }),
  id: webhook.id,
  url: webhook.url,
  types: [...webhook.types],
  enabled: webhook.enabled,
  lastSequence: progress.cursor,
  failures: progress.failures,
  createdAt: toTimestamp(webhook.createdAt),
  updatedAt: toTimestamp(webhook.updatedAt),
  version: webhook.version,
});

const toDeadLetter = (letter: DeadLetter): Schema<'DeadLetter'> => ({
  id: letter.id,
  webhookId: letter.webhookId,
  attempts: letter.attempts,
  reason: letter.reason,
  failedAt: toTimestamp(letter.failedAt),
  expiresAt: toTimestamp(letter.expiresAt),
  events: letter.events.map(toEvent),
});

const nothing = { status: 204, body: undefined } as const;

/** Where events are sent to. */
export const webhookHandlers = (ports: WebhookPorts) => {
  const own = (principal: Principal): WebhookPorts => webhooksOf(ports, organizationOf(principal));
  const answer = (webhook: Webhook) => ({
    status: 200 as const,
    headers: { ETag: etag(webhook) },
    body: toWebhook(webhook),
  });
  return {
    listWebhooks: async ({ principal, query }) => ({
      status: 200,
      body: fromPage(await own(principal).webhooks.list({}, toPageRequest(query)), toWebhook),
    }),
    createWebhook: async ({ principal, body }) => {
      const { webhook, secret } = await createWebhook(own(principal), {
        ...body,
        types: body.types ?? [],
      });
      return {
        status: 201,
        headers: { Location: `/api/v1/webhooks/${webhook.id}`, ETag: etag(webhook) },
        body: { webhook: toWebhook(webhook), secret },
      };
    },
    getWebhook: async ({ principal, path }) =>
      answer(await getWebhook(own(principal), path.webhookId)),
    updateWebhook: async ({ principal, path, header, body }) => {
      const version = expectedVersion(header['If-Match']);
      return answer(await updateWebhook(own(principal), path.webhookId, body, version));
    },
    removeWebhook: async ({ principal, path, header }) => {
      const version = expectedVersion(header['If-Match']);
      await removeWebhook(own(principal), path.webhookId, version);
      return nothing;
    },
    rotateWebhookSecret: async ({ principal, path }) => {
      const { webhook, secret } = await rotateWebhookSecret(own(principal), path.webhookId);
      return { status: 200, body: { webhook: toWebhook(webhook), secret } };
    },
    listDeadLetters: async ({ principal, path, query }) => {
      const page = await listDeadLetters(own(principal), path.webhookId, toPageRequest(query));
      return { status: 200, body: fromPage(page, toDeadLetter) };
    },
    redeliverDeadLetter: async ({ principal, path }) => {
      await redeliver(own(principal), path.webhookId, path.letterId);
      return nothing;
    },
  } satisfies Partial<Handlers>;
};
