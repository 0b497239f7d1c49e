import type { ApiKey } from '../../domain/access/api-key.js';
import type { ApiKeyStore } from '../../domain/access/ports.js';
import { FindsById } from '../finds-by-id.js';
import { toObjectId } from '../ids.js';
import { fromOwnerFields, ownerFields } from '../owner.js';
import { toPage } from '../pages.js';
import type { Transactions } from '../unit-of-work.js';
import { compact, fromDate } from '../updates.js';
import type { AccessModels, ApiKeyDocument } from './models.js';

const toApiKeyDocument = (key: ApiKey): ApiKeyDocument =>
  compact({
    _id: toObjectId(key.id),
    name: key.name,
    permissions: [...key.permissions],
    keyHash: key.keyHash,
    ...ownerFields(key.organizationId),
    ownerId: key.ownerId === undefined ? undefined : toObjectId(key.ownerId),
    createdAt: new Date(key.createdAt),
    expiresAt: new Date(key.expiresAt),
  }) as ApiKeyDocument;

const fromApiKeyDocument = (document: ApiKeyDocument): ApiKey => ({
  id: document._id.toHexString(),
  name: document.name,
  permissions: document.permissions,
  keyHash: document.keyHash,
  organizationId: fromOwnerFields(document),
  ownerId: document.ownerId?.toHexString(),
  createdAt: document.createdAt.getTime(),
  expiresAt: document.expiresAt.getTime(),
  lastUsedAt: fromDate(document.lastUsedAt),
});

export const createApiKeyStore = (
  { apiKeys }: AccessModels,
  transactions: Transactions,
): ApiKeyStore => {
  const byId = new FindsById(apiKeys, transactions);
  return {
    async find(id) {
      const document = await byId.find(id);
      return document ? fromApiKeyDocument(document) : undefined;
    },
    async list({ organizationId, ownerId }, page) {
      const documents = await apiKeys
        .find(
          {
            ...ownerFields(organizationId),
            ...(ownerId === undefined ? {} : { ownerId: toObjectId(ownerId) }),
            ...(page.after === undefined ? {} : { _id: { $gt: toObjectId(page.after) } }),
          },
          null,
          transactions.options(),
        )
        .sort({ _id: 1 })
        .limit(page.limit + 1)
        .lean<ApiKeyDocument[]>();
      return toPage(documents.map(fromApiKeyDocument), page);
    },
    async insert(key) {
      await apiKeys.collection.insertOne(toApiKeyDocument(key), transactions.options());
    },
    async remove(id) {
      await apiKeys.collection.deleteOne({ _id: toObjectId(id) }, transactions.options());
    },
    async removeOf(organizationId) {
      await apiKeys.collection.deleteMany(ownerFields(organizationId), transactions.options());
    },
    async narrow(ownerId, allowed) {
      const owned = await apiKeys
        .find({ ownerId: toObjectId(ownerId) }, null, transactions.options())
        .lean<ApiKeyDocument[]>();
      const good = new Set<string>(allowed);
      const beyond = owned.filter(
        ({ permissions }) => allowed.length === 0 || !permissions.every((each) => good.has(each)),
      );
      if (beyond.length === 0) return;
      await apiKeys.collection.deleteMany(
        { _id: { $in: beyond.map(({ _id }) => _id) } },
        transactions.options(),
      );
    },
    async used(id, at) {
      await apiKeys.collection.updateOne(
        { _id: toObjectId(id) },
        { $set: { lastUsedAt: new Date(at) } },
      );
    },
  };
};
