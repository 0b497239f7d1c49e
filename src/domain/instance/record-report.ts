import { requireAdmitted } from '../cluster/admission.js';
import { getCluster } from '../cluster/get-cluster.js';
import type { Aggregate, Cluster, Worker } from '../cluster/cluster.js';
import { DomainError } from '../errors.js';
import { canMove, type ObservedPhase, type Phase } from '../phase.js';
import type { Ports } from '../ports.js';
import type { ResourceUse, Resources } from '../resources.js';
import { currentHalf, halfOf, type Address, type Half, type Instance } from './instance.js';

/** What a cluster observed of one half of an instance. */
export interface InstanceObservation {
  readonly instanceId: string;
  readonly generation: number;
  readonly phase: ObservedPhase;
  readonly worker?: string | undefined;
  readonly reason?: string | undefined;
  readonly restarts?: number | undefined;
  readonly exitCode?: number | undefined;
  readonly addresses?: readonly Address[] | undefined;
  readonly use?: ResourceUse | undefined;
}

export interface Report {
  readonly session: number;
  readonly sequence: number;
  /** Whether `instances` is all that the cluster has, or only what changed. */
  readonly full: boolean;
  readonly capacity?: Resources | undefined;
  readonly use?: ResourceUse | undefined;
  readonly workers?: readonly Worker[] | undefined;
  readonly capabilities?: readonly string[] | undefined;
  readonly aggregate?: Aggregate | undefined;
  readonly instances: readonly InstanceObservation[];
}

export interface ReportOutcome {
  /** False when the report is stale; then nothing has changed. */
  readonly applied: boolean;
  /** What runs there although it is not bound there: it has to be stopped. */
  readonly strangers: readonly InstanceObservation[];
}

const isStale = (cluster: Cluster, report: Report): boolean =>
  report.session < cluster.session ||
  (report.session === cluster.session && report.sequence <= cluster.sequence);

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** Since when it runs without a break. An agent that has restarted it in between says so by the number of restarts. */
function runningSince(half: Half, observation: InstanceObservation, now: number) {
  if (observation.phase !== 'RUNNING') return undefined;
  const restarted = (observation.restarts ?? 0) > (half.restarts ?? 0);
  return half.phase === 'RUNNING' && !restarted ? half.runningSince : now;
}

/** The half as it was observed; the same object where nothing has changed, or where the move is not legal. */
function observeHalf(half: Half, observation: InstanceObservation, now: number): Half {
  if (!canMove(half.phase, observation.phase)) return half;
  const next: Half = {
    ...half,
    phase: observation.phase,
    worker: observation.worker ?? half.worker,
    reason: observation.reason,
    restarts: observation.restarts ?? half.restarts,
    exitCode: observation.exitCode ?? half.exitCode,
    runningSince: runningSince(half, observation, now),
    addresses: observation.addresses ?? half.addresses,
    use: observation.use ?? half.use,
    // Whoever reports a run has taken the order, also where the acknowledgement was lost.
    acknowledged: half.acknowledged || half.action === 'run',
  };
  return same(half, next) ? half : next;
}

/** What has ended by itself: a cluster need not have it any more, and a run must not bring it back. */
const hasEnded = (half: Half): boolean =>
  half.phase === 'UNDEPLOYED' ||
  (half.action === 'run' && (half.phase === 'COMPLETED' || half.phase === 'DEAD'));

/**
 * An order that was acknowledged and whose instance is missing in a full picture has to be told again: a run to have it back, a
 * stop to be told that nothing of it is left.
 */
const forgotten = (half: Half, clusterId: string, seen: ReadonlySet<string>, id: string): boolean =>
  half.clusterId === clusterId &&
  half.acknowledged &&
  !hasEnded(half) &&
  !seen.has(`${id}/${half.generation}`);

/** On its way up nothing has to be decided, so what users see follows the report at once; all else waits for the decision. */
const onItsWay: ReadonlySet<Phase> = new Set(['NODE_SCHEDULED', 'CREATING', 'RUNNING']);

function seenAs(instance: Instance, old: Half, next: Half): Partial<Instance> {
  const shown = instance.wanted && currentHalf(instance) === old && instance.phase === old.phase;
  const plain = shown && instance.reason === old.reason && onItsWay.has(next.phase);
  return plain ? { phase: next.phase, reason: next.reason } : {};
}

