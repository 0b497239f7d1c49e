/**
 * Follows the change stream of both databases and tells every change to its listeners at once. While this manager leads, the same
 * stream feeds the history: it is opened where the history ends, and events are written together with the stream's position, so
 * that a crash or a change of hands anywhere neither loses nor doubles an entry.
 */
import { EventEmitter, once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import type mongoose from 'mongoose';
import type { Change, ChangeFeed } from '../domain/change.js';
import { followed, fromRawChange, historyEnd, historyPlace } from './changes.js';
import { isHistoryLost } from './errors.js';
import type { History } from './history.js';
import { HistoryBuffer } from './history-buffer.js';

type RawChange = mongoose.mongo.ChangeStreamDocument;
type Stream = mongoose.mongo.ChangeStream<mongoose.mongo.Document, RawChange>;

const retryDelayMsMin = 100;
const retryDelayMsMax = 5_000;
const keepPositionEveryMs = 60_000;
const readAtOnceMax = 1_000;

export interface FollowerOptions {
  readonly connection: mongoose.Connection;
  /** Told when another manager has written the history; the last sequence number. */
  readonly onAppend: (last: number) => void;
  readonly onError: (error: unknown, message: string) => void;
  /** Told where the stream begins when it goes on from nowhere, before anything is read from it. */
  readonly onBeginning: (token: unknown) => Promise<void>;
  /** How often the position of a feed in which nothing happens is kept. @defaultValue 60 s */
  readonly keepPositionEveryMs?: number;
}

const pipelineOf = (places: readonly { db: string; coll: string }[]) => [
  { $match: { $or: places.map(({ db, coll }) => ({ 'ns.db': db, 'ns.coll': coll })) } },
];

/** What the stream is read for, until that changes. */
class Role {
  readonly ended = new AbortController();
  /** Resolves once the stream is open for this, or never will be. */
  readonly settled: Promise<void>;
  #settle: () => void = () => undefined;

  constructor(readonly history: History | undefined) {
    this.settled = new Promise((resolve) => {
      this.#settle = resolve;
    });
  }

  opened(): void {
    this.#settle();
  }

  end(): void {
    this.ended.abort();
    this.#settle();
  }
}

export class ChangeFollower implements ChangeFeed {
  readonly #options: FollowerOptions;
  readonly #emitter = new EventEmitter<{ change: [Change]; gap: [] }>();
  readonly #stop = new AbortController();
  #role = new Role(undefined);
  /** The role for which the stream was opened. */
  #openFor = this.#role;
  #stream: Stream | undefined;
  /** What was read from the stream for the history. */
  #buffer: HistoryBuffer | undefined;
  /** The read that opened the stream; its result is the first to be taken. */
  #firstRead: Promise<RawChange | null> | undefined;
  /** Where somebody who does not write the history goes on after an interruption. */
  #lastToken: unknown;
  #running: Promise<void> | undefined;
  #following = false;

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

  /** Seconds that the oldest change has been waiting for its place in the history; 0 where another manager writes it. */
  lagSeconds(): number {
    return this.#buffer?.lagSeconds() ?? 0;
  }

  /** Resolves once the stream is open; goes on until `close`. @throws Error when it cannot be opened at all */
  async start(): Promise<void> {
    await this.#openAnyway(this.#role);
    this.#running = this.#run();
  }

  /** Writes the history from where it ends. Resolves once the stream is open there, or when that has become void. */
  async lead(history: History): Promise<void> {
    await this.#changeRole(new Role(history));
  }

  /** Leaves the history to others, at once. */
  follow(): void {
    if (this.#role.history) void this.#changeRole(new Role(undefined));
  }

  async close(): Promise<void> {
    this.#stop.abort();
    this.#role.end();
    await this.#stream?.close();
    await this.#running;
  }

  #changeRole(role: Role): Promise<void> {
    const former = this.#role;
    this.#role = role;
    if (this.#stop.signal.aborted) role.end();
    former.end();
    return role.settled;
  }

  /** Opens the stream where it was left, or, when nobody knows any more what has happened since, from now on. */
  async #openAnyway(role: Role): Promise<void> {
    try {
      await this.#open(role);
    } catch (error) {
      if (!isHistoryLost(error)) throw error;
      this.#options.onError(error, 'the change feed cannot go on where it was; events were missed');
      this.#lastToken = undefined;
      await role.history?.declareGap();
      await this.#open(role);
    }
    role.opened();
  }

  async #open(role: Role): Promise<void> {
    const { history } = role;
    this.#openFor = role;
    this.#buffer = history && new HistoryBuffer(history);
    const resumeToken = history ? (await history.position()).resumeToken : this.#lastToken;
    const places = history ? followed : [...followed, historyPlace];
    this.#stream = this.#options.connection.getClient().watch(pipelineOf(places), {
      fullDocument: 'updateLookup',
      maxAwaitTimeMS: 1_000,
      batchSize: readAtOnceMax,
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
        await (history ? history.keepFirstPosition(token) : this.#options.onBeginning(token));
    } finally {
      opened.abort();
    }
    this.#following = true;
  }

  async #run(): Promise<void> {
    for (let failures = 0; !this.#stop.signal.aborted;) {
      const role = this.#openFor;
      const since = Date.now();
      try {
        await this.#followUntilEnd(role);
        failures = 0;
      } catch (error) {
        failures = Date.now() - since > retryDelayMsMax ? 1 : failures + 1;
        if (this.#stop.signal.aborted) return;
        if (!role.ended.signal.aborted)
          this.#options.onError(error, 'the change feed was interrupted; it is opened again');
      }
      await this.#reopen(failures);
    }
  }

  async #reopen(failures: number): Promise<void> {
    for (let attempt = failures; !this.#stop.signal.aborted; attempt += 1) {
      const role = this.#role;
      await this.#stream?.close();
      if (attempt > 0)
        await this.#pause(Math.min(retryDelayMsMax, retryDelayMsMin * 2 ** Math.min(10, attempt)));
      if (this.#stop.signal.aborted) return;
      try {
        await this.#openAnyway(role);
        this.#emitter.emit('gap');
        return;
      } catch (error) {
        if (!this.#stop.signal.aborted && !role.ended.signal.aborted)
          this.#options.onError(error, 'the change feed cannot be opened');
      }
    }
  }

  async #pause(ms: number): Promise<void> {
    const signal = AbortSignal.any([this.#stop.signal, this.#role.ended.signal]);
    try {
      await delay(ms * (0.5 + Math.random() / 2), undefined, { signal });
    } catch (error) {
      if (!signal.aborted) throw error;
    }
  }

  /** Reading and writing go on side by side; the first that fails, or the end of the role, ends both. */
  async #followUntilEnd(role: Role): Promise<void> {
    const stream = this.#stream;
    const buffer = this.#buffer;
    if (stream === undefined) return;
    const ended = new AbortController();
    const signal = AbortSignal.any([ended.signal, role.ended.signal]);
    const writing = buffer?.write(signal);
    const reading = this.#read(stream, buffer, signal);
    const roleEnded = role.ended.signal.aborted
      ? Promise.resolve()
      : once(role.ended.signal, 'abort', { signal: ended.signal });
    try {
      await Promise.race([reading, roleEnded, ...(writing ? [writing] : [])]);
    } finally {
      this.#following = false;
      ended.abort();
      await stream.close();
      await Promise.allSettled([reading, writing, roleEnded]);
    }
  }

  async #read(
    stream: Stream,
    buffer: HistoryBuffer | undefined,
    ended: AbortSignal,
  ): Promise<void> {
    while (!ended.aborted) {
      await buffer?.room(ended);
      const raw = await (this.#firstRead ?? stream.tryNext());
      this.#firstRead = undefined;
      if (ended.aborted) return;
      this.#lastToken = stream.resumeToken;
      if (raw) this.#take(raw, buffer);
      else
        buffer?.keepPosition(
          stream.resumeToken,
          this.#options.keepPositionEveryMs ?? keepPositionEveryMs,
        );
    }
  }

  #take(raw: RawChange, buffer: HistoryBuffer | undefined): void {
    const last = historyEnd(raw);
    if (last !== undefined) {
      this.#options.onAppend(last);
      return;
    }
    const change = fromRawChange(raw);
    buffer?.push(change, raw._id);
    if (change) this.#emitter.emit('change', change);
  }
}
