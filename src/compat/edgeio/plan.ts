/**
 * What a cluster of 2021 is told next. It knows a service as one job with a number of replicas, the manager knows instances with
 * halves, so what has to be told is derived for the service as a whole, one call at a time, from the halves that the cluster has
 * not acknowledged. Pure.
 */
import type { OrderReference } from '../../domain/instance/orders.js';
import type { Half, Instance } from '../../domain/instance/instance.js';

/** What a call is; the orders that are acknowledged and the stops that are over once it was answered. */
interface Effects {
  readonly acknowledges: readonly OrderReference[];
  readonly ends: readonly OrderReference[];
}

export type Step = Effects &
  (
    | { readonly kind: 'deploy'; readonly revision: number }
    /** The job is there with an older descriptor. */
    | { readonly kind: 'redeploy'; readonly revision: number }
    | { readonly kind: 'replicate'; readonly replicas: number }
    | { readonly kind: 'move'; readonly from: string; readonly to: string }
    | { readonly kind: 'delete' }
    /** Nothing to tell; the stops are over already. */
    | { readonly kind: 'settle' }
    /** The cluster cannot be told that. */
    | { readonly kind: 'refuse'; readonly reason: string }
  );

interface Bound {
  readonly instanceId: string;
  readonly half: Half;
}

const referenceTo = ({ instanceId, half }: Bound): OrderReference => ({
  instanceId,
  generation: half.generation,
  action: half.action,
});

/** The half that was bound last: its revision is the one that the cluster has. */
const lastOf = (bound: readonly Bound[]): Bound | undefined =>
  [...bound].sort((a, b) => b.half.boundAt - a.half.boundAt)[0];

const instancesOf = (bound: readonly Bound[]): ReadonlySet<string> =>
  new Set(bound.map(({ instanceId }) => instanceId));

/** A run that replaces another one of the same instance at the same cluster. */
function moveWithin(pending: readonly Bound[], held: readonly Bound[]): Step | undefined {
  for (const to of pending) {
    const from = held.find(({ instanceId }) => instanceId === to.instanceId);
    if (from?.half.revision !== to.half.revision) continue;
    const effects = { acknowledges: [referenceTo(to)], ends: [] };
    if (from.half.worker === undefined || to.half.worker === undefined)
      return { kind: 'refuse', reason: 'it is not known on which node it runs', ...effects };
    return { kind: 'move', from: from.half.worker, to: to.half.worker, ...effects };
  }
  return undefined;
}

/** Nothing of the job is known to be there. */
function stepFromNothing(pending: readonly Bound[], leaving: readonly Bound[]): Step | undefined {
  const first = lastOf(pending);
  // A deletion that was answered must be seen to be done, or the job would be deleted after it was deployed anew.
  if (first === undefined || leaving.length > 0) return undefined;
  return {
    kind: 'deploy',
    revision: first.half.revision,
    acknowledges: [referenceTo(first)],
    ends: [],
  };
}

/** The job is there. */
function stepFrom(
  held: readonly Bound[],
  pending: readonly Bound[],
  stops: readonly Bound[],
): Step | undefined {
  const ends = stops.map(referenceTo);
  const there = lastOf(held)?.half;
  const renewed = lastOf(
    pending.filter(
      ({ half }) => half.revision !== there?.revision && half.boundAt >= (there?.boundAt ?? 0),
    ),
  );
  if (renewed) {
    const { revision } = renewed.half;
    const same = pending.filter(({ half }) => half.revision === revision);
    return { kind: 'redeploy', revision, acknowledges: same.map(referenceTo), ends: [] };
  }
  const move = moveWithin(pending, held);
  if (move) return move;
  const staying = instancesOf(held);
  if (pending.length === 0 && stops.every(({ instanceId }) => staying.has(instanceId)))
    return stops.length === 0 ? undefined : { kind: 'settle', acknowledges: [], ends };
  return {
    kind: 'replicate',
    replicas: instancesOf([...held, ...pending]).size,
    acknowledges: pending.map(referenceTo),
    ends,
  };
}

/**
 * The next call about one service, if there is any.
 *
 * @param instances - all live instances of the service
 */
export function nextStep(instances: readonly Instance[], clusterId: string): Step | undefined {
  const bound = instances.flatMap(({ id, halves }) =>
    halves
      .filter((half) => half.clusterId === clusterId && half.phase !== 'UNDEPLOYED')
      .map((half) => ({ instanceId: id, half })),
  );
  const of = (action: Half['action'], acknowledged: boolean): readonly Bound[] =>
    bound.filter(({ half }) => half.action === action && half.acknowledged === acknowledged);
  const held = of('run', true);
  // A run that waits until it has ended elsewhere is not told before.
  const pending = of('run', false).filter(({ half }) => half.deferred !== true);
  const stops = of('stop', false);
  if (held.length > 0) return stepFrom(held, pending, stops);
  if (pending.length > 0) return stepFromNothing(pending, of('stop', true));
  return stops.length === 0
    ? undefined
    : { kind: 'delete', acknowledges: stops.map(referenceTo), ends: [] };
}
