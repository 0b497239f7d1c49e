import type { EnrolmentToken } from '../../domain/access/enrolment-token.js';
import type { EnrolmentTokenStore } from '../../domain/access/ports.js';
import { durably } from '../../failpoints.js';
import { toObjectId } from '../ids.js';
import { fromOwnerFields, ownerFields } from '../owner.js';
import { toPage } from '../pages.js';
import type { Transactions } from '../unit-of-work.js';
import { compact, fromDate } from '../updates.js';
import type { AccessModels, EnrolmentTokenDocument } from './models.js';

const toDocument = (token: EnrolmentToken): EnrolmentTokenDocument =>
  compact({
    _id: toObjectId(token.id),
    name: token.name,
    tokenHash: token.tokenHash,
    ...ownerFields(token.organizationId),
    clusterName: token.clusterName,
    usesMax: token.usesMax,
    usesLeft: token.usesLeft,
    requiresApproval: token.requiresApproval,
    ownerId: token.ownerId === undefined ? undefined : toObjectId(token.ownerId),
    createdAt: new Date(token.createdAt),
    expiresAt: new Date(token.expiresAt),
  }) as EnrolmentTokenDocument;

const fromDocument = (document: EnrolmentTokenDocument): EnrolmentToken => ({
  id: document._id.toHexString(),
  name: document.name,
  tokenHash: document.tokenHash,
  organizationId: fromOwnerFields(document),
  clusterName: document.clusterName,
  usesMax: document.usesMax,
  usesLeft: document.usesLeft,
  requiresApproval: document.requiresApproval,
  ownerId: document.ownerId?.toHexString(),
  createdAt: document.createdAt.getTime(),
  expiresAt: document.expiresAt.getTime(),
  lastUsedAt: fromDate(document.lastUsedAt),
});

export const createEnrolmentTokenStore = (
  { enrolmentTokens }: AccessModels,
  transactions: Transactions,
): EnrolmentTokenStore => ({
  async find(id) {
    const document = await enrolmentTokens
      .findOne({ _id: toObjectId(id) }, null, transactions.options())
      .lean<EnrolmentTokenDocument>();
    return document ? fromDocument(document) : undefined;
  },
  async list({ organizationId }, page) {
    const after = page.after === undefined ? {} : { _id: { $gt: toObjectId(page.after) } };
    const documents = await enrolmentTokens
      .find({ ...ownerFields(organizationId), ...after }, null, transactions.options())
      .sort({ _id: 1 })
      .limit(page.limit + 1)
      .lean<EnrolmentTokenDocument[]>();
    return toPage(documents.map(fromDocument), page);
  },
  async insert(token) {
    await enrolmentTokens.collection.insertOne(toDocument(token), transactions.options());
  },
  async remove(id) {
    await enrolmentTokens.collection.deleteOne({ _id: toObjectId(id) }, transactions.options());
  },
  async removeOf(organizationId) {
    await enrolmentTokens.collection.deleteMany(
      ownerFields(organizationId),
      transactions.options(),
    );
  },
  async use(id, at) {
    const { matchedCount } = await durably('enrolmentToken.use', () =>
      enrolmentTokens.collection.updateOne(
        { _id: toObjectId(id), usesLeft: { $gt: 0 } },
        { $inc: { usesLeft: -1 }, $set: { lastUsedAt: new Date(at) } },
        transactions.options(),
      ),
    );
    return matchedCount === 1;
  },
});
