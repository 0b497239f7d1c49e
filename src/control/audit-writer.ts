/** Writes the audit log behind the requests: each is answered without waiting, and what gathers meanwhile is written together. */
import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { AuditDraft } from '../domain/audit/entry.js';
import type { AuditStore, AuditTrail } from '../domain/audit/ports.js';
import { DomainError } from '../domain/errors.js';

export interface AuditWriterOptions {
  readonly store: Pick<AuditStore, 'append'>;
  readonly logger: Logger;
  readonly random: () => number;
  /** Entries that may wait. @defaultValue 10,000 */
  readonly waitingMax?: number;
}

const waitingMaxDefault = 10_000;
const writtenAtOnceMax = 500;
const retryMsMin = 100;
const retryMsMax = 5_000;
/** How long the end waits for a store that does not answer. */
const closeMsMax = 5_000;

export class AuditWriter implements AuditTrail {
  readonly #options: AuditWriterOptions;
  readonly #waitingMax: number;
  readonly #closing = new AbortController();
  #waiting: AuditDraft[] = [];
  #writing: Promise<void> | undefined;
  #lost = 0;

  constructor(options: AuditWriterOptions) {
    this.#options = options;
    this.#waitingMax = options.waitingMax ?? waitingMaxDefault;
  }

  /** Entries that wait to be written. */
  get waiting(): number {
    return this.#waiting.length;
  }

  /** Entries of refusals that found no room. */
  get lost(): number {
    return this.#lost;
  }

  requireRoom(): void {
    if (this.#waiting.length >= this.#waitingMax / 2)
      throw new DomainError(
        'unavailable',
        'The audit log cannot be written at the moment, and nothing is changed without it.',
        { retryAfterSeconds: 5 },
      );
  }

  record(draft: AuditDraft): void {
    if (this.#waiting.length >= this.#waitingMax) {
      this.#lost += 1;
      return;
    }
    this.#waiting.push(draft);
    this.#writing ??= this.#writeAll().finally(() => {
      this.#writing = undefined;
    });
  }

  /** Writes what waits, as far as the store takes it in time. */
  async close(): Promise<void> {
    const timer = setTimeout(() => {
      this.#closing.abort();
    }, closeMsMax);
    await this.#writing;
    clearTimeout(timer);
    if (this.#waiting.length > 0)
      this.#options.logger.error(
        { entries: this.#waiting.length },
        'the audit log is not complete',
      );
  }

  async #writeAll(): Promise<void> {
    for (let failures = 0; this.#waiting.length > 0 && !this.#closing.signal.aborted;) {
      const batch = this.#waiting.slice(0, writtenAtOnceMax);
      try {
        await this.#options.store.append(batch);
        this.#waiting = this.#waiting.slice(batch.length);
        failures = 0;
      } catch (error) {
        failures += 1;
        this.#options.logger.error(
          { err: error },
          'the audit log could not be written; trying again',
        );
        await this.#pause(failures);
      }
    }
  }

  async #pause(failures: number): Promise<void> {
    const ms =
      Math.min(retryMsMax, retryMsMin * 2 ** failures) * (0.5 + this.#options.random() / 2);
    const { signal } = this.#closing;
    try {
      await delay(ms, undefined, { signal });
    } catch (error) {
      if (!signal.aborted) throw error;
    }
  }
}
