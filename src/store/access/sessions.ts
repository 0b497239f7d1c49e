import type { SessionStore } from '../../domain/access/ports.js';
import type { SignInSession } from '../../domain/access/user.js';
import { FindsById } from '../finds-by-id.js';
import { toObjectId } from '../ids.js';
import type { Transactions } from '../unit-of-work.js';
import { compact } from '../updates.js';
import type { AccessModels, SessionDocument } from './models.js';

const sessionFields = (session: SignInSession) =>
  compact({
    userId: toObjectId(session.userId),
    userName: session.userName,
    organizationId:
      session.organizationId === undefined ? undefined : toObjectId(session.organizationId),
    roles: [...session.roles],
    refreshHash: session.refreshHash,
    previousRefreshHash: session.previousRefreshHash,
    refreshedAt: new Date(session.refreshedAt),
    createdAt: new Date(session.createdAt),
    expiresAt: new Date(session.expiresAt),
  });

const fromSessionDocument = (document: SessionDocument): SignInSession => ({
  id: document._id.toHexString(),
  userId: document.userId.toHexString(),
  userName: document.userName,
  organizationId: document.organizationId?.toHexString(),
  roles: document.roles,
  refreshHash: document.refreshHash,
  previousRefreshHash: document.previousRefreshHash,
  refreshedAt: document.refreshedAt.getTime(),
  createdAt: document.createdAt.getTime(),
  expiresAt: document.expiresAt.getTime(),
});

export const createSessionStore = (
  { sessions }: AccessModels,
  transactions: Transactions,
): SessionStore => {
  const byId = new FindsById(sessions, transactions);
  return {
    async find(id) {
      const document = await byId.find(id);
      return document ? fromSessionDocument(document) : undefined;
    },
    async insert(session) {
      await sessions.collection.insertOne(
        { _id: toObjectId(session.id), ...sessionFields(session) } as SessionDocument,
        transactions.options(),
      );
    },
    async rotate(session, refreshHash) {
      const result = await sessions.collection.updateOne(
        { _id: toObjectId(session.id), refreshHash },
        { $set: sessionFields(session) },
        transactions.options(),
      );
      return result.matchedCount === 1;
    },
    async remove(id) {
      await sessions.collection.deleteOne({ _id: toObjectId(id) }, transactions.options());
    },
    async removeOf(userId) {
      await sessions.collection.deleteMany({ userId: toObjectId(userId) }, transactions.options());
    },
    async renew(user) {
      await sessions.collection.updateMany(
        { userId: toObjectId(user.id) },
        { $set: { userName: user.name, roles: [...user.roles] } },
        transactions.options(),
      );
    },
  };
};
