/** What a user sees who reads everything once, after it has become calm. */
import type { Cluster } from '../../src/domain/cluster/cluster.js';
import type { Instance } from '../../src/domain/instance/instance.js';
import type { Operation } from '../../src/domain/operation/operation.js';
import type { Ports } from '../../src/domain/ports.js';
import type { Service } from '../../src/domain/service/service.js';
import type { World } from './world.js';

export interface Look {
  readonly clusters: readonly Cluster[];
  readonly services: readonly Service[];
  /** Live ones. */
  readonly instances: readonly Instance[];
  readonly operations: readonly Operation[];
  readonly lastEvent: number;
}

const limit = 1_000;

async function readAll(ports: Ports): Promise<Record<string, unknown>> {
  const look: Look = {
    clusters: await ports.clusters.all(),
    services: [
      ...(await ports.services.list({}, { limit })).items,
      ...(await ports.services.list({ phase: 'UNDEPLOYED' }, { limit })).items,
    ],
    instances: (await ports.instances.list({}, { limit })).items,
    operations: (await ports.operations.list({}, { limit })).items,
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
