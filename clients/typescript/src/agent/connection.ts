import type { Clock } from './clock.js';
import { parseManagerFrame, type AgentFrame, type Incoming, type Problem } from './frames.js';
import { openState, type AgentSocket, type OpenSocket, type UpgradeAnswer } from './socket.js';

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

export interface ConnectionOptions {
  readonly url: string;
  readonly token: string;
  readonly clock: Clock;
  readonly connectTimeoutMs: number;
  readonly openSocket: OpenSocket;
  onOpen(): void;
  onIncoming(incoming: Incoming): void;
  /** The socket has room again after `writable` was false. */
  onDrain(): void;
  /** Called exactly once. */
  onEnd(ending: Ending): void;
}

const bufferedBytesMax = 1024 * 1024;
const answerBytesMax = 64 * 1024;

/** One WebSocket connection to the manager, from the attempt to its end. It is not used again. */
export class Connection {
  readonly #options: ConnectionOptions;
  readonly #socket: AgentSocket;
  #ended = false;
  #full = false;
  #problem: Problem | undefined;
  #heardAt: number;
  #silenceMsMax: number;
  #cancelWatch: () => void;

  constructor(options: ConnectionOptions) {
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
  send(frame: AgentFrame): void {
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
      if (!this.#ended) this.#options.onIncoming(toIncoming(data, isBinary));
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
      const problem = toProblem(Buffer.concat(chunks).toString('utf8'));
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
  }
}

function toIncoming(data: Buffer | ArrayBuffer | Buffer[], isBinary: boolean): Incoming {
  if (isBinary) return { kind: 'broken', detail: 'a binary frame' };
  const bytes = Array.isArray(data) ? Buffer.concat(data) : Buffer.from(data as Buffer);
  return parseManagerFrame(bytes.toString('utf8'));
}

function toProblem(text: string): Problem | undefined {
  const incoming = parseManagerFrame(`{"type":"error","problem":${text || 'null'}}`);
  if (incoming.kind !== 'frame' || incoming.frame.type !== 'error') return undefined;
  return typeof incoming.frame.problem.type === 'string' ? incoming.frame.problem : undefined;
}
