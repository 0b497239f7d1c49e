import { instanceKey, type InstanceReport, type OrderReference, type RunOrder } from './frames.js';
import type { Place } from './place.js';

/** How far an order has come: `begun` may or may not have had its effect, `started` has had it, `stopping` is on its way out. */
export type JournalStage = 'begun' | 'started' | 'stopping';

/** What is remembered of one generation of an instance. */
export interface JournalEntry {
  readonly order: RunOrder;
  readonly stage: JournalStage;
  /** What was last said of it. */
  readonly report: InstanceReport;
}

type Reference = Pick<OrderReference, 'instanceId' | 'generation'>;

interface JournalText {
  readonly version: 1;
  readonly instances: readonly JournalEntry[];
  readonly stopped: readonly string[];
}

const fileName = 'journal.json';
const stoppedMax = 5_000;

/**
 * The memory of an agent: the generations that it has taken in, and those that were stopped, for which a later run is void. Kept
 * as one text that is replaced whole; saves that come together share one write, so a thousand orders at once cost a few.
 */
export class Journal {
  readonly #place: Place;
  readonly #entries = new Map<string, JournalEntry>();
  /** Oldest first; bounded, the oldest are forgotten. */
  readonly #stopped: Set<string>;
  #writing: Promise<void> = Promise.resolve();
  #next: Promise<void> | undefined;

  private constructor(place: Place, { instances, stopped }: JournalText) {
    this.#place = place;
    for (const entry of instances) this.#entries.set(instanceKey(entry.order), entry);
    this.#stopped = new Set(stopped);
  }

  /** @throws Error - the text cannot be read, or is no journal; nothing is guessed then */
  static async open(place: Place): Promise<Journal> {
    const text = await place.read(fileName);
    return new Journal(place, text === undefined ? emptyText : parse(text));
  }

  entries(): readonly JournalEntry[] {
    return [...this.#entries.values()];
  }

  find(of: Reference): JournalEntry | undefined {
    return this.#entries.get(instanceKey(of));
  }

  isStopped(of: Reference): boolean {
    return this.#stopped.has(instanceKey(of));
  }

  /** Takes an entry in, in place of the one before; `save()` makes it durable. */
  put(entry: JournalEntry): void {
    this.#entries.set(instanceKey(entry.order), entry);
  }

  drop(of: Reference): void {
    this.#entries.delete(instanceKey(of));
  }

  /** From now on a run of this generation is void, also one that was never heard of. */
  stop(of: Reference): void {
    const key = instanceKey(of);
    const entry = this.#entries.get(key);
    if (entry !== undefined) {
      const report = { ...entry.report, phase: 'UNDEPLOYING' as const };
      this.#entries.set(key, { ...entry, stage: 'stopping', report });
    }
    this.#stopped.add(key);
    for (const oldest of this.#stopped) {
      if (this.#stopped.size <= stoppedMax) break;
      this.#stopped.delete(oldest);
    }
  }

  /** Resolves when everything that was changed before the call is durable. */
  save(): Promise<void> {
    this.#next ??= this.#afterCurrent();
    return this.#next;
  }

  /** Resolves when no write is under way any more. */
  async settled(): Promise<void> {
    await Promise.allSettled([this.#next ?? this.#writing]);
  }

  async #afterCurrent(): Promise<void> {
    // The outcome of the write before is its own callers' business.
    await Promise.allSettled([this.#writing]);
    this.#next = undefined;
    const text: JournalText = {
      version: 1,
      instances: this.entries(),
      stopped: [...this.#stopped],
    };
    this.#writing = this.#place.write(fileName, JSON.stringify(text));
    await this.#writing;
  }
}

const emptyText: JournalText = { version: 1, instances: [], stopped: [] };

function parse(text: string): JournalText {
  const value = JSON.parse(text) as Partial<JournalText> | null;
  if (value?.version !== 1 || !Array.isArray(value.instances) || !Array.isArray(value.stopped)) {
    throw new Error(`${fileName} is not a journal of this version of the client`);
  }
  return value as JournalText;
}
