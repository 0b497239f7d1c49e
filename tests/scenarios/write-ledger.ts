/** Writers that never stop, and a book of what they were promised. */
import {
  ConnectionError,
  ProblemError,
  type ClusterRegistration,
  type Operation,
  type SystemManagerClient,
} from '@system-manager/client';

/** Something that was wished, with the key that makes it one wish however often it is sent. */
interface Wish {
  readonly key: string;
  readonly kind: 'deploy' | 'scale' | 'addWorker' | 'registerCluster';
  /** What it is about: name of the service or cluster. */
  readonly name: string;
}

/** What an acknowledgement said. */
export interface Acknowledged extends Wish {
  /** Id of the resource, or of the operation where there is one. */
  readonly id: string;
}

/** Names of the resources that many writers change at once. */
export interface Shared {
  readonly clusterId: string;
  readonly services: ReadonlyMap<string, string>;
}

const kinds = ['deploy', 'scale', 'addWorker', 'addWorker', 'registerCluster', 'scale'] as const;

/** Failures after which the same wish is simply sent again. */
const mayRepeat = (error: unknown): boolean =>
  error instanceof ConnectionError || (error instanceof ProblemError && error.status === 503);

export class WriteLedger {
  /** What was answered 2xx, by key. */
  readonly acknowledged = new Map<string, Acknowledged>();
  /** Sent, and nobody knows what became of it. */
  readonly #open: Wish[] = [];
  readonly #client: SystemManagerClient;
  readonly #shared: Shared;
  #count = 0;

  constructor(client: SystemManagerClient, shared: Shared) {
    this.#client = client;
    this.#shared = shared;
  }

  get openCount(): number {
    return this.#open.length;
  }

  of(kind: Wish['kind'], name?: string): Acknowledged[] {
    return [...this.acknowledged.values()].filter(
      (one) => one.kind === kind && (name === undefined || one.name === name),
    );
  }

  /**
   * Writes with many hands until the connection breaks. What was open before is sent again first.
   *
   * @param enough - how many acknowledgements until `onEnough` is called; the others are under way at that moment
   */
  async writeUntilBroken(hands: number, enough: number, onEnough: () => void): Promise<void> {
    let taken = 0;
    const hand = async (): Promise<void> => {
      for (;;) {
        const wish = this.#open.shift() ?? this.#next();
        if (!(await this.#attempt(wish))) return;
        taken += 1;
        if (taken === enough) onEnough();
      }
    };
    await Promise.all(Array.from({ length: hands }, hand));
  }

  /** Sends again whatever is open, until all of it is acknowledged. */
  async settle(): Promise<void> {
    for (let wish = this.#open.shift(); wish !== undefined; wish = this.#open.shift()) {
      if (!(await this.#attempt(wish))) throw new Error(`${wish.kind} ${wish.key} has no answer`);
    }
  }

  /** Sends acknowledged wishes once more. @returns how many were answered otherwise than the first time */
  async repeat(wishes: readonly Acknowledged[]): Promise<number> {
    const ids = await Promise.all(wishes.map((wish) => this.#send(wish)));
    return ids.filter((id, index) => id !== wishes[index]?.id).length;
  }

  #next(): Wish {
    this.#count += 1;
    const kind = kinds[this.#count % kinds.length] ?? 'deploy';
    const shared = [...this.#shared.services.keys()];
    const name =
      kind === 'scale'
        ? (shared[this.#count % shared.length] ?? '')
        : kind === 'addWorker'
          ? 'counted'
          : `${kind.toLowerCase()}-${this.#count}`;
    return { key: `key-${this.#count}`, kind, name };
  }

  /** @returns false when the connection broke; the wish stays open then */
  async #attempt(wish: Wish): Promise<boolean> {
    try {
      this.acknowledged.set(wish.key, { ...wish, id: await this.#send(wish) });
      return true;
    } catch (error) {
      if (!mayRepeat(error)) throw error;
      this.#open.push(wish);
      return error instanceof ProblemError;
    }
  }

  async #send({ key, kind, name }: Wish): Promise<string> {
    const header = { 'Idempotency-Key': key };
    switch (kind) {
      case 'deploy': {
        const body = { name, replicas: 0, command: [name] };
        const init = { params: { header }, body };
        return operationId(await this.#client.post('/api/v1/services', init));
      }
      case 'scale': {
        const serviceId = this.#shared.services.get(name) ?? '';
        const init = { params: { header, path: { serviceId } }, body: { by: 1 } };
        const path = '/api/v1/services/{serviceId}/scale';
        return operationId(await this.#client.post(path, init));
      }
      case 'addWorker': {
        const path = { clusterId: this.#shared.clusterId };
        const init = { params: { header, path }, body: {} };
        const { count } = await this.#client.post('/api/v1/clusters/{clusterId}/workers', init);
        return String(count);
      }
      case 'registerCluster': {
        const body: ClusterRegistration = { name };
        const { cluster } = await this.#client.post('/api/v1/clusters', {
          params: { header },
          body,
        });
        return cluster.id;
      }
    }
  }
}

const operationId = ({ operation }: { operation: Operation }): string => operation.id;
