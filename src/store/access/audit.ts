import { chained, type AuditEntry, type AuditHead, type Hash } from '../../domain/audit/entry.js';
import type { AuditFilter, AuditStore } from '../../domain/audit/ports.js';
import type { Transactions } from '../unit-of-work.js';
import { compact } from '../updates.js';
import type { AccessModels, AuditDocument, AuditHeadDocument } from './models.js';

const nothingYet = { sequence: 0, hash: '', trimmedTo: 0, anchor: '' };
const removedAtOnceMax = 5_000;

const toDocument = ({ sequence, at, actor, ...entry }: AuditEntry): AuditDocument =>
  compact({
    ...entry,
    _id: sequence,
    at: new Date(at),
    actorKind: actor.kind,
    actorId: actor.id,
    actorName: actor.name,
    refused: entry.status >= 400 ? true : undefined,
  }) as AuditDocument;

const fromDocument = (document: AuditDocument): AuditEntry => ({
  sequence: document._id,
  at: document.at.getTime(),
  actor: { kind: document.actorKind, id: document.actorId, name: document.actorName },
  address: document.address,
  operationId: document.operationId,
  subjectId: document.subjectId,
  status: document.status,
  code: document.code,
  requestId: document.requestId,
  previousHash: document.previousHash,
  hash: document.hash,
});

const filterOf = ({ from, until, refused, ...equal }: AuditFilter, before?: number): object =>
  compact({
    ...equal,
    refused: refused === undefined ? undefined : refused ? true : { $exists: false },
    at:
      from === undefined && until === undefined
        ? undefined
        : compact({
            $gte: from === undefined ? undefined : new Date(from),
            $lt: until === undefined ? undefined : new Date(until),
          }),
    _id: before === undefined ? undefined : { $lt: before },
  });

export const createAuditStore = (
  { audit, auditHead }: AccessModels,
  transactions: Transactions,
  sha256: Hash,
): AuditStore => {
  const findHead = async (): Promise<AuditHead> => {
    const document = await auditHead
      .findOne({ _id: 'head' }, { _id: 0 }, transactions.options())
      .lean<AuditHeadDocument>();
    return document ?? nothingYet;
  };
  const changeHead = (change: Partial<AuditHead>, upsert: boolean) =>
    auditHead.collection.updateOne(
      { _id: 'head' as never },
      { $set: change, ...(upsert && { $setOnInsert: { trimmedTo: 0, anchor: '' } }) },
      { ...transactions.options(), upsert },
    );
  /** The first entry that is kept, when everything before that time goes. */
  const firstSince = async (time: number): Promise<number | undefined> => {
    const [first] = await audit
      .find({ at: { $gte: new Date(time) } })
      .sort({ _id: 1 })
      .limit(1)
      .lean<AuditDocument[]>();
    return first?._id;
  };
  return {
    head: findHead,
    // Whoever appends writes the head, so two that append at once collide, and one of them tries again after the other.
    append: (drafts) =>
      transactions.transaction(async () => {
        const entries = chained(await findHead(), drafts, sha256);
        const last = entries.at(-1);
        if (last === undefined) return;
        await changeHead({ sequence: last.sequence, hash: last.hash }, true);
        await audit.collection.insertMany(
          entries.map(toDocument) as never[],
          transactions.options(),
        );
      }),
    async list(filter, limit, before) {
      const documents = await audit
        .find(filterOf(filter, before))
        .sort({ _id: -1 })
        .limit(limit)
        .lean<AuditDocument[]>();
      return documents.map(fromDocument);
    },
    async read(after, limit) {
      const documents = await audit
        .find({ _id: { $gt: after } })
        .sort({ _id: 1 })
        .limit(limit)
        .lean<AuditDocument[]>();
      return documents.map(fromDocument);
    },
    async trim(keep, before) {
      const { sequence, trimmedTo } = await findHead();
      const oldest = (await firstSince(before)) ?? sequence + 1;
      const wanted = Math.max(sequence - keep, oldest - 1);
      const upTo = Math.min(wanted, trimmedTo + removedAtOnceMax);
      if (upTo <= trimmedTo) return 0;
      const last = await audit.findOne({ _id: upTo }).lean<AuditDocument>();
      // Something that was removed by hand cannot be an anchor; verifying tells of it.
      if (last === null) return 0;
      // The anchor comes first: entries before it that are still there harm nobody.
      await changeHead({ trimmedTo: upTo, anchor: last.hash }, false);
      const { deletedCount } = await audit.deleteMany({ _id: { $lte: upTo } });
      return deletedCount;
    },
  };
};
