/**
 * Takes over what an installation of 2021 has left in the database: at the start, and whenever others put something there. It changes
 * nothing that runs: clusters keep their ids and go on reporting, jobs keep theirs and stay where they are.
 */
import type { Logger } from 'pino';
import type { ChangeFeed } from '../../domain/change.js';
import type { Cluster } from '../../domain/cluster/cluster.js';
import { DomainError, errorCatalogue } from '../../domain/errors.js';
import type { Instance } from '../../domain/instance/instance.js';
import type { Ports } from '../../domain/ports.js';
import type { Service } from '../../domain/service/service.js';
import type { Fields } from '../input.js';
import { fromLegacyCluster, fromLegacyJob, type Surroundings } from './legacy-documents.js';

interface Foreign {
  readonly id: string;
  readonly fields: Fields;
}

/** Where such documents lie. */
export interface LegacyDocuments {
  clusters(): Promise<readonly Foreign[]>;
  jobs(): Promise<readonly Foreign[]>;
  adoptCluster(cluster: Cluster): Promise<boolean>;
  adoptJob(service: Service, instances: readonly Instance[]): Promise<boolean>;
}

export interface AdoptionOptions {
  readonly ports: Ports;
  readonly feed: ChangeFeed;
  readonly legacy: LegacyDocuments;
  readonly logger: Logger;
}

export class Adoption {
  readonly #options: AdoptionOptions;
  readonly #unsubscribe: (() => void)[] = [];
  /** What cannot be adopted is said once. */
  #told = new Set<string>();
  #running: Promise<void> | undefined;
  #again = false;
  #stopped = true;

  constructor(options: AdoptionOptions) {
    this.#options = options;
  }

  /** Resolves once all that was there is adopted. It may be stopped and started again. */
  async start(): Promise<void> {
    const { feed } = this.#options;
    this.#stopped = false;
    this.#told = new Set();
    this.#unsubscribe.push(
      feed.onChange(({ subject, kind, after }) => {
        const foreign = after === undefined && kind !== 'delete';
        if (foreign && (subject === 'cluster' || subject === 'service')) this.#look();
      }),
      feed.onGap(() => {
        this.#look();
      }),
    );
    await this.#adoptAll();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    for (const unsubscribe of this.#unsubscribe.splice(0)) unsubscribe();
    await this.#running;
  }

  #look(): void {
    this.#again = true;
    this.#running ??= this.#run().finally(() => {
      this.#running = undefined;
    });
  }

  async #run(): Promise<void> {
    while (this.#again && !this.#stopped) {
      this.#again = false;
      try {
        await this.#adoptAll();
      } catch (error) {
        this.#options.logger.error({ err: error }, 'documents of 2021 could not be adopted');
      }
    }
  }

  async #adoptAll(): Promise<void> {
    const { ports, legacy } = this.#options;
    const surroundings = { now: ports.now(), newId: ports.newId };
    for (const each of await legacy.clusters())
      await this.#try('cluster', each, () => this.#adoptCluster(each, surroundings));
    const jobs = await legacy.jobs();
    if (jobs.length === 0) return;
    const clusters = new Map((await ports.clusters.all()).map((each) => [each.id, each]));
    const find = (id: string): Cluster | undefined => {
      const cluster = clusters.get(id);
      return cluster?.endpoint === undefined ? undefined : cluster;
    };
    for (const each of jobs)
      await this.#try('job', each, () => {
        const { service, instances } = fromLegacyJob(each.id, each.fields, find, surroundings);
        return legacy.adoptJob(service, instances);
      });
  }

  #adoptCluster({ id, fields }: Foreign, surroundings: Surroundings): Promise<boolean> {
    const { ports, legacy } = this.#options;
    const { hash } = ports.secrets.createCredential(id);
    return legacy.adoptCluster(fromLegacyCluster(id, fields, hash, surroundings));
  }

  /** One that makes no sense, or whose name is taken, stays as it is and does not stop the others. */
  async #try(kind: string, { id }: Foreign, adopt: () => Promise<boolean>): Promise<void> {
    const { logger } = this.#options;
    try {
      if (await adopt()) logger.info({ kind, id }, 'a document of 2021 was adopted');
    } catch (error) {
      if (!(error instanceof DomainError) || errorCatalogue[error.code].retryable) throw error;
      if (this.#told.has(id)) return;
      this.#told.add(id);
      logger.warn({ kind, id, reason: error.detail }, 'a document of 2021 cannot be adopted');
    }
  }
}
