/**
 * Reports of clusters that know an instance by its service and its number, and not by an order. They come without a number of their
 * own; the order in which they come is theirs.
 */
import type { Aggregate, Cluster } from '../cluster/cluster.js';
import { getCluster } from '../cluster/get-cluster.js';
import { DomainError } from '../errors.js';
import type { ObservedPhase, Phase } from '../phase.js';
import type { Ports } from '../ports.js';
import type { Resources } from '../resources.js';
import { numberOf, type Half, type Instance } from './instance.js';
import { repeatOrders, type OrderReference } from './orders.js';
import { recordReportOf, type InstanceObservation } from './record-report.js';

export interface InstanceNumber {
  readonly serviceId: string;
  readonly number: number;
}

/** How a cluster sees one instance. Without a phase it only says that the instance is there. */
export interface NumberedObservation extends InstanceNumber {
  readonly phase?: ObservedPhase | undefined;
  /** The cluster looks for a worker, for the first time or again. */
  readonly waits?: boolean | undefined;
  readonly reason?: string | undefined;
  readonly worker?: string | undefined;
}

export interface NumberedReport {
  readonly aggregate: Aggregate;
  readonly capacity?: Resources | undefined;
  readonly capabilities?: readonly string[] | undefined;
  /** All that the cluster has. */
  readonly instances: readonly NumberedObservation[];
}

/** What a report means for the instances that are bound to the cluster. */
export interface NumberedMeaning {
  readonly observations: readonly InstanceObservation[];
  /** Acknowledged orders that the cluster has not carried out, or does not know of. */
  readonly forgotten: readonly OrderReference[];
  /** What is there although it is not bound to the cluster. */
  readonly strays: readonly InstanceNumber[];
  /**
   * Ids of the instances, when each of them is bound to this cluster alone, was reported and has nothing left open: until one of them
   * changes, the same report means the same.
   */
  readonly settled?: readonly string[] | undefined;
}

interface Bound {
  readonly instance: Instance;
  readonly half: Half;
}

const keyOf = ({ serviceId, number }: InstanceNumber): string => `${serviceId}/${number}`;
const numberOfBound = ({ instance }: Bound): InstanceNumber => ({
  serviceId: instance.serviceId,
  number: numberOf(instance),
});

const boundAt = (clusterId: string, instances: readonly Instance[]): readonly Bound[] =>
  instances.flatMap((instance) =>
    instance.halves
      .filter((half) => half.clusterId === clusterId && half.phase !== 'UNDEPLOYED')
      .map((half) => ({ instance, half })),
  );

const started: ReadonlySet<Phase> = new Set(['NODE_SCHEDULED', 'CREATING', 'RUNNING']);

/** The phase that a cluster tells of; one that has lost its worker has failed until there is another one. */
const phaseOf = (half: Half, { phase, waits }: NumberedObservation): ObservedPhase | undefined =>
  waits === true && started.has(half.phase) ? 'FAILED' : phase;

type Fate = 'forgotten' | InstanceObservation | undefined;

/** What becomes of a half that is to run. */
function fateOfRun(
  { instance, half }: Bound,
  seen: NumberedObservation | undefined,
  alone: boolean,
  old: boolean,
): Fate {
  if (seen === undefined)
    return half.acknowledged && half.phase !== 'COMPLETED' && old ? 'forgotten' : undefined;
  const phase = phaseOf(half, seen);
  if (phase === undefined) return undefined;
  // What is there may be what the order is to take the place of, or the remains of what was there before.
  const isOther =
    !half.acknowledged && (!alone || half.deferred === true || phase === 'UNDEPLOYED');
  if (isOther) return undefined;
  const { reason, worker } = seen;
  return { instanceId: instance.id, generation: half.generation, phase, reason, worker };
}

/** What becomes of a half that is to end. */
function fateOfStop(
  { instance, half }: Bound,
  seen: NumberedObservation | undefined,
  alone: boolean,
  old: boolean,
): Fate {
  const gone = seen === undefined ? half.acknowledged : seen.phase === 'UNDEPLOYED';
  if (gone || (half.acknowledged && !alone))
    return { instanceId: instance.id, generation: half.generation, phase: 'UNDEPLOYED' };
  return half.acknowledged && old ? 'forgotten' : undefined;
}

