import type { ServiceStore } from '../domain/ports.js';
import type { Descriptor } from '../domain/service/descriptor.js';
import { descriptorAt, type Service } from '../domain/service/service.js';

const keptMax = 1_000;

/** The descriptors that orders carry. Services are read once and kept while they are used, the longest unused goes first. */
export class Descriptors {
  readonly #services: Pick<ServiceStore, 'find'>;
  readonly #kept = new Map<string, Service>();
  /** Reads under way: the orders of a large service all ask at once. */
  readonly #reads = new Map<string, Promise<Service | undefined>>();

  constructor(services: Pick<ServiceStore, 'find'>) {
    this.#services = services;
  }

  /** @returns nothing when the service is no longer known */
  async find(serviceId: string, revision: number): Promise<Descriptor | undefined> {
    const kept = this.#kept.get(serviceId);
    const fresh = kept !== undefined && kept.revision >= revision;
    const service = fresh ? kept : await this.#read(serviceId, revision);
    if (service === undefined) return undefined;
    this.#kept.delete(serviceId);
    this.#kept.set(serviceId, service);
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > keptMax && oldest !== undefined) this.#kept.delete(oldest);
    return descriptorAt(service, revision);
  }

  async #read(serviceId: string, revision: number): Promise<Service | undefined> {
    const key = `${serviceId} ${revision}`;
    const underWay = this.#reads.get(key);
    if (underWay) return underWay;
    const read = this.#services.find(serviceId);
    this.#reads.set(key, read);
    try {
      return await read;
    } finally {
      this.#reads.delete(key);
    }
  }
}
