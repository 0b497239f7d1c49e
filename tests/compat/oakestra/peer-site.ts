/** A manager with Cluster Managers, a scheduler and a network component of Oakestra on real sockets. */
import { newId } from '../../../src/store/ids.js';
import { toDescriptor, type SlaMicroservice } from '../../../src/compat/oakestra/sla.js';
import { deployService } from '../../../src/domain/service/deploy-service.js';
import { scaleService } from '../../../src/domain/service/scale-service.js';
import { terminateService } from '../../../src/domain/service/terminate-service.js';
import { numberOf } from '../../../src/domain/instance/instance.js';
import { OakSite } from './oak-site.js';
import {
  ClusterManagerStandIn,
  type ClusterOptions,
  type ManagerPlaces,
} from './stand-ins/cluster-manager.js';

/** Clusters are told again after a few milliseconds, and what they do not report is missed after a second. */
export const quickTiming = { retryMsMin: 5, retryMsMax: 50, settleMs: 1_000 };

type OpenOptions = NonNullable<Parameters<typeof OakSite.open>[0]>;

let names = 0;

export class PeerSite extends OakSite {
  readonly #clusters: ClusterManagerStandIn[] = [];

  static override async open({ oakestra, ...options }: OpenOptions = {}): Promise<PeerSite> {
    const site = await OakSite.open({
      // These tests are not about who leads: a machine that is busy with others must not end that.
      leaseMs: 60_000,
      ...options,
      oakestra: { timing: quickTiming, ...oakestra },
    });
    return new PeerSite(site.manager);
  }

  get places(): ManagerPlaces {
    const { addresses } = this.manager;
    return {
      http: this.oak,
      grpcPort: Number(addresses['oakestraRegistration']?.split(':').at(-1)),
    };
  }

  get resources(): string {
    return this.manager.addresses['oakestraResources'] ?? '';
  }

  /** A Cluster Manager that has registered and reported once. */
  async join(options: Partial<ClusterOptions> = {}): Promise<ClusterManagerStandIn> {
    const name = options.name ?? `cluster-${(names += 1)}`;
    const cluster = await ClusterManagerStandIn.join(this.places, { ...options, name });
    this.#clusters.push(cluster);
    return cluster;
  }

  /** Deploys a microservice of an SLA with so many instances. @returns its id */
  async microservice(
    fields: Partial<SlaMicroservice> = {},
    replicas = 1,
  ): Promise<{ id: string; jobName: string }> {
    const { ports } = this.manager.app;
    names += 1;
    const now = Date.now();
    const application = {
      id: newId(),
      ownerId: newId(),
      ownerName: 'Admin',
      name: `app${names}`,
      namespace: 'prod',
      label: `app${names}-prod`,
      more: {},
      createdAt: now,
      updatedAt: now,
      version: 1,
    };
    await this.manager.store.applications.insert(application);
    const descriptor = toDescriptor(
      {
        microservice_name: 'web',
        microservice_namespace: 'front',
        virtualization: 'container',
        code: 'docker.io/library/nginx:latest',
        memory: 100,
        vcpus: 1,
        ...fields,
      },
      application,
    );
    const { service } = await deployService(ports, descriptor);
    if (replicas > 0) await this.replicas(service.id, replicas);
    return { id: service.id, jobName: descriptor.microservice?.jobName ?? '' };
  }

  async replicas(id: string, replicas: number): Promise<void> {
    await scaleService(this.manager.app.ports, id, { replicas });
  }

  async end(id: string): Promise<void> {
    await terminateService(this.manager.app.ports, id);
  }

  /** Phases of the live instances, by number. */
  async phases(id: string): Promise<Readonly<Record<number, string>>> {
    const instances = await this.manager.app.ports.instances.liveOf(id);
    return Object.fromEntries(instances.map((each) => [numberOf(each), each.phase]));
  }

  /** The numbers of the live instances, by id. */
  async numbers(id: string): Promise<ReadonlyMap<string, number>> {
    const instances = await this.manager.app.ports.instances.liveOf(id);
    return new Map(instances.map((each) => [each.id, numberOf(each)]));
  }

  /** Has clusters report, again and again, until something holds. */
  async reportingUntil(
    clusters: readonly ClusterManagerStandIn[],
    what: string,
    look: () => Promise<boolean> | boolean,
  ): Promise<void> {
    const deadline = performance.now() + 60_000;
    for (;;) {
      for (const cluster of clusters) await cluster.report();
      if (await look()) return;
      if (performance.now() > deadline) throw new Error(`did not come to be in time: ${what}`);
    }
  }

  override async close(): Promise<void> {
    await super.close();
    await Promise.all(this.#clusters.map((cluster) => cluster.goAway()));
  }
}
