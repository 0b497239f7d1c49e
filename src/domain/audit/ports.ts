import type { AuditDraft, AuditEntry, AuditHead } from './entry.js';

/** Which entries are wanted. Absent: all. */
export interface AuditFilter {
  readonly actorId?: string | undefined;
  readonly operationId?: string | undefined;
  readonly subjectId?: string | undefined;
  /** Only those that were refused or failed, or only those that were not. */
  readonly refused?: boolean | undefined;
  /** Epoch milliseconds: not before, and before. */
  readonly from?: number | undefined;
  readonly until?: number | undefined;
}

export interface AuditStore {
  head(): Promise<AuditHead>;
  /** Appends them to the chain, all or none. Managers that append at the same time come one after the other. */
  append(drafts: readonly AuditDraft[]): Promise<void>;
  /** Newest first, all of them before that sequence number. */
  list(filter: AuditFilter, limit: number, before?: number): Promise<readonly AuditEntry[]>;
  /** Oldest first, all of them after that sequence number. */
  read(after: number, limit: number): Promise<readonly AuditEntry[]>;
  /** Forgets the oldest entries: those beyond so many, and those before that time. @returns how many */
  trim(keep: number, before: number): Promise<number>;
}

/** Takes in what is to be remembered. */
export interface AuditTrail {
  /** Returns at once; the entry is written soon. */
  record(draft: AuditDraft): void;
  /** @throws DomainError `unavailable` - so much waits to be written that nothing more may happen */
  requireRoom(): void;
}
