import type { Event, SystemManagerClient } from '@system-manager/client';
import { until } from '../../scripts/plant.js';
import { must } from './table.js';

/** Follows the event stream from the first event on, across restarts of the manager. */
export class HistoryWatcher {
  readonly events: Event[] = [];
  readonly #stop = new AbortController();
  readonly #done: Promise<void>;
  #failure: Error | undefined;

  constructor(client: SystemManagerClient) {
    this.#done = this.#follow(client).catch((error: unknown) => {
      this.#failure = error instanceof Error ? error : new Error(String(error));
    });
  }

  get lastSequence(): number {
    return this.events.at(-1)?.sequence ?? 0;
  }

  /**
   * Waits for the newest event of the history, then compares what was streamed with it: the same events, each once, in order.
   *
   * @returns how many there are
   */
  async check(client: SystemManagerClient): Promise<number> {
    const listed: number[] = [];
    for await (const { sequence } of client.paginate('/api/v1/events', {
      params: { query: { after: 0, limit: 500 } },
    })) {
      listed.push(sequence);
    }
    await until('the stream has caught up', () => {
      if (this.#failure !== undefined) return true;
      return this.lastSequence >= (listed.at(-1) ?? 0);
    });
    if (this.#failure !== undefined) throw this.#failure;
    const streamed = this.events.slice(0, listed.length).map(({ sequence }) => sequence);
    for (const [name, sequences] of [
      ['listed', listed],
      ['streamed', streamed],
    ] as const) {
      const odd = sequences.findIndex((sequence, index) => sequence !== index + 1);
      must(odd === -1, `the ${name} history has ${sequences[odd]} at position ${odd + 1}`);
    }
    return listed.length;
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#done;
  }

  async #follow(client: SystemManagerClient): Promise<void> {
    for await (const event of client.watchEvents({ after: 0, signal: this.#stop.signal })) {
      this.events.push(event);
    }
  }
}
