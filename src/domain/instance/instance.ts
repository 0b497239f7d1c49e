import type { Phase } from '../phase.js';
import type { Resources, ResourceUse } from '../resources.js';
import type { WhenLost } from '../service/descriptor.js';

export interface Address {
  readonly host: string;
  readonly port: number;
  readonly containerPort?: number | undefined;
  readonly protocol?: 'tcp' | 'udp' | undefined;
}

/** `current` is the one that counts, `incoming` the one that will, `retiring` one that has to go. */
export type HalfRole = 'current' | 'incoming' | 'retiring';

/**
 * Why a half was made although there was one: a failure of an incoming one is told to that operation, or held against that
 * revision. `replace` stands in for one whose cluster is away, and is the current one at once.
 */
export type HalfCause = 'migrate' | 'update' | 'evacuate' | 'replace';

/**
 * One binding of an instance to a cluster. An instance has one; while it moves, the old and the new one stand side by side, and
 * bindings on clusters that are away stay until those have confirmed the end.
 */
export interface Half {
  /** Rises with every binding of the instance, never reused. */
  readonly generation: number;
  readonly role: HalfRole;
  readonly clusterId: string;
  readonly clusterName: string;
  /** Demanded worker, then the one that was reported. */
  readonly worker?: string | undefined;
  readonly revision: number;
  /** What is reserved for it at its cluster. */
  readonly resources: Resources;
  /** Desired: what the cluster is told. */
  readonly action: 'run' | 'stop';
  /** Whether the cluster has confirmed `action`. */
  readonly acknowledged: boolean;
  /** The cluster is not told yet: what runs elsewhere has to stop first. */
  readonly deferred?: boolean | undefined;
  /** With `deferred`, name of the cluster where it ran before. */
  readonly from?: string | undefined;
  readonly cause?: HalfCause | undefined;
  readonly operationId?: string | undefined;
  readonly boundAt: number;
  /** What its agent was told of its own absence; absent means `keep`. A later wish changes later halves only. */
  readonly whenLost?: WhenLost | undefined;
  /** With `move`, the lease under which the agent runs it, in milliseconds. */
  readonly leaseMs?: number | undefined;
  /** Since when the cluster has been told to stop it (epoch milliseconds). */
  readonly stopToldAt?: number | undefined;
  /** Observed. */
  readonly phase: Phase;
  readonly reason?: string | undefined;
  readonly addresses?: readonly Address[] | undefined;
  readonly use?: ResourceUse | undefined;
  readonly restarts?: number | undefined;
  readonly exitCode?: number | undefined;
  /** Since when it runs without a break, by the manager's clock (epoch milliseconds); absent unless it is `RUNNING`. */
  readonly runningSince?: number | undefined;
}

/** A decision of a scheduler, kept to explain it. */
export interface Decision {
  readonly verdict: Verdict;
  readonly scheduler: string;
  readonly decidedAt: number;
  readonly clusterId?: string | undefined;
  readonly clusterName?: string | undefined;
  readonly score?: number | undefined;
  readonly considered: number;
  readonly dropped: Readonly<Record<string, number>>;
  /** What the scheduler said, or why another one decided in its place. */
  readonly reason?: string | undefined;
}

export const Verdict = {
  PLACED: 'PLACED',
  TargetClusterNotFound: 'TargetClusterNotFound',
  TargetClusterNotActive: 'TargetClusterNotActive',
  TargetClusterNoCapacity: 'TargetClusterNoCapacity',
  NoActiveClusterWithCapacity: 'NoActiveClusterWithCapacity',
} as const;
export type Verdict = (typeof Verdict)[keyof typeof Verdict];

/** One replica of a service. */
export interface Instance {
  readonly id: string;
  readonly serviceId: string;
  /** That of its service. */
  readonly organizationId?: string | undefined;
  readonly serviceName: string;
  readonly application: string;
  /** The lowest that is free when the instance is made; given again when it is gone. */
  readonly ordinal: number;
  /** Never given again within the service. Absent in instances that were stored before there were numbers. */
  readonly number?: number | undefined;
  /** Revision of the current half; of the service while there is none. */
  readonly revision: number;
  /** Whether the service still wants it; false once it is a victim of scaling down or of termination. */
  readonly wanted: boolean;
  /** Whether it still counts as one of the service's instances; false once nothing of it is left anywhere. */
  readonly live: boolean;
  readonly phase: Phase;
  readonly reason?: string | undefined;
  readonly halves: readonly Half[];
  readonly lastGeneration: number;
  readonly decision?: Decision | undefined;
  /** Ends and refusals in a row, and when the next placement may be tried. */
  readonly refusals: number;
  readonly notBefore?: number | undefined;
  /** Why it was chosen to go when the service was scaled down. */
  readonly removalReason?: string | undefined;
  /** Name of the cluster to which it goes back after a move that failed when its source had stopped already. */
  readonly returnTo?: string | undefined;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly version: number;
}

/** The number that no other instance of its service has had, or will have. */
export const numberOf = ({ number, ordinal }: Pick<Instance, 'number' | 'ordinal'>): number =>
  number ?? ordinal;

export const currentHalf = (instance: Pick<Instance, 'halves'>): Half | undefined =>
  instance.halves.find((half) => half.role === 'current');

export const incomingHalf = (instance: Pick<Instance, 'halves'>): Half | undefined =>
  instance.halves.find((half) => half.role === 'incoming');

/** The half that a report or an order is about. */
export const halfOf = (
  instance: Pick<Instance, 'halves'>,
  clusterId: string,
  generation: number,
): Half | undefined =>
  instance.halves.find((half) => half.generation === generation && half.clusterId === clusterId);
