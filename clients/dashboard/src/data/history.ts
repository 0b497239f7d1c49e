import type { Event } from '@system-manager/client';
import { Store } from '../live/store.js';
import type { Connection } from '../session/connection.js';

/** The newest events, as far as they have been read. */
export interface History {
  /** Newest first. */
  readonly events: readonly Event[];
  /** Whether nothing older is kept. */
  readonly complete: boolean;
  /** What has come since it was held, oldest first. */
  readonly waiting: readonly Event[];
  readonly held: boolean;
  readonly error?: unknown;
}

const pageSize = 100;
/** More than this is not kept; older ones are read again when they are scrolled to. */
const eventsMax = 5_000;

/**
 * The history from its end backwards, growing at the front as things happen. It can be held, to read in peace: what comes meanwhile
 * waits, and is there when it goes on.
 */
export class EventHistory {
  readonly #connection: Connection;
  readonly #subjectId: string | undefined;
  readonly #history = new Store<History>({ events: [], complete: false, waiting: [], held: false });
  #reading = false;
  #stops: readonly (() => void)[] = [];

  constructor(connection: Connection, subjectId?: string) {
    this.#connection = connection;
    this.#subjectId = subjectId;
  }

  readonly get = (): History => this.#history.get();

  readonly subscribe = (listener: () => void): (() => void) => {
    const unsubscribe = this.#history.subscribe(listener);
    const { live } = this.#connection;
    this.#stops = [live.onEvent((event) => this.#take(event)), live.onGap(() => this.#restart())];
    if (this.get().events.length === 0) void this.readOlder();
    return () => {
      unsubscribe();
      for (const stop of this.#stops) stop();
    };
  };

  readonly hold = (): void => this.#change({ held: true });

  readonly goOn = (): void => {
    this.#add(this.get().waiting);
    this.#change({ held: false, waiting: [] });
  };

  readonly readOlder = async (): Promise<void> => {
    if (this.#reading || this.get().complete) return;
    this.#reading = true;
    const before = this.get().events.at(-1)?.sequence;
    const subjectId = this.#subjectId;
    const query = {
      order: 'newestFirst' as const,
      limit: pageSize,
      ...(before === undefined ? {} : { before }),
      ...(subjectId === undefined ? {} : { subjectId }),
    };
    try {
      const { items } = await this.#connection.client.get('/api/v1/events', { params: { query } });
      const known = this.get().events;
      const oldest = known.at(-1)?.sequence ?? Number.POSITIVE_INFINITY;
      const older = items.filter(({ sequence }) => sequence < oldest);
      this.#change({ events: [...known, ...older], complete: items.length < pageSize });
    } catch (error) {
      this.#change({ error });
    } finally {
      this.#reading = false;
    }
  };

  #take(event: Event): void {
    const { subjectId, relatedIds } = event;
    const wanted = this.#subjectId;
    if (wanted !== undefined && subjectId !== wanted && !relatedIds?.includes(wanted)) return;
    if (!this.get().held) return this.#add([event]);
    this.#change({ waiting: [...this.get().waiting, event].slice(-eventsMax) });
  }

  #add(events: readonly Event[]): void {
    const known = this.get().events;
    const newest = known[0]?.sequence ?? 0;
    const fresh = events.filter(({ sequence }) => sequence > newest).toReversed();
    const all = [...fresh, ...known];
    this.#change({
      events: all.slice(0, eventsMax),
      ...(all.length > eventsMax ? { complete: false } : {}),
    });
  }

  #restart(): void {
    this.#change({ events: [], complete: false, waiting: [] });
    void this.readOlder();
  }

  #change(change: Partial<History>): void {
    const { error: _, ...present } = this.get();
    this.#history.set({ ...present, ...change });
  }
}