/**
 * Holds a report against what is bound to the cluster. Pure.
 *
 * @param mayForget - whether an order was answered so long ago that the report must know of it
 */
export function meaningOfNumbered(
  clusterId: string,
  observed: readonly NumberedObservation[],
  instances: readonly Instance[],
  mayForget: (instance: InstanceNumber) => boolean,
): NumberedMeaning {
  const seen = new Map(observed.map((each) => [keyOf(each), each]));
  const bound = boundAt(clusterId, instances);
  const counts = new Map<string, number>();
  for (const each of bound) {
    const key = keyOf(numberOfBound(each));
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const observations: InstanceObservation[] = [];
  const forgotten: OrderReference[] = [];
  for (const each of bound) {
    const { instance, half } = each;
    const number = numberOfBound(each);
    const fate = half.action === 'run' ? fateOfRun : fateOfStop;
    const alone = counts.get(keyOf(number)) === 1;
    const outcome = fate(each, seen.get(keyOf(number)), alone, mayForget(number));
    if (outcome === 'forgotten')
      forgotten.push({
        instanceId: instance.id,
        generation: half.generation,
        action: half.action,
      });
    else if (outcome) observations.push(outcome);
  }
  const strays = observed.filter((each) => each.phase !== 'UNDEPLOYED' && !counts.has(keyOf(each)));
  const isSettled =
    strays.length === 0 &&
    observations.length === bound.length &&
    bound.every(({ instance }) => instance.halves.length === 1);
  const settled = isSettled ? bound.map(({ instance }) => instance.id) : undefined;
  return { observations, forgotten, strays, settled };
}

/** How often a report is tried again when another one of the same cluster was faster. */
const attemptsMax = 5;

/** What a report means whose instances were taken over already. */
const nothingNew: NumberedMeaning = { observations: [], forgotten: [], strays: [] };

interface Read {
  readonly cluster: Cluster;
  /** What is at the cluster; nothing when the report says nothing new of it. */
  readonly instances: readonly Instance[] | undefined;
}

async function attempt(
  ports: Ports,
  { cluster, instances }: Read,
  report: NumberedReport,
  mayForget: (instance: InstanceNumber) => boolean,
): Promise<NumberedMeaning | undefined> {
  const meaning = instances
    ? meaningOfNumbered(cluster.id, report.instances, instances, mayForget)
    : nothingNew;
  const { capacity = cluster.capacity } = report;
  const reported = {
    session: cluster.session,
    sequence: cluster.sequence + 1,
    full: false,
    capacity,
    capabilities: report.capabilities,
    aggregate: {
      ...report.aggregate,
      cpuCores: (capacity.cpuMillicores - cluster.reserved.cpuMillicores) / 1000,
      memoryMiB: capacity.memoryMiB - cluster.reserved.memoryMiB,
    },
    instances: meaning.observations,
  };
  const { applied } = await recordReportOf(ports, cluster, reported, instances);
  return applied ? meaning : undefined;
}

/**
 * Takes over what a cluster reports that knows instances by their numbers.
 *
 * @param mayForget - whether an order was answered so long ago that the report must know of it
 * @param repeats - the report says of instances what was settled before; only what it says of the cluster is taken over
 * @throws DomainError `cluster-not-found` - also for a cluster that reports in another way; `cluster-revoked`
 */
export async function recordNumbered(
  ports: Ports,
  clusterId: string,
  report: NumberedReport,
  mayForget: (instance: InstanceNumber) => boolean,
  repeats = false,
): Promise<NumberedMeaning> {
  for (let count = 1; count <= attemptsMax; count += 1) {
    const [cluster, instances] = await Promise.all([
      getCluster(ports.clusters, clusterId),
      repeats ? undefined : ports.instances.atCluster(clusterId),
    ]);
    if (cluster.endpoint?.protocol !== 'oakestra')
      throw new DomainError('cluster-not-found', `The cluster ${clusterId} does not report here.`);
    const meaning = await attempt(ports, { cluster, instances }, report, mayForget);
    if (meaning === undefined) continue;
    await repeatOrders(ports, clusterId, meaning.forgotten);
    return meaning;
  }
  throw new DomainError('write-conflict', 'Too many reports of this cluster at once.');
}
