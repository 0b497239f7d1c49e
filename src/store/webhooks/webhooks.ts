import { DomainError } from '../../domain/errors.js';
import type { WebhookStore } from '../../domain/webhook/ports.js';
import type { Webhook, WebhookProgress } from '../../domain/webhook/webhook.js';
import { durably } from '../../failpoints.js';
import { toObjectId } from '../ids.js';
import { fromOwnerFields, ownerFields } from '../owner.js';
import { toPage } from '../pages.js';
import type { Transactions } from '../unit-of-work.js';
import { compact, fromDate, setOrUnset, toDate } from '../updates.js';
import { bury } from './dead-letters.js';
import type { WebhookDocument, WebhookModels } from './models.js';

const userFields = ({ name, url, types, sealedSecret, previous, enabled, updatedAt }: Webhook) => ({
  name,
  url,
  types: [...types],
  sealedSecret,
  previousSealedSecret: previous?.sealedSecret,
  previousUntil: toDate(previous?.until),
  enabled,
  updatedAt: new Date(updatedAt),
});

const progressFields = (progress: WebhookProgress) => ({
  cursor: progress.cursor,
  failures: progress.failures,
  failingSince: toDate(progress.failingSince),
  nextAttemptAt: toDate(progress.nextAttemptAt),
  lastError: progress.lastError,
  lastDeliveredAt: toDate(progress.lastDeliveredAt),
});

/** From the beginning, as after a success: what stays is how far it is. */
const afresh = { failures: 0, failingSince: undefined, nextAttemptAt: undefined };

const fromDocument = (document: WebhookDocument): Webhook => ({
  id: document._id.toHexString(),
  organizationId: fromOwnerFields(document),
  name: document.name,
  url: document.url,
  types: document.types,
  sealedSecret: document.sealedSecret,
  previous:
    document.previousSealedSecret === undefined || document.previousUntil === undefined
      ? undefined
      : { sealedSecret: document.previousSealedSecret, until: document.previousUntil.getTime() },
  enabled: document.enabled,
  createdAt: document.createdAt.getTime(),
  updatedAt: document.updatedAt.getTime(),
  version: document.version,
  progress: {
    cursor: document.cursor,
    failures: document.failures,
    failingSince: fromDate(document.failingSince),
    nextAttemptAt: fromDate(document.nextAttemptAt),
    lastError: document.lastError,
    lastDeliveredAt: fromDate(document.lastDeliveredAt),
  },
});

export const createWebhookStore = (
  models: WebhookModels,
  transactions: Transactions,
): WebhookStore => {
  const { webhooks, deadLetters } = models;
  const read = async (filter: object, limit = 0): Promise<Webhook[]> => {
    const documents = await webhooks
      .find(filter, null, transactions.options())
      .sort({ _id: 1 })
      .limit(limit)
      .lean<WebhookDocument[]>();
    return documents.map(fromDocument);
  };
  return {
    find: async (id) => (await read({ _id: toObjectId(id) }))[0],
    async list({ organizationId }, page) {
      const after = page.after === undefined ? {} : { _id: { $gt: toObjectId(page.after) } };
      return toPage(await read({ ...ownerFields(organizationId), ...after }, page.limit + 1), page);
    },
    enabled: () => read({ enabled: true }),
    async count(organizationId) {
      const filter =
        organizationId === undefined ? { owned: { $exists: false } } : ownerFields(organizationId);
      return (await read(filter)).length;
    },
    async insert(webhook) {
      await webhooks.collection.insertOne(
        compact({
          _id: toObjectId(webhook.id),
          ...ownerFields(webhook.organizationId),
          ...userFields(webhook),
          ...progressFields(webhook.progress),
          createdAt: new Date(webhook.createdAt),
          version: webhook.version,
        }) as unknown as WebhookDocument,
        transactions.options(),
      );
    },
    async replace(webhook) {
      const { $set, $unset } = setOrUnset({ ...userFields(webhook), ...afresh });
      const { matchedCount } = await webhooks.collection.updateOne(
        { _id: toObjectId(webhook.id), version: webhook.version },
        { ...($set && { $set }), ...($unset && { $unset }), $inc: { version: 1 } },
        transactions.options(),
      );
      if (matchedCount === 0)
        throw new DomainError('write-conflict', 'The webhook has changed meanwhile; try again.');
      const progress = { ...webhook.progress, ...afresh };
      return { ...webhook, progress, version: webhook.version + 1 };
    },
    async remove(id) {
      await webhooks.collection.deleteOne({ _id: toObjectId(id) }, transactions.options());
      await deadLetters.collection.deleteMany(
        { webhookId: toObjectId(id) },
        transactions.options(),
      );
    },
    async removeOf(organizationId) {
      for (const each of [webhooks, deadLetters])
        await each.collection.deleteMany(ownerFields(organizationId), transactions.options());
    },
    progress: (id, from, next, letter) =>
      transactions.transaction(async () => {
        const { $set, $unset } = setOrUnset(progressFields(next));
        const { matchedCount } = await durably('webhook.progress', () =>
          webhooks.collection.updateOne(
            { _id: toObjectId(id), cursor: from, enabled: true },
            { ...($set && { $set }), ...($unset && { $unset }) },
            transactions.options(),
          ),
        );
        if (matchedCount === 1 && letter) await bury(models, transactions, letter);
        return matchedCount === 1;
      }),
    async disable(id) {
      await webhooks.collection.updateOne(
        { _id: toObjectId(id), enabled: true },
        { $set: { enabled: false }, $inc: { version: 1 } },
        transactions.options(),
      );
    },
  };
};
