import { EventEmitter } from 'node:events';
import type { Change } from '../domain/change.js';
import { deriveEvents } from '../domain/event/derive.js';
import type { History } from './history.js';

/** How many changes may wait for the history before reading pauses, and how many are written at once. */
const bufferedMax = 20_000;
const writtenAtOnceMax = 4_000;
/** How old the kept position may grow while changes come that tell no event: they are read again by whoever goes on from there. */
const silentMsMax = 2_000;

interface Buffered {
  readonly change: Change | undefined;
  readonly token: unknown;
  readonly readAt: number;
}

/** Changes on their way into the history, and what writes them. */
export class HistoryBuffer {
  readonly #history: History;
  readonly #emitter = new EventEmitter<{ wake: [] }>();
  #waiting: Buffered[] = [];
  #keptAt = 0;

  constructor(history: History) {
    this.#history = history;
  }

  /** Seconds that the oldest change has been waiting. */
  lagSeconds(): number {
    const [oldest] = this.#waiting;
    return oldest ? (Date.now() - oldest.readAt) / 1000 : 0;
  }

  /** @param change - absent for one that the history does not tell */
  push(change: Change | undefined, token: unknown): void {
    this.#waiting.push({ change, token, readAt: Date.now() });
    if (this.#waiting.length === 1) this.#emitter.emit('wake');
  }

  /** A position that is never moved grows too old to resume from, though nothing has happened that would be missed. */
  keepPosition(token: unknown, everyMs: number): void {
    if (this.#waiting.length > 0 || !this.#isKeptFor(everyMs)) return;
    this.#keptAt = 0;
    this.push(undefined, token);
  }

  /** Resolves when there is room for more, or when writing has ended. */
  async room(ended: AbortSignal): Promise<void> {
    while (this.#waiting.length >= bufferedMax && !ended.aborted) await this.#woken(ended);
  }

  /** Writes what comes until it is ended. @throws Error - the history cannot be written */
  async write(ended: AbortSignal): Promise<void> {
    let { sequence } = await this.#history.position();
    while (!ended.aborted) {
      if (this.#waiting.length === 0) {
        await this.#woken(ended);
        continue;
      }
      const batch = this.#waiting.slice(0, writtenAtOnceMax);
      const drafts = batch.flatMap(({ change }) =>
        change === undefined ? [] : deriveEvents(change),
      );
      // What tells no event now tells none when it is read again, so its position may wait.
      if (drafts.length > 0 || this.#isKeptFor(silentMsMax)) {
        sequence = await this.#history.append(sequence, drafts, batch.at(-1)?.token);
        this.#keptAt = Date.now();
      }
      this.#waiting.splice(0, batch.length);
      this.#emitter.emit('wake');
    }
  }

  /** Whether the position was kept so long ago, or never. */
  #isKeptFor(ms: number): boolean {
    return Date.now() - this.#keptAt >= ms;
  }

  #woken(ended: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const wake = (): void => {
        this.#emitter.off('wake', wake);
        ended.removeEventListener('abort', wake);
        resolve();
      };
      this.#emitter.on('wake', wake);
      ended.addEventListener('abort', wake, { once: true });
      if (ended.aborted) wake();
    });
  }
}
