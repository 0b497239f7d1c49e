import { faultOf, type AuditHead, type Hash } from './entry.js';
import type { AuditStore } from './ports.js';

/** What was found when the chain was followed from its anchor to its head. */
export interface AuditVerdict {
  readonly intact: boolean;
  /** Entries that were looked at. */
  readonly entries: number;
  readonly head: AuditHead;
  /** The first thing that is wrong. */
  readonly fault?: string | undefined;
}

const readAtOnce = 1_000;

async function follow(store: AuditStore, head: AuditHead, sha256: Hash): Promise<AuditVerdict> {
  let last = { sequence: head.trimmedTo, hash: head.anchor };
  const verdict = (fault?: string): AuditVerdict => ({
    intact: fault === undefined,
    entries: last.sequence - head.trimmedTo,
    head,
    fault,
  });
  while (last.sequence < head.sequence) {
    const wanted = Math.min(readAtOnce, head.sequence - last.sequence);
    const entries = await store.read(last.sequence, wanted);
    if (entries.length === 0) return verdict(`entry ${last.sequence + 1} is missing`);
    for (const entry of entries) {
      const fault = faultOf(last, entry, sha256);
      if (fault !== undefined) return verdict(fault);
      last = entry;
    }
  }
  return verdict(
    last.hash === head.hash ? undefined : 'the last entry is not the one that was written last',
  );
}

/**
 * Follows the chain from its anchor. What is appended meanwhile is not looked at; where the oldest entries are forgotten meanwhile, it
 * begins anew.
 */
export async function verifyAudit(store: AuditStore, sha256: Hash): Promise<AuditVerdict> {
  for (;;) {
    const verdict = await follow(store, await store.head(), sha256);
    if (verdict.intact || (await store.head()).trimmedTo === verdict.head.trimmedTo) return verdict;
  }
}
