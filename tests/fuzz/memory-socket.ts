import { EventEmitter } from 'node:events';
import type { WebSocket } from 'ws';

/** The manager's end of a WebSocket without a network: what is sent to it arrives at once, what it sends is looked at and forgotten. */
export class MemorySocket extends EventEmitter {
  readonly OPEN = 1;
  readonly bufferedAmount = 0;
  readyState = 1;
  closed: { readonly code: number; readonly reason: string } | undefined;
  readonly #onFrame: (text: string) => void;

  constructor(onFrame: (text: string) => void) {
    super();
    this.#onFrame = onFrame;
  }

  /** As the gateway takes it; what it does not use is not there. */
  get asWebSocket(): WebSocket {
    return this as unknown as WebSocket;
  }

  /** A frame from the peer. */
  receive(data: Buffer, binary = false): void {
    if (this.closed === undefined) this.emit('message', data, binary);
  }

  send(text: string, onTaken?: () => void): void {
    this.#onFrame(text);
    onTaken?.();
  }

  ping(): void {
    this.emit('pong');
  }

  pause(): void {
    // Everything has arrived already.
  }

  resume(): void {
    // As above.
  }

  close(code = 1005, reason = ''): void {
    if (this.closed !== undefined) return;
    this.closed = { code, reason };
    this.readyState = 3;
    setImmediate(() => {
      this.emit('close', code, Buffer.from(reason));
    });
  }

  terminate(): void {
    this.close(1006, 'terminated');
  }
}
