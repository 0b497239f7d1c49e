/** Who did, or wanted to do, something. */
export interface AuditActor {
  /** Kind of the principal; `peer` for peers of 2021, `nobody` for who has not proved anything. */
  readonly kind: string;
  readonly id?: string | undefined;
  /** Name of the user or key; of somebody who wants to sign in, the name they say. */
  readonly name?: string | undefined;
}

/** What is to be remembered of one request. */
export interface AuditDraft {
  /** Epoch milliseconds. */
  readonly at: number;
  readonly actor: AuditActor;
  /** From where. */
  readonly address: string;
  /** Operation of the contract. */
  readonly operationId: string;
  /** What it was about: the thing that the address names, or the one that was made. */
  readonly subjectId?: string | undefined;
  /** HTTP status of the answer, and the code of the problem where it was one. */
  readonly status: number;
  readonly code?: string | undefined;
  readonly requestId: string;
}

/** An entry of the chain. */
export interface AuditEntry extends AuditDraft {
  /** One more than that of the entry before. */
  readonly sequence: number;
  /** Hash of the entry before. */
  readonly previousHash: string;
  readonly hash: string;
}

/** How far the chain goes. */
export interface AuditHead {
  /** Sequence number and hash of the last entry; 0 and nothing before the first. */
  readonly sequence: number;
  readonly hash: string;
  /** The same of the last entry that is no longer kept: what is kept begins after it. */
  readonly trimmedTo: number;
  readonly anchor: string;
}

/** SHA-256 in hexadecimal digits. */
export type Hash = (text: string) => string;

/** Everything of an entry but its own hash, in an order that never changes. */
const textOf = (draft: AuditDraft, sequence: number, previousHash: string): string =>
  JSON.stringify([
    sequence,
    previousHash,
    draft.at,
    draft.actor.kind,
    draft.actor.id ?? null,
    draft.actor.name ?? null,
    draft.address,
    draft.operationId,
    draft.subjectId ?? null,
    draft.status,
    draft.code ?? null,
    draft.requestId,
  ]);

/** The drafts as the entries that follow the head, in their order. */
export function chained(
  { sequence, hash }: Pick<AuditHead, 'sequence' | 'hash'>,
  drafts: readonly AuditDraft[],
  sha256: Hash,
): readonly AuditEntry[] {
  let previousHash = hash;
  return drafts.map((draft, index) => {
    const own = sequence + index + 1;
    const entry = {
      ...draft,
      sequence: own,
      previousHash,
      hash: sha256(textOf(draft, own, previousHash)),
    };
    previousHash = entry.hash;
    return entry;
  });
}

/** What is wrong with an entry that should follow another one; nothing when it does. */
export function faultOf(
  before: { readonly sequence: number; readonly hash: string },
  entry: AuditEntry,
  sha256: Hash,
): string | undefined {
  if (entry.sequence !== before.sequence + 1) return `entry ${before.sequence + 1} is missing`;
  if (entry.previousHash !== before.hash)
    return `entry ${entry.sequence} does not follow the one before it`;
  if (sha256(textOf(entry, entry.sequence, entry.previousHash)) !== entry.hash)
    return `entry ${entry.sequence} was changed`;
  return undefined;
}
