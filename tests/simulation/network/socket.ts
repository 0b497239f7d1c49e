import { EventEmitter } from 'node:events';
import type { Machine } from '../engine/machine.js';
import type { Network } from './network.js';

type Item =
  | { readonly kind: 'message'; readonly text: string }
  | { readonly kind: 'ping' | 'pong' }
  | { readonly kind: 'close'; readonly code: number; readonly reason: string };

const abnormal = 1006;
/** How long `ws` waits for the answer to a close frame. */
const closeTimeoutMs = 30_000;

/**
 * One end of a WebSocket, with the surface of those of `ws`. What is sent arrives in order or not at all; while the two ends cannot
 * reach each other it waits, as TCP does.
 */
export class SimulatedSocket extends EventEmitter {
  readonly CONNECTING = 0;
  readonly OPEN = 1;
  readonly CLOSING = 2;
  readonly CLOSED = 3;
  readonly bufferedAmount = 0;
  readonly machine: Machine;
  readyState = 0;
  isPaused = false;
  peer: SimulatedSocket | undefined;
  readonly #network: Network;
  readonly #to: Machine;
  /** On their way to the other end. */
  readonly #sent: Item[] = [];
  #lastArrivesAt = 0;
  #stalled = false;
  /** Arrived while nobody reads. */
  #unread: Item[] = [];

  constructor(network: Network, machine: Machine, to: Machine) {
    super();
    this.#network = network;
    this.machine = machine;
    this.#to = to;
  }

  open(): void {
    if (this.readyState !== this.CONNECTING) return;
    this.readyState = this.OPEN;
    this.emit('open');
  }

  send(text: string, onTaken?: () => void): void {
    if (this.readyState === this.OPEN) this.#push({ kind: 'message', text });
    if (onTaken) this.#network.time.at(this.machine, 0.1, onTaken);
  }

  ping(): void {
    if (this.readyState === this.OPEN) this.#push({ kind: 'ping' });
  }

  pause(): void {
    this.isPaused = true;
  }

  resume(): void {
    if (!this.isPaused) return;
    this.isPaused = false;
    const unread = this.#unread;
    this.#unread = [];
    for (const item of unread)
      this.#network.time.at(this.machine, 0, () => {
        this.#receive(item);
      });
  }

  close(code = 1005, reason = ''): void {
    if (this.readyState !== this.OPEN) {
      this.terminate();
      return;
    }
    this.#push({ kind: 'close', code, reason });
    this.readyState = this.CLOSING;
    this.#network.time.at(this.machine, closeTimeoutMs, () => {
      this.#end(abnormal, '');
    });
  }

  terminate(): void {
    if (this.readyState === this.CLOSED) return;
    this.readyState = this.CLOSING;
    this.peer?.reset();
    this.#network.time.at(this.machine, 0, () => {
      this.#end(abnormal, '');
    });
  }

  /** The connection is gone; this end hears of it, once it can. */
  reset(): void {
    if (this.#network.parted(this.machine, this.#to))
      this.#network.onceHealed(() => {
        this.reset();
      });
    else
      this.#network.time.at(this.machine, this.#network.travelMs(), () => {
        this.#end(abnormal, '');
      });
  }

  /** The process of this end is gone: nobody here hears of anything any more. */
  vanish(): void {
    this.readyState = this.CLOSED;
    this.removeAllListeners();
  }

  #push(item: Item): void {
    this.#sent.push(item);
    if (!this.#stalled) this.#travel();
  }

  #travel(): void {
    const { peer } = this;
    if (peer === undefined) return;
    const { time } = this.#network;
    this.#lastArrivesAt = Math.max(this.#lastArrivesAt, time.now + this.#network.travelMs());
    time.at(peer.machine, this.#lastArrivesAt - time.now, () => {
      this.#arrive(peer);
    });
  }

  #arrive(peer: SimulatedSocket): void {
    if (this.#stalled) return;
    if (this.#network.parted(this.machine, this.#to)) {
      this.#stalled = true;
      this.#network.onceHealed(() => {
        this.#stalled = false;
        for (let count = this.#sent.length; count > 0; count -= 1) this.#travel();
      });
      return;
    }
    const item = this.#sent.shift();
    if (item) peer.#take(item);
  }

  #take(item: Item): void {
    if (this.readyState === this.CLOSED) this.peer?.reset();
    else if (this.isPaused) this.#unread.push(item);
    else this.#receive(item);
  }

  #receive(item: Item): void {
    if (this.readyState === this.CLOSED) return;
    switch (item.kind) {
      case 'message':
        if (this.readyState === this.OPEN) this.emit('message', Buffer.from(item.text), false);
        return;
      case 'ping':
        if (this.readyState === this.OPEN) this.#push({ kind: 'pong' });
        this.emit('ping');
        return;
      case 'pong':
        this.emit('pong');
        return;
      case 'close':
        if (this.readyState === this.OPEN) this.#push(item);
        this.#end(item.code, item.reason);
    }
  }

  #end(code: number, reason: string): void {
    if (this.readyState === this.CLOSED) return;
    this.readyState = this.CLOSED;
    this.#network.forget(this);
    this.emit('close', code, Buffer.from(reason));
  }
}
