import { numberOf, type Instance } from '../instance/instance.js';
import type { Service } from '../service/service.js';
import type { Surroundings } from './state.js';
import { chooseVictims } from './victims.js';

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

/** The number that comes after all that were given. */
export const nextNumber = (service: Service, instances: readonly Instance[]): number =>
  instances.reduce((next, each) => Math.max(next, numberOf(each) + 1), service.nextNumber ?? 0);

const newInstance = (
  service: Service,
  id: string,
  { ordinal, number }: Pick<Instance, 'ordinal' | 'number'>,
  now: number,
): Instance => ({
  id,
  serviceId: service.id,
  organizationId: service.organizationId,
  serviceName: service.name,
  application: service.application,
  ordinal,
  number,
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

interface Scaled {
  readonly service: Service;
  readonly instances: readonly Instance[];
  readonly created: readonly Instance[];
  /** In the order in which they were chosen. */
  readonly removed: readonly Instance[];
  /** Whether there is more to make in the next pass. */
  readonly more: boolean;
}

/** Brings the number of wanted instances to the wish: makes new ones, or picks victims. */
export function scaleInstances(
  service: Service,
  instances: readonly Instance[],
  surroundings: Surroundings,
): Scaled {
  const wanted = instances.filter((instance) => instance.wanted);
  const missing = service.replicas - wanted.length;
  if (missing > 0) {
    const count = Math.min(missing, createdPerPassMax);
    const first = nextNumber(service, instances);
    const created = freeOrdinals(instances, count).map((ordinal, index) =>
      newInstance(
        service,
        surroundings.newId(),
        { ordinal, number: first + index },
        surroundings.now,
      ),
    );
    return {
      service: { ...service, nextNumber: first + count },
      instances: [...instances, ...created],
      created,
      removed: [],
      more: count < missing,
    };
  }
  if (missing === 0) return { service, instances, created: [], removed: [], more: false };
  const victims = chooseVictims(service, wanted, -missing, surroundings);
  const removed = new Map<string, Instance>();
  const after = instances.map((instance) => {
    const removalReason = victims.get(instance.id);
    if (removalReason === undefined) return instance;
    const victim = { ...instance, wanted: false, removalReason };
    removed.set(victim.id, victim);
    return victim;
  });
  const inOrder = [...victims.keys()].flatMap((id) => removed.get(id) ?? []);
  return { service, instances: after, created: [], removed: inOrder, more: false };
}
