/**
 * What a cluster is told next about the instances of one service, one call at a time, from the halves that it has not acknowledged.
 * It knows an instance by its number and has it once, so one that takes the place of another of the same number comes after that. Pure.
 */
import { numberOf, type Half, type Instance } from '../../../domain/instance/instance.js';
import type { OrderReference } from '../../../domain/instance/orders.js';

export type Order =
  | {
      readonly kind: 'deploy';
      readonly number: number;
      readonly revision: number;
      /** It is there with an older descriptor, and has to be deleted first. */
      readonly replaces: boolean;
      readonly reference: OrderReference;
    }
  | { readonly kind: 'delete'; readonly number: number; readonly reference: OrderReference }
  /** Nothing to tell: another half of the same number is there. */
  | { readonly kind: 'settle'; readonly reference: OrderReference };

function orderFor(instance: Instance, clusterId: string): Order | undefined {
  const bound = instance.halves.filter(
    (half) => half.clusterId === clusterId && half.phase !== 'UNDEPLOYED',
  );
  const find = (action: Half['action'], acknowledged: boolean): Half | undefined =>
    bound.find(
      (half) =>
        half.action === action &&
        half.acknowledged === acknowledged &&
        // A run that waits until it has ended elsewhere is not told before.
        (action === 'stop' || acknowledged || half.deferred !== true),
    );
  const referenceTo = ({ generation, action }: Half): OrderReference => ({
    instanceId: instance.id,
    generation,
    action,
  });
  const number = numberOf(instance);
  const stop = find('stop', false);
  const held = find('run', true);
  if (stop)
    return held
      ? { kind: 'settle', reference: referenceTo(stop) }
      : { kind: 'delete', number, reference: referenceTo(stop) };
  const run = find('run', false);
  // A deletion that was answered must be seen to be done, or what comes after it would be deleted.
  if (run === undefined || find('stop', true)) return undefined;
  return {
    kind: 'deploy',
    number,
    revision: run.revision,
    replaces: held !== undefined,
    reference: referenceTo(run),
  };
}

/**
 * The next call about one service, if there is any. What ends comes before what begins.
 *
 * @param instances - live instances of the service, all that have a half at the cluster
 * @param mayStart - whether the service is still to run
 */
export function nextOrder(
  instances: readonly Instance[],
  clusterId: string,
  mayStart: boolean,
): Order | undefined {
  let first: Order | undefined;
  for (const instance of instances) {
    const order = orderFor(instance, clusterId);
    if (order === undefined) continue;
    if (order.kind !== 'deploy') return order;
    if (mayStart) first ??= order;
  }
  return first;
}

/** Whether anything of the instance with that number is bound to the cluster; of any, with -1. */
export const isBound = (
  instances: readonly Instance[],
  clusterId: string,
  number: number,
): boolean =>
  instances.some(
    (instance) =>
      (number === allInstances || numberOf(instance) === number) &&
      instance.halves.some((half) => half.clusterId === clusterId && half.phase !== 'UNDEPLOYED'),
  );

/** Stands for all instances of a service where a number is asked for. */
export const allInstances = -1;
