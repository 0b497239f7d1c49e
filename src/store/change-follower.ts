/**
 * Follows the change stream of both databases, tells every change to its listeners at once, and writes the history: events and
 * the stream's position in one transaction, so that a crash anywhere neither loses nor doubles an entry.
 */
import { EventEmitter, once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import type mongoose from 'mongoose';
import type { Change, ChangeFeed } from '../domain/change.js';
import { deriveEvent } from '../domain/event/derive.js';
import { followed, fromRawChange } from './changes.js';
import { isHistoryLost } from './errors.js';
import type { EventLog } from './event-log.js';

type RawChange = mongoose.mongo.ChangeStreamDocument;
type Stream = mongoose.mongo.ChangeStream<mongoose.mongo.Document, RawChange>;

/** How many changes may wait for the history before reading pauses, and how many are written at once. */
const bufferedMax = 5_000;
const writtenAtOnceMax = 1_000;
const retryDelayMsMin = 100;
const retryDelayMsMax = 5_000;
const keepPositionEveryMs = 60_000;

interface Buffered {
  readonly change: Change | undefined;
  readonly token: unknown;
  readonly readAt: number;
}

export interface FollowerOptions {
  readonly connection: mongoose.Connection;
  readonly log: EventLog;
  readonly onError: (error: unknown, message: string) => void;
  /** How often the position of a feed in which nothing happens is kept. @defaultValue 60 s */
  readonly keepPositionEveryMs?: number;
}

const pipeline = [
  {
    $match: {
      $or: followed.map(({ db, coll }) => ({ 'ns.db': db, 'ns.coll': coll })),
    },
  },
];

export class ChangeFollower implements ChangeFeed {
  readonly #options: FollowerOptions;
  readonly #emitter = new EventEmitter<{ change: [Change]; gap: []; wake: [] }>();
  readonly #stop = new AbortController();
  #stream: Stream | undefined;
  /** The read that opened the stream; its result is the first to be taken. */
  #firstRead: Promise<RawChange | null> | undefined;
  #buffer: Buffered[] = [];
  #running: Promise<void> | undefined;
  #following = false;
  #positionKeptAt = 0;

  constructor(options: FollowerOptions) {
    this.#options = options;
    this.#emitter.setMaxListeners(0);
  }

  onChange(listener: (change: Change) => void): () => void {
    this.#emitter.on('change', listener);
    return () => this.#emitter.off('change', listener);
  }

  onGap(listener: () => void): () => void {
    this.#emitter.on('gap', listener);
    return () => this.#emitter.off('gap', listener);
  }

  /** Whether the stream is open. */
  get following(): boolean {
    return this.#following;
  }

  /** Seconds that the oldest change has been waiting for its place in the history. */
  lagSeconds(): number {
    const [oldest] = this.#buffer;
    return oldest ? (Date.now() - oldest.readAt) / 1000 : 0;
  }

  /** Resolves once the stream is open; goes on until `close`. @throws Error when it cannot be opened at all */
  async start(): Promise<void> {
    await this.#options.log.ensurePosition();
    await this.#openAnyway();
    this.#running = this.#run();
  }

  async close(): Promise<void> {
    this.#stop.abort();
    this.#emitter.emit('wake');
    await this.#stream?.close();
    await this.#running;
  }

  /** Opens the stream where it was left, or, when nobody knows any more what has happened since, from now on. */
  async #openAnyway(): Promise<void> {
    try {
      await this.#open();
    } catch (error) {
      if (!isHistoryLost(error)) throw error;
      this.#options.onError(error, 'the change feed cannot go on where it was; events were missed');
      await this.#options.log.declareGap();
      await this.#open();
    }
  }

  async #open(): Promise<void> {
    const { resumeToken } = await this.#options.log.position();
    this.#buffer = [];
    this.#stream = this.#options.connection.getClient().watch(pipeline, {
      fullDocument: 'updateLookup',
      maxAwaitTimeMS: 1_000,
      batchSize: writtenAtOnceMax,
      ...(resumeToken ? { resumeAfter: resumeToken } : {}),
    }) as unknown as Stream;
    const stream = this.#stream;
    // The stream begins with the first read: without one, what happens now would not be in it.
    this.#firstRead = stream.tryNext();
    const opened = new AbortController();
    try {
      const [token] = (await Promise.race([
        once(stream, 'resumeTokenChanged', { signal: opened.signal }),
        this.#firstRead.then((raw) => [raw ? undefined : stream.resumeToken]),
      ])) as [unknown];
      // Where a stream began must be known before anything is read from it: a change that it lost would be missed.
      if (resumeToken === undefined && token !== undefined)
        await this.#options.log.keepFirstPosition(token);
    } finally {
      opened.abort();
    }
    this.#following = true;
  }

  async #run(): Promise<void> {
    let failures = 0;
    for (;;) {
      const since = Date.now();
      try {
        await this.#followUntilError();
      } catch (error) {
        failures = Date.now() - since > retryDelayMsMax ? 1 : failures + 1;
        if (this.#stop.signal.aborted) return;
        this.#options.onError(error, 'the change feed was interrupted; it is opened again');
      }
      if (this.#stop.signal.aborted) return;
      await this.#reopen(failures);
      if (this.#stop.signal.aborted) return;
    }
  }

  async #reopen(failures: number): Promise<void> {
    for (let attempt = failures; !this.#stop.signal.aborted; attempt += 1) {
      await this.#stream?.close();
      await this.#pause(Math.min(retryDelayMsMax, retryDelayMsMin * 2 ** Math.min(10, attempt)));
      if (this.#stop.signal.aborted) return;
      try {
        await this.#openAnyway();
        this.#emitter.emit('gap');
        return;
      } catch (error) {
        if (!this.#stop.signal.aborted)
          this.#options.onError(error, 'the change feed cannot be opened');
      }
    }
  }

  async #pause(ms: number): Promise<void> {
    try {
      await delay(ms * (0.5 + Math.random() / 2), undefined, { signal: this.#stop.signal });
    } catch (error) {
      if (!this.#stop.signal.aborted) throw error;
    }
  }

  /** Reading and writing go on side by side; the first that fails ends both. */
  async #followUntilError(): Promise<void> {
    const stream = this.#stream;
    if (stream === undefined) return;
    const ended = new AbortController();
    const writing = this.#write(ended.signal);
    const reading = this.#read(stream, ended.signal);
    try {
      await Promise.race([reading, writing]);
    } finally {
      this.#following = false;
      ended.abort();
      this.#emitter.emit('wake');
      await stream.close();
      await Promise.allSettled([reading, writing]);
    }
  }

  async #read(stream: Stream, ended: AbortSignal): Promise<void> {
    while (!ended.aborted && !this.#stop.signal.aborted) {
      if (this.#buffer.length >= bufferedMax) await this.#woken();
      else {
        const raw = await (this.#firstRead ?? stream.tryNext());
        this.#firstRead = undefined;
        if (raw) this.#take(raw);
        else this.#keepPosition(stream);
      }
    }
  }

  #take(raw: RawChange): void {
    const change = fromRawChange(raw);
    this.#buffer.push({ change, token: raw._id, readAt: Date.now() });
    if (change) this.#emitter.emit('change', change);
    if (this.#buffer.length === 1) this.#emitter.emit('wake');
  }

  /** A position that is never moved grows too old to resume from, though nothing has happened that would be missed. */
  #keepPosition(stream: Stream): void {
    const every = this.#options.keepPositionEveryMs ?? keepPositionEveryMs;
    const now = Date.now();
    if (this.#buffer.length > 0 || now - this.#positionKeptAt < every) return;
    this.#positionKeptAt = now;
    this.#buffer.push({ change: undefined, token: stream.resumeToken, readAt: now });
    this.#emitter.emit('wake');
  }

  async #write(ended: AbortSignal): Promise<void> {
    let { sequence } = await this.#options.log.position();
    while (!ended.aborted && !this.#stop.signal.aborted) {
      if (this.#buffer.length === 0) {
        await this.#woken();
        continue;
      }
      const batch = this.#buffer.slice(0, writtenAtOnceMax);
      const drafts = batch.flatMap(({ change }) => (change && deriveEvent(change)) ?? []);
      sequence = await this.#options.log.append(sequence, drafts, batch.at(-1)?.token);
      this.#positionKeptAt = Date.now();
      this.#buffer.splice(0, batch.length);
      this.#emitter.emit('wake');
    }
  }

  #woken(): Promise<void> {
    return new Promise((resolve) => {
      this.#emitter.once('wake', () => {
        resolve();
      });
    });
  }
}
