import type { AuditEntry } from '../../domain/audit/entry.js';
import type { AuditStore } from '../../domain/audit/ports.js';
import { verifyAudit } from '../../domain/audit/verify.js';
import { defined, toTimestamp } from '../../wire/values.js';
import type { Handlers, Schema } from '../contract.js';
import { decodeCursor, encodeCursor } from '../paging.js';

const toAuditEntry = ({ at, actor, ...entry }: AuditEntry): Schema<'AuditEntry'> => ({
  ...defined(entry),
  at: toTimestamp(at),
  actor: defined(actor),
});

const sequenceForm = /^[1-9]\d{0,15}$/;

/** @param sha256 - what the chain is made with */
export const auditHandlers = (store: AuditStore, sha256: (text: string) => string) =>
  ({
    listAudit: async ({ query }) => {
      const { limit, cursor, outcome, operation, from, until, ...rest } = query;
      const before = cursor === undefined ? undefined : Number(decodeCursor(cursor, sequenceForm));
      const filter = {
        ...rest,
        operationId: operation,
        refused: outcome === undefined ? undefined : outcome === 'refused',
        from: from === undefined ? undefined : Date.parse(from),
        until: until === undefined ? undefined : Date.parse(until),
      };
      const read = await store.list(filter, limit + 1, before);
      const items = read.slice(0, limit);
      const last = items.at(-1);
      return {
        status: 200,
        body: {
          items: items.map(toAuditEntry),
          ...(read.length > limit && last
            ? { nextCursor: encodeCursor(String(last.sequence)) }
            : {}),
        },
      };
    },
    verifyAudit: async () => {
      const { head, ...verdict } = await verifyAudit(store, sha256);
      return { status: 200, body: { ...defined(verdict), ...head } };
    },
  }) satisfies Partial<Handlers>;
