/**
 * What every session has in common: frames come in one after another and go out as far as the peer reads, heartbeats show that it
 * is still there, and an end tells why.
 */
import { setImmediate as immediately } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { WebSocket } from 'ws';
import { DomainError } from '../domain/errors.js';
import type { ErrorFrame } from './frames.js';
import { Pace } from './pace.js';
import { closeCodeOf, toProblem } from './problems.js';

export interface FrameSocketLimits {
  readonly heartbeatMs: number;
  readonly helloTimeoutMs: number;
  /** Frames that may wait until reading pauses, and their bytes. */
  readonly inboxMax: number;
  readonly inboxBytesMax: number;
  /** Frames that are read in a second, heartbeats included; `framesAtOnceMax` of them at once. */
  readonly framesPerSecondMax: number;
  readonly framesAtOnceMax: number;
  /** Bytes that the peer has not taken yet, past which the session is closed. */
  readonly bufferedBytesMax: number;
}

/** Frames behind the one that is being handled. */
export interface WaitingFrames {
  /** The next one; it stays where it is. */
  peek(): string | undefined;
  /** Takes the next one, to be handled with the one before. */
  take(): void;
}

export interface FrameSocketOptions {
  readonly socket: WebSocket;
  readonly limits: FrameSocketLimits;
  /** Largest frame from the peer, in bytes. */
  readonly frameBytesMax: number;
  readonly now: () => number;
  readonly logger: Logger;
  /** Who the peer is, for the log. */
  readonly about: () => object;
  /** Handles one frame, and those behind it that it takes. The next one comes when it is done. */
  readonly handle: (text: string, waiting: WaitingFrames) => Promise<void>;
  /** The peer has answered a heartbeat. */
  readonly onPong?: () => void;
  /** Called exactly once. */
  readonly onClosed: () => void;
}

export class FrameSocket<Frame extends object> {
  readonly #options: FrameSocketOptions;
  readonly #timers: NodeJS.Timeout[] = [];
  readonly #pace: Pace;
  #inbox: string[] = [];
  /** Length of all that waits. */
  #waiting = 0;
  /** Runs while the peer has sent more than is read in this time. */
  #slowed: NodeJS.Timeout | undefined;
  #handling: Promise<void> | undefined;
  #greeted = false;
  #lastHeardAt: number;
  #closed = false;

  constructor(options: FrameSocketOptions) {
    this.#options = options;
    this.#lastHeardAt = options.now();
    const { framesPerSecondMax, framesAtOnceMax } = options.limits;
    this.#pace = new Pace(framesPerSecondMax, framesAtOnceMax, this.#lastHeardAt);
    this.#listen();
  }

  get closed(): boolean {
    return this.#closed;
  }

  /** Bytes that the peer has not taken yet. */
  get bufferedBytes(): number {
    return this.#options.socket.bufferedAmount;
  }

  /** The peer has said who it is; until then its time runs. */
  greeted(): void {
    this.#greeted = true;
  }

