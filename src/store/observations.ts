import DataLoader from 'dataloader';
import mongoose from 'mongoose';
import { workerCount, type Aggregate, type Cluster } from '../domain/cluster/cluster.js';
import { DomainError } from '../domain/errors.js';
import type { ClusterObservation } from '../domain/ports.js';
import { sameResources, type Resources } from '../domain/resources.js';
import { durably } from '../failpoints.js';
import { heardFields } from './heartbeats.js';
import { toObjectId } from './ids.js';
import type { LedgerGate } from './ledger-gate.js';
import type { Models } from './models.js';
import type { Transactions } from './unit-of-work.js';
import { compact } from './updates.js';

const { Double } = mongoose.mongo;

/** So many reports are written by one command; none has more than 64 KiB. */
const togetherMax = 100;
/** How often a report is written anew when decisions and users change the cluster meanwhile. */
const attemptsMax = 40;

interface Observed {
  /** The cluster as it was read. */
  readonly before: Cluster;
  readonly observation: ClusterObservation;
}

/** What is free, as a scheduler of 2021 reads it. */
const freeFields = (capacity: Resources, { reserved }: Cluster) => ({
  total_cpu_cores: (capacity.cpuMillicores - reserved.cpuMillicores) / 1000,
  memory_in_mb: capacity.memoryMiB - reserved.memoryMiB,
});

const aggregateFields = (aggregate: Aggregate) =>
  compact({
    aggregated_cpu_percent: aggregate.cpuPercent,
    total_cpu_cores: aggregate.cpuCores,
    aggregated_memory_percent: aggregate.memoryPercent,
    memory_in_mb: aggregate.memoryMiB,
    active_nodes: aggregate.activeWorkers,
    more: aggregate.more,
  });

/** A report changes the worker count only where it names other workers than before. */
const workerFields = (before: Cluster, { workers }: ClusterObservation) =>
  workers && {
    reportedWorkers: workers,
    nodes: workerCount({ ...before, reportedWorkers: workers }),
    active_nodes: workers.length,
  };

const observationUpdate = ({ before, observation }: Observed) => {
  const { session, sequence, heardAt, use, capabilities, aggregate } = observation;
  const capacity = observation.capacity ?? before.capacity;
  const changesLedger = !sameResources(capacity, before.capacity);
  return {
    updateOne: {
      filter: {
        _id: toObjectId(before.id),
        version: before.version,
        ledgerVersion: before.ledgerVersion,
        session,
        sequence: { $lt: sequence },
      },
      update: {
        $set: {
          ...heardFields(heardAt),
          ...workerFields(before, observation),
          ...(use === undefined ? {} : { use }),
          ...(changesLedger ? { capacity } : {}),
          sequence,
          ...(capabilities && { technology: [...capabilities] }),
          ...(aggregate ? aggregateFields(aggregate) : freeFields(capacity, before)),
          last_modified: new Date(heardAt),
          last_modified_timestamp: new Double(heardAt / 1000),
        },
        $inc: { ledgerVersion: changesLedger ? 1 : 0 },
      },
    },
  };
};

/** Whether the report is the last one that was written, in a copy at least; nothing when it is still to be written. */
function wasWritten({ observation }: Observed, now: Cluster | undefined): boolean | undefined {
  const { session, sequence } = observation;
  if (now?.session !== session || now.sequence > sequence) return false;
  return now.sequence === sequence ? true : undefined;
}

/**
 * Writes what clusters report of themselves. Reports that come while others are being written are written together after them: one
 * command costs the driver as much as a hundred such updates.
 *
 * @returns says for each whether it was written, which it is not when a later report or session was faster
 */
export function createObservations(
  { clusters }: Pick<Models, 'clusters'>,
  transactions: Transactions,
  gate: LedgerGate,
  findMany: (ids: readonly string[]) => Promise<readonly Cluster[]>,
): (before: Cluster, observation: ClusterObservation) => Promise<boolean> {
  const write = (observed: readonly Observed[]) =>
    durably('cluster.observe', () =>
      clusters.collection.bulkWrite(observed.map(observationUpdate), {
        ordered: false,
        ...transactions.options(),
      }),
    );

  /** An error for whoever was beaten every time; the others are written all the same. */
  const writeAll = async (observed: readonly Observed[]): Promise<readonly (boolean | Error)[]> => {
    const outcomes = new Map<Observed, boolean>();
    /** Those that are left, by what was to be written at first. */
    let left = new Map(observed.map((each) => [each, each]));
    for (let attempt = 1; attempt <= attemptsMax; attempt += 1) {
      const { matchedCount } = await write([...left.values()]);
      if (matchedCount === left.size) {
        for (const each of left.keys()) outcomes.set(each, true);
        return observed.map((each) => outcomes.get(each) ?? false);
      }
      const ids = new Set([...left.keys()].map(({ before }) => before.id));
      const found = new Map((await findMany([...ids])).map((each) => [each.id, each]));
      const beaten = new Map<Observed, Observed>();
      for (const each of left.keys()) {
        const now = found.get(each.before.id);
        const written = wasWritten(each, now);
        if (written !== undefined) outcomes.set(each, written);
        else if (now) beaten.set(each, { ...each, before: now });
      }
      if (beaten.size === 0) return observed.map((each) => outcomes.get(each) ?? false);
      left = beaten;
    }
    const beaten = new DomainError(
      'write-conflict',
      'Others keep changing the cluster; report again.',
    );
    return observed.map((each) => outcomes.get(each) ?? beaten);
  };

  const done = (): void => undefined;
  let writing: Promise<void> = Promise.resolve();
  const together = new DataLoader<Observed, boolean>(
    (observed) => {
      const written = gate.pass(() => writeAll(observed));
      writing = written.then(done, done);
      return written;
    },
    {
      cache: false,
      maxBatchSize: togetherMax,
      batchScheduleFn: (dispatch) => void setImmediate(() => void writing.then(dispatch)),
    },
  );

  return async (before, observation) => {
    const observed = { before, observation };
    if (transactions.options().session === undefined) return together.load(observed);
    const [written = false] = await writeAll([observed]);
    if (written instanceof Error) throw written;
    return written;
  };
}
