/** What a user sees who reads everything once, after it has become calm. */
import type { components } from '../../generated/openapi.js';
import type { Ports } from '../../src/domain/ports.js';
import { toCluster, toInstance, toOperation, toService } from '../../src/http/views.js';
import type { World } from './world.js';

type Schemas = components['schemas'];

/** The resources, as the API shows them. */
export interface Look {
  readonly clusters: readonly Schemas['Cluster'][];
  readonly services: readonly Schemas['Service'][];
  /** Those of which something is left. */
  readonly instances: readonly Schemas['Instance'][];
  readonly operations: readonly Schemas['Operation'][];
  readonly lastEvent: number;
}

const limit = 1_000;

async function readAll(ports: Ports): Promise<Record<string, unknown>> {
  const services = [
    ...(await ports.services.list({}, { limit })).items,
    ...(await ports.services.list({ phase: 'UNDEPLOYED' }, { limit })).items,
  ];
  const look: Look = {
    clusters: (await ports.clusters.all()).map(toCluster),
    services: services.map(toService),
    instances: (await ports.instances.list({}, { limit })).items.map(toInstance),
    operations: (await ports.operations.list({}, { limit })).items.map(toOperation),
    lastEvent: (await ports.events.bounds()).last,
  };
  return { ...look };
}

/** Resolves with nothing when no manager answers. */
export function lookAround(world: World, onSeen: (look: Look | undefined) => void): void {
  const manager = world.pickManager(world.outside);
  let open = true;
  world.network.call(
    world.outside,
    manager.machine,
    () => manager.answer(undefined, readAll),
    ({ status, body }) => {
      if (!open) return;
      open = false;
      onSeen(status === 200 ? (body as unknown as Look) : undefined);
    },
  );
  world.time.at(world.outside, 3_000, () => {
    if (!open) return;
    open = false;
    onSeen(undefined);
  });
}