const replaceHalf = (instance: Instance, old: Half, next: Half): Instance =>
  old === next
    ? instance
    : {
        ...instance,
        ...seenAs(instance, old, next),
        halves: instance.halves.map((half) => (half === old ? next : half)),
      };

interface Observed {
  readonly changed: readonly Instance[];
  readonly strangers: readonly InstanceObservation[];
}

/**
 * What the report says of instances, held against what is bound there. Pure.
 *
 * @param now - when it came (epoch milliseconds, the manager's clock)
 */
export function observeInstances(
  clusterId: string,
  report: Pick<Report, 'full' | 'instances'>,
  known: ReadonlyMap<string, Instance>,
  now: number,
): Observed {
  const after = new Map(known);
  const strangers: InstanceObservation[] = [];
  for (const observation of report.instances) {
    const instance = after.get(observation.instanceId);
    const half = instance && halfOf(instance, clusterId, observation.generation);
    if (instance && half)
      after.set(instance.id, replaceHalf(instance, half, observeHalf(half, observation, now)));
    else if (observation.phase !== 'UNDEPLOYED') strangers.push(observation);
  }
  if (report.full) {
    const seen = new Set(report.instances.map((each) => `${each.instanceId}/${each.generation}`));
    for (const [id, instance] of after)
      for (const half of instance.halves)
        if (forgotten(half, clusterId, seen, id))
          after.set(
            id,
            replaceHalf(after.get(id) ?? instance, half, { ...half, acknowledged: false }),
          );
  }
  return { changed: [...after.values()].filter((each) => known.get(each.id) !== each), strangers };
}

const byId = (instances: readonly Instance[]): ReadonlyMap<string, Instance> =>
  new Map(instances.map((instance) => [instance.id, instance]));

async function loadKnown(
  ports: Ports,
  clusterId: string,
  report: Report,
): Promise<ReadonlyMap<string, Instance>> {
  const ids = [...new Set(report.instances.map((each) => each.instanceId))];
  const bound = report.full ? ports.instances.atCluster(clusterId) : [];
  const [named, all] = await Promise.all([ports.instances.findMany(ids), bound]);
  return byId([...all, ...named]);
}

/** How often a report is tried again when others write the same instances meanwhile. */
const attemptsMax = 20;

/** Looking again at what is saved already changes nothing, so after a collision all of it is looked at again. */
async function observe(
  ports: Ports,
  clusterId: string,
  report: Report,
  read: readonly Instance[] | undefined,
): Promise<readonly InstanceObservation[]> {
  let known = read && byId(read);
  for (let attempt = 1; attempt <= attemptsMax; attempt += 1) {
    known ??= await loadKnown(ports, clusterId, report);
    const { changed, strangers } = observeInstances(clusterId, report, known, ports.now());
    if (await ports.instances.saveAll(changed)) return strangers;
    known = undefined;
  }
  throw new DomainError('write-conflict', 'Others keep changing these instances; report again.');
}

/**
 * Takes over what a cluster observed. Safe to repeat: a report that is not newer than the last changes nothing. Instances are
 * written before the sequence number, so a crash between leaves the report to be sent again.
 *
 * @param cluster - as it was just read
 * @param read - all instances that the report is about, as they were just read; they are read here when absent
 * @throws DomainError `cluster-pending`, `cluster-rejected`, `cluster-revoked`; `session-unknown` - the session is one that the manager never gave
 */
export async function recordReportOf(
  ports: Ports,
  cluster: Cluster,
  report: Report,
  read?: readonly Instance[],
): Promise<ReportOutcome> {
  requireAdmitted(cluster);
  if (report.session > cluster.session)
    throw new DomainError(
      'session-unknown',
      `The last session of this cluster is ${cluster.session}.`,
    );
  if (isStale(cluster, report)) return { applied: false, strangers: [] };
  const strangers = await observe(ports, cluster.id, report, read);
  const applied = await ports.clusters.observe(cluster, {
    session: report.session,
    sequence: report.sequence,
    heardAt: ports.now(),
    capacity: report.capacity,
    use: report.use,
    workers: report.workers,
    capabilities: report.capabilities,
    aggregate: report.aggregate,
  });
  return { applied, strangers };
}

/** The same for a cluster that has to be read first. @throws DomainError `cluster-not-found`, and what `recordReportOf` throws */
export const recordReport = async (
  ports: Ports,
  clusterId: string,
  report: Report,
): Promise<ReportOutcome> =>
  recordReportOf(ports, await getCluster(ports.clusters, clusterId), report);