  /** @param onTaken - called once the operating system has taken the frame, or nobody will */
  send(frame: Frame | ErrorFrame, onTaken?: () => void): void {
    const { socket, limits } = this.#options;
    if (this.#closed || socket.readyState !== socket.OPEN) onTaken?.();
    else if (socket.bufferedAmount > limits.bufferedBytesMax) {
      this.end(new DomainError('slow-reader', 'Frames were not read in time; come back soon.'));
      onTaken?.();
    } else this.#write(frame, onTaken);
  }

  /** Ends the session with a problem. The peer may come back. */
  end(error: unknown): void {
    if (this.#closed) return;
    const { socket, logger, about } = this.#options;
    const { code, problem } = toProblem(error);
    if (code === 'slow-reader')
      logger.warn(about(), 'a peer reads too slowly; its session is closed');
    // The last word is sent whatever waits already.
    if (socket.readyState === socket.OPEN) this.#write({ type: 'error', problem });
    this.close(closeCodeOf(code) ?? 1011, code);
  }

  /** Ends the session as the peer has asked for. */
  close(code: number, reason: string): void {
    this.#options.socket.close(code, reason);
    this.#release();
  }

  /** Resolves once no frame is being handled. */
  async settled(): Promise<void> {
    await this.#handling;
  }

  #write(frame: Frame | ErrorFrame, onTaken?: () => void): void {
    this.#options.socket.send(JSON.stringify(frame), () => {
      // With an error the connection has gone, which is told elsewhere; nothing more is waited for.
      onTaken?.();
    });
  }

  #listen(): void {
    const { socket, limits, logger, about } = this.#options;
    socket.on('message', (data: Buffer, binary: boolean) => {
      this.#onMessage(data, binary);
    });
    socket.on('ping', () => {
      this.#count();
      // The socket answers by itself; whoever never reads the answers would have them pile up.
      if (socket.bufferedAmount > limits.bufferedBytesMax)
        this.end(new DomainError('slow-reader', 'Heartbeats were not read; come back soon.'));
    });
    socket.on('pong', () => {
      this.#count();
      this.#lastHeardAt = this.#options.now();
      this.#options.onPong?.();
    });
    socket.on('close', () => {
      this.#release();
    });
    socket.on('error', (error) => {
      logger.info({ err: error, ...about() }, 'a connection failed');
      socket.terminate();
    });
    this.#timers.push(
      setTimeout(() => {
        if (!this.#greeted)
          this.end(
            new DomainError('invalid-frame', 'The first frame, hello, did not come in time.'),
          );
      }, limits.helloTimeoutMs),
      setInterval(() => {
        this.#heartbeat();
      }, limits.heartbeatMs),
    );
  }

  #onMessage(data: Buffer, binary: boolean): void {
    const { now, frameBytesMax } = this.#options;
    this.#lastHeardAt = now();
    this.#count();
    if (binary) this.end(new DomainError('malformed-frame', 'Frames are JSON texts, not binary.'));
    else if (data.length > frameBytesMax)
      this.end(new DomainError('frame-too-large', `A frame may have ${frameBytesMax} bytes.`));
    else this.#receive(data.toString('utf8'));
  }

  #heartbeat(): void {
    const { socket, limits, now, logger, about } = this.#options;
    // Nothing is heard of a peer that is not read at the moment.
    const silentMs = this.#slowed ? 0 : now() - this.#lastHeardAt;
    if (silentMs > 3 * limits.heartbeatMs) {
      logger.warn(about(), 'a peer does not answer; its connection is dropped');
      socket.terminate();
      this.#release();
    } else socket.ping();
  }

  /** Stops reading for as long as the peer was too fast. Nothing is lost: it finds out that it can send no faster. */
  #count(): void {
    const waitMs = this.#pace.count(this.#options.now());
    if (waitMs === 0 || this.#closed) return;
    this.#options.socket.pause();
    clearTimeout(this.#slowed);
    this.#slowed = setTimeout(() => {
      this.#slowed = undefined;
      this.#readOn();
    }, waitMs);
  }

  /** Reads again, where there is room and time for it. */
  #readOn(): void {
    const { inboxMax, inboxBytesMax } = this.#options.limits;
    const room = this.#inbox.length < inboxMax / 2 && this.#waiting < inboxBytesMax / 2;
    if (room && this.#slowed === undefined) this.#options.socket.resume();
  }

  #receive(text: string): void {
    if (this.#closed) return;
    this.#inbox.push(text);
    this.#waiting += text.length;
    const { inboxMax, inboxBytesMax } = this.#options.limits;
    if (this.#inbox.length >= inboxMax || this.#waiting >= inboxBytesMax)
      this.#options.socket.pause();
    this.#handling ??= this.#handleAll();
  }

  #next(): string | undefined {
    const text = this.#inbox.shift();
    this.#waiting -= text?.length ?? 0;
    return text;
  }

  async #handleAll(): Promise<void> {
    const waiting: WaitingFrames = {
      peek: () => this.#inbox[0],
      take: () => void this.#next(),
    };
    // What was sent together has arrived then.
    await immediately();
    for (let text = this.#next(); text !== undefined; text = this.#next()) {
      try {
        await this.#options.handle(text, waiting);
      } catch (error) {
        this.#onFailure(error);
      }
      if (this.#closed) break;
      this.#readOn();
    }
    this.#handling = undefined;
  }

  #onFailure(error: unknown): void {
    const { logger, about } = this.#options;
    const known = error instanceof DomainError ? error : undefined;
    if (known && closeCodeOf(known.code) === undefined) {
      this.send({ type: 'error', problem: toProblem(known).problem });
      return;
    }
    if (known) logger.info({ code: known.code, ...about() }, known.detail);
    else logger.error({ err: error, ...about() }, 'a frame could not be handled');
    this.end(error);
  }

  #release(): void {
    if (this.#closed) return;
    this.#closed = true;
    for (const timer of this.#timers) clearTimeout(timer);
    clearTimeout(this.#slowed);
    this.#inbox = [];
    this.#waiting = 0;
    this.#options.onClosed();
  }
}
