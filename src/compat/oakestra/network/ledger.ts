/** What the network component has been told, in memory and in the store. */
import {
  nothingKnown,
  type KnownService,
  type NetworkAddress,
  type NetworkStep,
  type Notices,
} from './told.js';

const addressText = ({ host, port }: NetworkAddress): string => `${host} ${port}`;

interface Entry {
  known: boolean;
  readonly instances: Map<number, string>;
}

export class NetworkLedger {
  readonly #notices: Notices;
  readonly #clusters = new Map<string, string>();
  readonly #services = new Map<string, Entry>();

  private constructor(notices: Notices) {
    this.#notices = notices;
  }

  static async read(notices: Notices): Promise<NetworkLedger> {
    const ledger = new NetworkLedger(notices);
    for (const [key, value] of await notices.all()) {
      const [noun, id = '', number = ''] = key.split('/');
      if (noun === 'cluster') ledger.#clusters.set(id, value);
      if (noun === 'service') ledger.#entry(id).known = true;
      if (noun === 'instance') ledger.#entry(id).instances.set(Number(number), value);
    }
    return ledger;
  }

  get services(): readonly string[] {
    return [...this.#services.keys()];
  }

  get clusters(): readonly string[] {
    return [...this.#clusters.keys()];
  }

  of(serviceId: string): KnownService {
    return this.#services.get(serviceId) ?? nothingKnown;
  }

  /** Whether the cluster was ever told. */
  knows(clusterId: string): boolean {
    return this.#clusters.has(clusterId);
  }

  knowsCluster(id: string, address: NetworkAddress): boolean {
    return this.#clusters.get(id) === addressText(address);
  }

  async clusterTold(id: string, address: NetworkAddress): Promise<void> {
    await this.#notices.put(`cluster/${id}`, addressText(address));
    this.#clusters.set(id, addressText(address));
  }

  async clusterGone(id: string): Promise<void> {
    await this.#notices.remove(`cluster/${id}`);
    this.#clusters.delete(id);
  }

  /** Notes that a step was taken. */
  async took(serviceId: string, step: NetworkStep): Promise<void> {
    const entry = this.#entry(serviceId);
    switch (step.kind) {
      case 'tell-service':
        await this.#notices.put(`service/${serviceId}`, '');
        entry.known = true;
        break;
      case 'tell-instance':
        await this.#notices.put(`instance/${serviceId}/${step.number}`, step.clusterId);
        entry.instances.set(step.number, step.clusterId);
        break;
      case 'forget-instance':
        await this.#notices.remove(`instance/${serviceId}/${step.number}`);
        entry.instances.delete(step.number);
        break;
      case 'forget-service':
        await this.#notices.remove(`service/${serviceId}`);
        entry.known = false;
    }
    if (!entry.known && entry.instances.size === 0) this.#services.delete(serviceId);
  }

  #entry(serviceId: string): Entry {
    const known = this.#services.get(serviceId);
    if (known) return known;
    const entry: Entry = { known: false, instances: new Map() };
    this.#services.set(serviceId, entry);
    return entry;
  }
}
