import type { DomainEvent } from '../domain/event/event.js';
import type { NewEvents } from '../domain/ports.js';

/** How far back it reaches; who is further behind reads the store. */
const keptMax = 5_000;
const readAtOnceMax = 1_000;
/** Where it begins, before the newest event. */
const reachBack = 200;

/**
 * The newest events, read once for all who follow them. It has no gaps: where it cannot go on from what it has, it begins anew.
 */
export class EventTail {
  readonly #read: (after: number, limit: number) => Promise<readonly DomainEvent[]>;
  /** With rising sequence numbers, one after the other. */
  #events: DomainEvent[] = [];
  /** Everything after this one is here. */
  #from: number | undefined;
  /** Pages by where they begin, so that who is at the same place gets the same one. */
  readonly #pages = new Map<string, NewEvents>();
  #extending: Promise<void> | undefined;
  #wanted = 0;

  constructor(read: (after: number, limit: number) => Promise<readonly DomainEvent[]>) {
    this.#read = read;
  }

  get #end(): number | undefined {
    return this.#events.at(-1)?.sequence ?? this.#from;
  }

  /** Forgets everything. */
  clear(): void {
    this.#events = [];
    this.#from = undefined;
    this.#pages.clear();
  }

  /** Reads up to an event. Resolves once that is done, or given up since the store cannot be read. */
  extend(last: number): Promise<void> {
    this.#wanted = Math.max(this.#wanted, last);
    this.#extending ??= this.#extend()
      // Followers read the store themselves then, and are told what is wrong there.
      .catch(() => {
        this.clear();
      })
      .finally(() => {
        this.#extending = undefined;
      });
    return this.#extending;
  }

  async #extend(): Promise<void> {
    this.#from ??= Math.max(0, this.#wanted - reachBack);
    for (let end = this.#end ?? 0; end < this.#wanted; end = this.#end ?? this.#wanted) {
      const read = await this.#read(end, readAtOnceMax);
      this.#take(read, end);
    }
  }

  #take(read: readonly DomainEvent[], end: number): void {
    this.#pages.clear();
    const [first] = read;
    if (first === undefined) {
      // What is announced is not there: the history was begun anew.
      this.clear();
      return;
    }
    if (first.sequence !== end + 1) {
      this.#events = [];
      this.#from = first.sequence - 1;
    }
    this.#events.push(...read);
    if (this.#events.length <= keptMax) return;
    this.#events = this.#events.slice(-keptMax);
    this.#from = (this.#events[0]?.sequence ?? 1) - 1;
  }

  /** @returns what comes after an event; nothing when that is further back than this reaches */
  after(
    after: number,
    limit: number,
    subjectId: string | undefined,
    organizationId: string | undefined,
  ): NewEvents | undefined {
    const end = this.#end;
    if (this.#from === undefined || end === undefined || after < this.#from || after > end)
      return undefined;
    const key = `${after} ${limit} ${subjectId ?? ''} ${organizationId ?? ''}`;
    const known = this.#pages.get(key);
    if (known) return known;
    const found: DomainEvent[] = [];
    for (let index = after - this.#from; index < this.#events.length; index += 1) {
      const event = this.#events[index];
      if (event === undefined || found.length === limit) break;
      const concerned =
        subjectId === undefined ||
        event.subjectId === subjectId ||
        event.relatedIds.includes(subjectId);
      const visible = organizationId === undefined || event.organizationId === organizationId;
      if (concerned && visible) found.push(event);
    }
    const upTo = found.length === limit ? (found.at(-1)?.sequence ?? end) : end;
    const page: NewEvents = { events: found, upTo, trimmedTo: 0 };
    this.#pages.set(key, page);
    return page;
  }
}
