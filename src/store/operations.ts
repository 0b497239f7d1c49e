import { DomainError } from '../domain/errors.js';
import { hasEnded, type Operation } from '../domain/operation/operation.js';
import type { OperationStore, PageRequest } from '../domain/ports.js';
import type { OperationDocument } from './documents.js';
import { FindsById } from './finds-by-id.js';
import { toObjectId } from './ids.js';
import type { Models } from './models.js';
import { fromOwnerFields, ownerFields } from './owner.js';
import { toPage } from './pages.js';
import type { Transactions } from './unit-of-work.js';
import { compact, fromDate, setOrUnset, toDate } from './updates.js';
import { durably } from '../failpoints.js';

/** How long an operation that has ended can still be read. */
const endedKeptMs = 7 * 24 * 3_600_000;

const mutableFields = (operation: Operation) => ({
  state: operation.state,
  done: operation.done,
  total: operation.total,
  reason: operation.reason,
  migration: operation.migration,
  removals: operation.removals,
  progressAt: toDate(operation.progressAt),
  updatedAt: new Date(operation.updatedAt),
  endedAt: toDate(operation.endedAt),
  expiresAt: hasEnded(operation)
    ? new Date((operation.endedAt ?? operation.updatedAt) + endedKeptMs)
    : undefined,
});

export const toOperationDocument = (operation: Operation): OperationDocument =>
  compact({
    _id: toObjectId(operation.id),
    ...ownerFields(operation.organizationId),
    kind: operation.kind,
    subjectKind: operation.subjectKind,
    subjectId: toObjectId(operation.subjectId),
    subjectName: operation.subjectName,
    force: operation.force,
    before: operation.before,
    after: operation.after,
    ...mutableFields(operation),
    createdAt: new Date(operation.createdAt),
    version: operation.version,
  }) as OperationDocument;

export const fromOperationDocument = (document: OperationDocument): Operation => ({
  id: document._id.toHexString(),
  organizationId: fromOwnerFields(document),
  kind: document.kind,
  state: document.state,
  subjectKind: document.subjectKind,
  subjectId: document.subjectId.toHexString(),
  subjectName: document.subjectName,
  done: document.done,
  total: document.total,
  reason: document.reason,
  migration: document.migration,
  force: document.force,
  before: document.before,
  after: document.after,
  removals: document.removals,
  progressAt: fromDate(document.progressAt),
  createdAt: document.createdAt.getTime(),
  updatedAt: document.updatedAt.getTime(),
  endedAt: fromDate(document.endedAt),
  version: document.version,
});

/** The write of one operation, if its version is still the one that it carries. */
export const operationUpdate = (operation: Operation) => ({
  updateOne: {
    filter: { _id: toObjectId(operation.id), version: operation.version },
    update: { ...setOrUnset(mutableFields(operation)), $inc: { version: 1 } },
  },
});

export const createOperationStore = (
  { operations }: Models,
  transactions: Transactions,
): OperationStore => {
  const byId = new FindsById(operations, transactions);
  return {
    async find(id) {
      const document = await byId.find(id);
      return document ? fromOperationDocument(document) : undefined;
    },
    async list({ organizationId, subjectId, state }, page: PageRequest) {
      const documents = await operations
        .find(
          {
            ...ownerFields(organizationId),
            ...(subjectId === undefined ? {} : { subjectId: toObjectId(subjectId) }),
            ...(state === undefined ? {} : { state }),
            ...(page.after === undefined ? {} : { _id: { $lt: toObjectId(page.after) } }),
          },
          null,
          transactions.options(),
        )
        .sort({ _id: -1 })
        .limit(page.limit + 1)
        .lean<OperationDocument[]>();
      return toPage(documents.map(fromOperationDocument), page);
    },
    async insert(operation) {
      await durably('operation.insert', () =>
        operations.collection.insertOne(toOperationDocument(operation), transactions.options()),
      );
    },
    async openFor(subjectIds) {
      const documents = await operations
        .find(
          { subjectId: { $in: subjectIds.map(toObjectId) }, state: 'running' },
          null,
          transactions.options(),
        )
        .lean<OperationDocument[]>();
      return documents.map(fromOperationDocument).sort((a, b) => (a.id < b.id ? -1 : 1));
    },
    async replace(operation) {
      const { filter, update } = operationUpdate(operation).updateOne;
      const result = await durably('operation.replace', () =>
        operations.collection.updateOne(filter, update, transactions.options()),
      );
      if (result.matchedCount === 0)
        throw new DomainError('write-conflict', 'The operation has changed meanwhile; try again.');
    },
  };
};
