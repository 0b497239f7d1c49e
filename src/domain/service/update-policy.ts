import type { FieldError } from '../errors.js';
import type { Descriptor } from './descriptor.js';

/** A number of instances, or a share of the replicas as in `25%`. */
export type Amount = number | string;

/** How instances are replaced by a new revision. */
export interface UpdatePolicy {
  /** How many may run at the new revision beside those that they replace. */
  readonly maxSurge: Amount;
  /** How many may be down, so that an old one makes room for the new one before it starts. */
  readonly maxUnavailable: Amount;
  readonly healthySeconds: number;
}

/** What holds where a descriptor says nothing, as in the contract. */
const defaults: UpdatePolicy = { maxSurge: '25%', maxUnavailable: 0, healthySeconds: 5 };
const progressDeadlineSecondsDefault = 300;

type Updating = Pick<Descriptor, 'update' | 'progressDeadlineSeconds'>;

/** The number of instances that an amount stands for. A share is rounded down, to at least one unless it is `0%`. */
export function amountOf(amount: Amount, replicas: number): number {
  if (typeof amount === 'number') return amount;
  const percent = Number(amount.slice(0, -1));
  return percent === 0 ? 0 : Math.max(1, Math.floor((replicas * percent) / 100));
}

export const updatePolicyOf = ({ update }: Updating): UpdatePolicy => ({ ...defaults, ...update });

/** How long an instance of the service has to run without a break until it counts, in milliseconds. */
export const healthyMsOf = (descriptor: Updating): number =>
  updatePolicyOf(descriptor).healthySeconds * 1000;

/** How long operations on the service may go without progress, in milliseconds. */
export const progressDeadlineMsOf = ({ progressDeadlineSeconds }: Updating): number =>
  (progressDeadlineSeconds ?? progressDeadlineSecondsDefault) * 1000;

/** What the contract cannot say about a policy. */
export function updatePolicyErrors(descriptor: Updating): readonly FieldError[] {
  const { maxSurge, maxUnavailable } = updatePolicyOf(descriptor);
  const nothingMoves = amountOf(maxSurge, 100) === 0 && amountOf(maxUnavailable, 100) === 0;
  return nothingMoves
    ? [
        {
          pointer: '#/update/maxSurge',
          detail: 'must be above 0 where maxUnavailable is 0: nothing could be replaced',
        },
      ]
    : [];
}
