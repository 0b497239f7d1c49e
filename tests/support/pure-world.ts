/**
 * The rules of the control plane with everything around them played: state in maps, agents that obey or fail as the test says.
 * No I/O and no time of its own, so whole histories can be made up by a property test.
 */
import type { Cluster } from '../../src/domain/cluster/cluster.js';
import { halfOf, type Instance } from '../../src/domain/instance/instance.js';
import {
  observeInstances,
  type InstanceObservation,
} from '../../src/domain/instance/record-report.js';
import type { Operation } from '../../src/domain/operation/operation.js';
import type { ObservedPhase } from '../../src/domain/phase.js';
import { admit } from '../../src/domain/reconcile/admission.js';
import { changesOf } from '../../src/domain/reconcile/changes.js';
import { converge, finish } from '../../src/domain/reconcile/converge.js';
import { toPicture, type Surroundings } from '../../src/domain/reconcile/state.js';
import { addResources } from '../../src/domain/resources.js';
import type { Service } from '../../src/domain/service/service.js';
import { place } from '../../src/scheduler/built-in/built-in-scheduler.js';
import { startedAt, surroundingsOf } from './builders.js';

export class PureWorld {
  readonly clusters: Map<string, Cluster>;
  readonly instances = new Map<string, Instance>();
  service: Service;
  operations: readonly Operation[] = [];
  now = startedAt;
  /** Why nothing is placed elsewhere. */
  heldBack: string | undefined;
  /** When the reconciler wants to look again. */
  wakeAt = Number.POSITIVE_INFINITY;
  readonly #newId: () => string;

  constructor(service: Service, clusters: readonly Cluster[]) {
    this.service = service;
    this.clusters = new Map(clusters.map((cluster) => [cluster.id, cluster]));
    this.#newId = surroundingsOf([]).newId;
  }

  get live(): readonly Instance[] {
    return [...this.instances.values()].filter((instance) => instance.live);
  }

  operation(operationId: string): Operation {
    const found = this.operations.find((each) => each.id === operationId);
    if (found === undefined) throw new Error(`there is no operation ${operationId}`);
    return found;
  }

  /** One pass of the reconciler, written as a store would. */
  reconcile(): void {
    const surroundings: Surroundings = {
      now: this.now,
      clusters: this.clusters,
      lostAfterMs: 105_000,
      absences: this.#absences(),
      newId: this.#newId,
    };
    const open = this.operations.filter((each) => each.state === 'running');
    const draft = converge(
      { service: this.service, instances: this.live, operations: open },
      surroundings,
    );
    const pictures = new Map([...this.clusters].map(([key, cluster]) => [key, toPicture(cluster)]));
    const results = place(
      draft.wants.map((want) => want.request),
      [...pictures.values()],
    );
    const incoming = new Map<string, number>();
    for (const { halves } of this.live)
      for (const { role, cause, phase, clusterId } of halves)
        if (role === 'incoming' && cause === 'migrate' && phase !== 'RUNNING')
          incoming.set(clusterId, (incoming.get(clusterId) ?? 0) + 1);
    const admitted = admit(draft.wants, results, incoming);
    const decided = finish(draft, admitted, pictures, surroundings);
    const changes = changesOf([decided]);
    for (const [clusterId, delta] of changes.reservations) {
      const cluster = this.clusters.get(clusterId);
      if (cluster)
        this.clusters.set(clusterId, {
          ...cluster,
          reserved: addResources(cluster.reserved, delta),
        });
    }
    for (const instance of [...changes.createdInstances, ...changes.instances])
      this.instances.set(instance.id, instance);
    const changed = new Map(changes.operations.map((each) => [each.id, each]));
    this.operations = this.operations.map((each) => changed.get(each.id) ?? each);
    this.service = decided.service;
    this.wakeAt = decided.wakeAt;
  }

  /** As a manager sees them that has watched from the beginning. */
  #absences(): Surroundings['absences'] {
    return new Map(
      [...this.clusters.values()]
        .filter((cluster) => cluster.liveness === 'inactive')
        .map(({ id, lastHeardAt = 0 }) => [
          id,
          { silentMs: this.now - lastHeardAt, heldBack: this.heldBack },
        ]),
    );
  }

  /** Reconciles until nothing changes any more, with every agent obeying at once. */
  settle(): void {
    for (let turn = 0; turn < 100; turn += 1) {
      const before = JSON.stringify([...this.instances.values(), this.service]);
      this.reconcile();
      this.obey();
      if (JSON.stringify([...this.instances.values(), this.service]) === before) return;
    }
    throw new Error('the world does not come to rest');
  }

  /** Every agent takes its orders and carries them out. */
  obey(only?: (instance: Instance, generation: number) => boolean): void {
    for (const instance of this.live)
      for (const { generation, clusterId, action, phase } of instance.halves) {
        if (only && !only(instance, generation)) continue;
        if (action === 'stop') this.report(instance.id, clusterId, generation, 'UNDEPLOYED');
        else if (phase !== 'COMPLETED' && phase !== 'DEAD')
          this.report(instance.id, clusterId, generation, 'RUNNING');
      }
  }

  report(
    instanceId: string,
    clusterId: string,
    generation: number,
    phase: ObservedPhase,
    fields: Partial<InstanceObservation> = {},
  ): void {
    const instance = this.instances.get(instanceId);
    if (instance === undefined || halfOf(instance, clusterId, generation) === undefined) return;
    const report = { full: false, instances: [{ instanceId, generation, phase, ...fields }] };
    const { changed } = observeInstances(
      clusterId,
      report,
      new Map([[instanceId, instance]]),
      this.now,
    );
    for (const each of changed) this.instances.set(each.id, each);
  }
}
