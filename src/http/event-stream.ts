import { Readable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { DomainError } from '../domain/errors.js';
import type { DomainEvent } from '../domain/event/event.js';
import type { EventStore, NewEvents } from '../domain/ports.js';
import { toEvent } from '../wire/event.js';

const readAtOnceMax = 200;
/** Proxies close connections on which nothing comes for long; a comment keeps them open. */
const keepAliveMs = 15_000;
/**
 * A watcher who has just got something gets the next together with what else comes until then: writing to a connection costs more
 * than what is written. All wait for the same moments, so that they are at the same place and get the same bytes.
 */
const gatherMs = 50;

/** @throws DomainError `history-trimmed` - events after that one are gone, or it is not of this history */
export async function requireHistory(events: EventStore, after: number): Promise<void> {
  const { trimmedTo, last } = await events.bounds();
  if (after > last)
    throw new DomainError(
      'history-trimmed',
      `The history ends at ${last}; ${after} is of another one. Read the state anew, then go on after ${last}.`,
    );
  if (after < trimmedTo)
    throw new DomainError(
      'history-trimmed',
      `Events up to ${trimmedTo} are no longer kept. Read the state anew, then go on after ${trimmedTo}.`,
    );
}

/** Resolves when something was appended, when it is time for a sign of life, or when the stream ends. */
class Bell {
  readonly #stopListening: () => void;
  readonly #signal: AbortSignal;
  #rung = false;
  #ring: (() => void) | undefined;

  constructor(events: EventStore, signal: AbortSignal) {
    this.#signal = signal;
    this.#stopListening = events.onAppend(this.#onAppend);
    signal.addEventListener('abort', this.#onAppend);
  }

  /** @returns false when nothing has come within the time */
  async wait(): Promise<boolean> {
    if (!this.#rung && !this.#signal.aborted) {
      let timer: NodeJS.Timeout | undefined;
      await new Promise<void>((resolve) => {
        this.#ring = resolve;
        timer = setTimeout(resolve, keepAliveMs);
      });
      clearTimeout(timer);
      this.#ring = undefined;
    }
    const rung = this.#rung;
    this.#rung = false;
    return rung;
  }

  close(): void {
    this.#stopListening();
    this.#signal.removeEventListener('abort', this.#onAppend);
  }

  readonly #onAppend = (): void => {
    this.#rung = true;
    this.#ring?.();
  };
}

/** What many get is written out once: an event for those who see it in different pages, a page for those at the same place. */
const lines = new WeakMap<DomainEvent, string>();
const texts = new WeakMap<NewEvents, Buffer>();

function lineOf(event: DomainEvent): string {
  const known = lines.get(event);
  if (known !== undefined) return known;
  const line = `id: ${event.sequence}\nevent: ${event.type}\ndata: ${JSON.stringify(toEvent(event))}\n\n`;
  lines.set(event, line);
  return line;
}

function textOf(page: NewEvents): Buffer {
  const known = texts.get(page);
  if (known) return known;
  const text = Buffer.from(page.events.map(lineOf).join(''));
  texts.set(page, text);
  return text;
}

/** Lets events gather after a page that was sent just now. Ends early with the stream. */
async function gather(sentAt: number, signal: AbortSignal): Promise<void> {
  const now = performance.now();
  if (now - sentAt < gatherMs)
    await delay(gatherMs - (now % gatherMs), undefined, { signal }).catch(() => undefined);
}

async function* produce(
  events: EventStore,
  start: number,
  subjectId: string | undefined,
  signal: AbortSignal,
): AsyncGenerator<string | Buffer> {
  const bell = new Bell(events, signal);
  let after = start;
  let sentAt = Number.NEGATIVE_INFINITY;
  try {
    // The position goes first: a watcher whose connection breaks before any event still knows where to go on.
    yield `id: ${start}\n: the stream begins\n\n`;
    while (!signal.aborted) {
      const page = await events.next(after, readAtOnceMax, subjectId);
      if (after < page.trimmedTo) {
        yield `event: trimmed\ndata: {"trimmedTo":${page.trimmedTo}}\n\n`;
        return;
      }
      if (page.events.length > 0) {
        yield textOf(page);
        sentAt = performance.now();
      }
      after = page.upTo;
      if (page.events.length === readAtOnceMax) continue;
      if (await bell.wait()) await gather(sentAt, signal);
      else yield ': still here\n\n';
    }
  } finally {
    bell.close();
  }
}

/**
 * Server-Sent Events from the history. The reader sets the pace: nothing is read ahead of what the peer takes, so a slow watcher
 * costs no memory.
 */
export const streamOf = (
  events: EventStore,
  after: number,
  subjectId: string | undefined,
  signal: AbortSignal,
): Readable => Readable.from(produce(events, after, subjectId, signal), { highWaterMark: 1 });
