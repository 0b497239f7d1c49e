import { currentHalf, incomingHalf, type Instance } from '../instance/instance.js';
import { hasEnded, type Operation } from '../operation/operation.js';
import type { Service } from '../service/service.js';
import { judgeLoss } from './losing.js';
import { confirmationDueAt } from './migrations.js';
import { limitsOf, nextLookAt } from './moves.js';
import { overdueAt } from './progress.js';
import { recoversAt } from './restarts.js';
import { readyAt } from './standing.js';
import type { Surroundings } from './state.js';

/** When a half whose cluster is away may be placed elsewhere. */
function lossOverAt(instance: Instance, surroundings: Surroundings): number {
  const half = currentHalf(instance);
  const loss = half && judgeLoss(half, surroundings);
  return loss?.kind === 'waits' && loss.inMs !== undefined
    ? surroundings.now + Math.ceil(loss.inMs)
    : Number.POSITIVE_INFINITY;
}

/** When to look again although nothing was told, the soonest of all that is to come (epoch milliseconds). */
export function nextLook(
  service: Service,
  instances: readonly Instance[],
  operations: readonly Operation[],
  surroundings: Surroundings,
): number {
  const { now } = surroundings;
  let soonest = Number.POSITIVE_INFINITY;
  const note = (at: number): void => {
    if (at > now) soonest = Math.min(soonest, at);
  };
  for (const instance of instances) {
    if (!instance.wanted) continue;
    const incoming = incomingHalf(instance);
    if (incoming) note(nextLookAt(incoming, limitsOf(incoming, service, operations)));
    note(instance.notBefore ?? 0);
    note(recoversAt(instance));
    note(confirmationDueAt(instance, operations));
    note(readyAt(instance, service));
    note(lossOverAt(instance, surroundings));
  }
  for (const operation of operations.filter((each) => !hasEnded(each)))
    note(overdueAt(operation, service));
  return soonest;
}
