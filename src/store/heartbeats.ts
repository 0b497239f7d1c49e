import DataLoader from 'dataloader';
import { durably } from '../failpoints.js';
import { toObjectId } from './ids.js';
import type { LedgerGate } from './ledger-gate.js';
import type { Models } from './models.js';
import type { Transactions } from './unit-of-work.js';
import type { ClusterDocument } from './documents.js';

/** How long heartbeats gather until they are written together; nothing waits for them but whether a session is still the newest. */
const gatherMs = 50;
const togetherMax = 1_000;

/** What any sign of life says of a cluster. */
export const heardFields = (heardAt: number) => ({
  liveness: 'active' as const,
  lastHeardAt: new Date(heardAt),
});

export interface Heartbeat {
  readonly clusterId: string;
  readonly session: number;
  /** Epoch milliseconds. */
  readonly heardAt: number;
}

/**
 * Notes heartbeats, many with one command: of 10,000 agents that only rest, 700 come in a second.
 *
 * @returns says for each whether its session is still the newest of the cluster
 */
export function createHeartbeats(
  { clusters }: Pick<Models, 'clusters'>,
  transactions: Transactions,
  gate: LedgerGate,
): (beat: Heartbeat) => Promise<boolean> {
  const write = (beats: readonly Heartbeat[]) =>
    durably('cluster.heard', () =>
      clusters.collection.bulkWrite(
        beats.map(({ clusterId, session, heardAt }) => ({
          updateOne: {
            filter: { _id: toObjectId(clusterId), session },
            update: { $set: heardFields(heardAt) },
          },
        })),
        { ordered: false, ...transactions.options() },
      ),
    );

  const noteAll = async (beats: readonly Heartbeat[]): Promise<boolean[]> => {
    const { matchedCount } = await gate.pass(() => write(beats));
    if (matchedCount === beats.length) return beats.map(() => true);
    const ids = beats.map(({ clusterId }) => toObjectId(clusterId));
    const documents = await clusters
      .find({ _id: { $in: ids } }, { session: 1 })
      .lean<Pick<ClusterDocument, '_id' | 'session'>[]>();
    const newest = new Map(documents.map(({ _id, session }) => [_id.toHexString(), session]));
    return beats.map(({ clusterId, session }) => newest.get(clusterId) === session);
  };

  const together = new DataLoader(noteAll, {
    cache: false,
    maxBatchSize: togetherMax,
    batchScheduleFn: (dispatch) => void setTimeout(dispatch, gatherMs),
  });
  return async (beat) => {
    if (transactions.options().session === undefined) return together.load(beat);
    // What its own transaction has written must not be written by another one.
    return (await write([beat])).matchedCount === 1;
  };
}
