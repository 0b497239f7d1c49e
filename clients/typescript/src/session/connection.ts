import type { Clock } from './clock.js';
import { readProblem, type Incoming, type Problem } from './incoming.js';
import { openState, type SessionSocket, type OpenSocket, type UpgradeAnswer } from './socket.js';

/** Why a connection, or the attempt at one, came to its end. */
export interface Ending {
  readonly reason: string;
  /** WebSocket close code. */
  readonly code?: number;
  /** HTTP status of a refused upgrade. */
  readonly status?: number;
  /** From the last `error` frame, or from the answer to the upgrade. */
  readonly problem?: Problem;
  /** What a refused upgrade asked to wait. */
  readonly retryAfterMs?: number;
}

export interface ConnectionOptions<In> {
  /** Reads a frame of the manager. Never throws. */
  readonly parse: (text: string) => Incoming<In>;
  readonly url: string;
  readonly token: string;
  readonly clock: Clock;
  readonly connectTimeoutMs: number;
  readonly openSocket: OpenSocket;
  onOpen(): void;
  onIncoming(incoming: Incoming<In>): void;
  /** The socket has room again after `writable` was false. */
  onDrain(): void;
  /** Called exactly once. */
  onEnd(ending: Ending): void;
}

const bufferedBytesMax = 1024 * 1024;
const answerBytesMax = 64 * 1024;
const closeNormal = 1000;
const closeTimeoutMs = 2_000;

/** One WebSocket connection to the manager, from the attempt to its end. It is not used again. */
export class Connection<Out extends object, In> {
  readonly #options: ConnectionOptions<In>;
  readonly #socket: SessionSocket;
  #ended = false;
  #full = false;
  #problem: Problem | undefined;
  #onEnded: (() => void) | undefined;
  #heardAt: number;
  #silenceMsMax: number;
  #cancelWatch: () => void;

  constructor(options: ConnectionOptions<In>) {
    this.#options = options;
    this.#heardAt = options.clock.now();
    this.#silenceMsMax = options.connectTimeoutMs;
    this.#socket = options.openSocket(options.url, options.token);
    this.#cancelWatch = options.clock.after(this.#silenceMsMax, () => this.#watch());
    this.#listen();
  }

  /** False while more than 1 MiB waits to be sent; `onDrain` follows. */
  get writable(): boolean {
    this.#full = this.#socket.bufferedAmount > bufferedBytesMax;
    return !this.#full;
  }

  /** Sends a frame; after the end it goes nowhere. */
  send(frame: Out): void {
    if (this.#ended || this.#socket.readyState !== openState) return;
    this.#socket.send(JSON.stringify(frame), () => {
      if (!this.#full || this.#ended || !this.writable) return;
      this.#options.onDrain();
    });
  }

  /** From now on silence for longer than this ends the connection. */
  expectWithin(silenceMsMax: number): void {
    this.#silenceMsMax = silenceMsMax;
    this.#touch();
    this.#cancelWatch();
    this.#cancelWatch = this.#options.clock.after(silenceMsMax, () => this.#watch());
  }

  /** Stops reading, heartbeats included, until `resume()`; the silence is then our own doing. */
  pause(): void {
    this.#socket.pause();
  }

  resume(): void {
    this.#touch();
    this.#socket.resume();
  }

  /** Remembers the problem of an `error` frame for the ending that follows. */
  blame(problem: Problem): void {
    this.#problem = problem;
  }

  close(code: number, reason: string): void {
    if (this.#socket.readyState === openState) this.#socket.close(code, reason);
    else this.terminate(reason);
  }

  /** Closes in order, and by force where the manager takes too long. Resolves once the connection has ended. */
  async leave(): Promise<void> {
    if (this.#ended) return;
    await new Promise<void>((resolve) => {
      const cancel = this.#options.clock.after(closeTimeoutMs, () => this.terminate('closed'));
      this.#onEnded = () => {
        cancel();
        resolve();
      };
      this.close(closeNormal, 'leaving');
    });
  }

  terminate(reason: string): void {
    this.#end({ reason });
    this.#socket.terminate();
  }

  #listen(): void {
    const socket = this.#socket;
    socket.on('open', () => {
      this.#touch();
      this.#options.onOpen();
    });
    socket.on('message', (data, isBinary) => {
      this.#touch();
      if (!this.#ended) this.#options.onIncoming(this.#toIncoming(data, isBinary));
    });
    socket.on('ping', () => this.#touch());
    socket.on('unexpected-response', (_request, response) => this.#refused(response));
    socket.on('error', (error) => this.terminate(error.message || error.name));
    socket.on('close', (code, reason) =>
      this.#end({ reason: reason.toString() || `closed with ${code}`, code }),
    );
  }

  #touch(): void {
    this.#heardAt = this.#options.clock.now();
  }

  #watch(): void {
    const silentMs = this.#options.clock.now() - this.#heardAt;
    const leftMs = this.#socket.isPaused ? this.#silenceMsMax : this.#silenceMsMax - silentMs;
    if (leftMs <= 0) this.terminate(`nothing heard for ${Math.round(silentMs)} ms`);
    else this.#cancelWatch = this.#options.clock.after(leftMs, () => this.#watch());
  }

  #refused(response: UpgradeAnswer): void {
    const status = response.statusCode ?? 0;
    const chunks: Buffer[] = [];
    let bytes = 0;
    const finish = (): void => {
      const problem = readProblem(Buffer.concat(chunks).toString('utf8'));
      const seconds = Number(response.headers['retry-after']);
      this.#end({
        reason: problem?.detail ?? problem?.title ?? `HTTP ${status}`,
        status,
        ...(problem === undefined ? {} : { problem }),
        ...(seconds > 0 ? { retryAfterMs: seconds * 1000 } : {}),
      });
      this.#socket.terminate();
    };
    response.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes <= answerBytesMax) chunks.push(chunk);
      else finish();
    });
    response.on('end', finish);
    response.on('error', finish);
  }

  #end(ending: Ending): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#cancelWatch();
    const problem = ending.problem ?? this.#problem;
    this.#options.onEnd(problem === undefined ? ending : { ...ending, problem });
    this.#onEnded?.();
  }

  #toIncoming(data: Buffer | ArrayBuffer | Buffer[], isBinary: boolean): Incoming<In> {
    if (isBinary) return { kind: 'broken', detail: 'a binary frame' };
    const bytes = Array.isArray(data) ? Buffer.concat(data) : Buffer.from(data as Buffer);
    return this.#options.parse(bytes.toString('utf8'));
  }
}
