import type { Machine } from '../engine/machine.js';
import type { DatabaseServer, OpenTransaction } from './server.js';

/** A client's session with at most one transaction at a time. */
export class ClientSession {
  /** As drivers have it, but for the number in the place of bytes. */
  readonly id: { readonly id: number };
  #open: OpenTransaction;

  constructor(
    private readonly server: DatabaseServer,
    private readonly client: Machine,
  ) {
    this.id = { id: server.nextSession() };
    this.#open = { session: this.id.id, transaction: undefined, state: 'none' };
  }

  /** The transaction that commands of this session belong to. */
  get open(): OpenTransaction {
    return this.#open;
  }

  inTransaction(): boolean {
    return this.#open.state === 'open';
  }

  startTransaction(): void {
    this.#open = { session: this.id.id, transaction: undefined, state: 'open' };
  }

  /** May be called again when nobody said whether it took effect. */
  async commitTransaction(): Promise<void> {
    const within = this.#open;
    if (within.state === 'open' && within.transaction === undefined) {
      within.state = 'committed';
      return;
    }
    await this.server.call(this.client, {
      kind: 'commit',
      within,
      steps: [this.server.commitStep(within)],
    });
  }

  async abortTransaction(): Promise<void> {
    const within = this.#open;
    if (within.state !== 'open') return;
    try {
      await this.server.call(this.client, {
        kind: 'abort',
        within,
        steps: [
          () => {
            this.server.abort(within);
          },
        ],
      });
    } catch {
      // As a driver does: whatever the server says, the client is done with it.
      this.server.abort(within);
    }
  }

  endSession(): Promise<void> {
    this.server.abort(this.#open);
    return Promise.resolve();
  }
}
