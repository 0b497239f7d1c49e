import { currentHalf, type Instance } from '../instance/instance.js';
import type { Service } from '../service/service.js';

/** How many instances are made in one pass; the rest follow in the next. */
export const createdPerPassMax = 1_000;

/** The lowest ordinals that no live instance has. */
function freeOrdinals(instances: readonly Instance[], count: number): readonly number[] {
  const taken = new Set(instances.map((instance) => instance.ordinal));
  const free: number[] = [];
  for (let ordinal = 0; free.length < count; ordinal += 1)
    if (!taken.has(ordinal)) free.push(ordinal);
  return free;
}

const newInstance = (service: Service, id: string, ordinal: number, now: number): Instance => ({
  id,
  serviceId: service.id,
  serviceName: service.name,
  application: service.application,
  ordinal,
  revision: service.revision,
  wanted: true,
  live: true,
  phase: 'REQUESTED',
  halves: [],
  lastGeneration: 0,
  refusals: 0,
  createdAt: now,
  updatedAt: now,
  version: 1,
});

/** Higher goes first: what does not run yet is cheaper to give up than what does. */
function expendability(instance: Instance): number {
  const phase = currentHalf(instance)?.phase;
  if (phase === undefined) return 3;
  if (phase === 'DEAD' || phase === 'FAILED') return 2;
  return phase === 'RUNNING' || phase === 'COMPLETED' ? 0 : 1;
}

/** Brings the number of wanted instances to the wish: makes new ones, or picks victims (not running first, then highest ordinal). */
export function scaleInstances(
  service: Service,
  instances: readonly Instance[],
  newId: () => string,
  now: number,
): { instances: readonly Instance[]; created: readonly Instance[]; more: boolean } {
  const wanted = instances.filter((instance) => instance.wanted);
  const missing = service.replicas - wanted.length;
  if (missing > 0) {
    const count = Math.min(missing, createdPerPassMax);
    const created = freeOrdinals(instances, count).map((ordinal) =>
      newInstance(service, newId(), ordinal, now),
    );
    return { instances: [...instances, ...created], created, more: count < missing };
  }
  if (missing === 0) return { instances, created: [], more: false };
  const victims = new Set(
    [...wanted]
      .sort((a, b) => expendability(b) - expendability(a) || b.ordinal - a.ordinal)
      .slice(0, -missing)
      .map((instance) => instance.id),
  );
  return {
    instances: instances.map((instance) =>
      victims.has(instance.id) ? { ...instance, wanted: false } : instance,
    ),
    created: [],
    more: false,
  };
}
