import type { Event } from '@system-manager/client';
import { systemClock, type Clock } from './clock.js';
import type { LiveEvents } from './live-events.js';
import { Refresher } from './refresher.js';
import { Store } from './store.js';

interface Item {
  readonly id: string;
}

interface Page<T> {
  readonly items: readonly T[];
  readonly nextCursor?: string;
}

export interface PagedListOptions<T extends Item> {
  readonly load: (cursor: string | undefined, signal: AbortSignal) => Promise<Page<T>>;
  /** Whether an event may have brought something into the list. What is in it is looked after anyway. */
  readonly concerns: (event: Event) => boolean;
}

/** As much of a list as has been looked at. */
export interface Listed<T> {
  readonly items: readonly T[];
  /** Whether there is nothing after `items`. */
  readonly complete: boolean;
  readonly error?: unknown;
}

interface LoadedPage<T> {
  readonly cursor: string | undefined;
  readonly items: readonly T[];
  readonly nextCursor: string | undefined;
  readonly stale: boolean;
}

const gapMs = 500;
/** What is on the screen is read again this often, for what changes without an event: a half that has ended, measured use. */
const everyMs = 5_000;

/**
 * A list of any length that is read page by page as somebody scrolls, and read anew where it has changed and is looked at. Pages that
 * nobody looks at cost nothing, however much changes in them.
 */
export class PagedList<T extends Item> {
  readonly #options: PagedListOptions<T>;
  readonly #live: LiveEvents;
  readonly #clock: Clock;
  readonly #listed = new Store<Listed<T>>({ items: [], complete: false });
  #pages: readonly LoadedPage<T>[] = [];
  #seen = { first: 0, last: 0 };
  #lookers = 0;
  #end: (() => void) | undefined;
  #refresher: Refresher | undefined;

  constructor(live: LiveEvents, options: PagedListOptions<T>, clock: Clock = systemClock) {
    this.#live = live;
    this.#options = options;
    this.#clock = clock;
  }

  readonly get = (): Listed<T> => this.#listed.get();

  readonly subscribe = (listener: () => void): (() => void) => {
    const unsubscribe = this.#listed.subscribe(listener);
    this.#lookers += 1;
    if (this.#lookers === 1) this.#end = this.#begin();
    return () => {
      unsubscribe();
      this.#lookers -= 1;
      if (this.#lookers === 0) this.#end?.();
    };
  };

  /** Tells which items are on the screen, by their index. */
  readonly look = (first: number, last: number): void => {
    this.#seen = { first, last };
    if (this.#nextToRead() !== undefined) this.#refresher?.request();
  };

  readonly reload = (): void => {
    this.#pages = this.#pages.map((page) => ({ ...page, stale: true }));
    this.#refresher?.request();
  };

  #begin(): () => void {
    const abort = new AbortController();
    const refresher = new Refresher(() => this.#readNext(abort.signal), gapMs, this.#clock);
    this.#refresher = refresher;
    const stops = [
      this.#live.onGap(this.reload),
      this.#live.onEvent((event) => {
        if (this.#markStale(event)) refresher.request();
      }),
    ];
    const again = (): (() => void) =>
      this.#clock.after(everyMs, () => {
        this.reload();
        callOff = again();
      });
    let callOff = again();
    this.reload();
    return () => {
      abort.abort();
      callOff();
      refresher.stop();
      for (const stop of stops) stop();
    };
  }

  /** Pages with an item that the event is about are stale; what is on none of them may have come to any. @returns whether any is */
  #markStale(event: Event): boolean {
    const ids = new Set([event.subjectId, ...(event.relatedIds ?? [])]);
    const has = (page: LoadedPage<T>): boolean => page.items.some(({ id }) => ids.has(id));
    const known = this.#pages.some(has);
    if (!known && !this.#options.concerns(event)) return false;
    this.#pages = this.#pages.map((page) =>
      !known || has(page) ? { ...page, stale: true } : page,
    );
    return true;
  }

  /** The first page that is looked at and stale, or the one after the last where the end of what is there is in sight. */
  #nextToRead(): number | undefined {
    let start = 0;
    for (const [index, page] of this.#pages.entries()) {
      const end = start + page.items.length;
      if (page.stale && start <= this.#seen.last && end >= this.#seen.first) return index;
      start = end;
    }
    const last = this.#pages.at(-1);
    const wantsMore =
      last === undefined || (last.nextCursor !== undefined && this.#seen.last >= start - 1);
    return wantsMore ? this.#pages.length : undefined;
  }

  async #readNext(signal: AbortSignal): Promise<void> {
    for (let index = this.#nextToRead(); index !== undefined; index = this.#nextToRead()) {
      const cursor = this.#pages[index]?.cursor ?? this.#pages.at(index - 1)?.nextCursor;
      try {
        const page = await this.#options.load(index === 0 ? undefined : cursor, signal);
        if (signal.aborted) return;
        this.#put(index, index === 0 ? undefined : cursor, page);
      } catch (error) {
        if (!signal.aborted) this.#listed.set({ ...this.#listed.get(), error });
        return;
      }
    }
  }

  #put(index: number, cursor: string | undefined, { items, nextCursor }: Page<T>): void {
    const after = this.#pages[index + 1];
    const isLast = nextCursor === undefined;
    // Where items have gone, the page reaches into the next one, which has them already.
    const elsewhere = new Set(after?.items.map(({ id }) => id));
    const page: LoadedPage<T> = {
      cursor,
      items: isLast ? items : items.filter(({ id }) => !elsewhere.has(id)),
      nextCursor: after && !isLast ? after.cursor : nextCursor,
      stale: false,
    };
    const following = isLast ? [] : this.#pages.slice(index + 1);
    this.#pages = [...this.#pages.slice(0, index), page, ...following];
    this.#listed.set({
      items: this.#pages.flatMap((each) => each.items),
      complete: this.#pages.at(-1)?.nextCursor === undefined,
    });
  }
}
