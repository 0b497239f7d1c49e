/** Who can reach whom, and how long it takes. */
import type { Machine } from '../engine/machine.js';
import type { Random } from '../engine/random.js';
import type { VirtualTime } from '../engine/virtual-time.js';
import { SimulatedSocket } from './socket.js';

export interface NetworkFaults {
  /** Added to each way, at most, in milliseconds. */
  delayMs: number;
  /** Share of calls whose request or answer gets lost with its connection. */
  callLossRate: number;
  /** Share of calls that come a second time, later. */
  callTwiceRate: number;
}

const pairOf = (a: Machine, b: Machine): string =>
  a.name < b.name ? `${a.name}|${b.name}` : `${b.name}|${a.name}`;

export class Network {
  readonly faults: NetworkFaults = { delayMs: 0, callLossRate: 0, callTwiceRate: 0 };
  readonly time: VirtualTime;
  readonly #random: Random;
  readonly #count: (fault: string) => void;
  /** Pairs of names that cannot reach each other, with how often they were parted. */
  readonly #parted = new Map<string, number>();
  readonly #sockets = new Map<Machine, Set<SimulatedSocket>>();
  readonly #onHeal = new Set<() => void>();

  constructor(time: VirtualTime, random: Random, count: (fault: string) => void) {
    this.time = time;
    this.#random = random;
    this.#count = count;
  }

  /** One way, in milliseconds. */
  travelMs(): number {
    return this.#random.between(0.2, 3) + this.#random.next() * this.faults.delayMs;
  }

  parted(a: Machine, b: Machine): boolean {
    return this.#parted.size > 0 && this.#parted.has(pairOf(a, b));
  }

  part(a: Machine, b: Machine): void {
    const pair = pairOf(a, b);
    this.#parted.set(pair, (this.#parted.get(pair) ?? 0) + 1);
  }

  heal(a: Machine, b: Machine): void {
    const pair = pairOf(a, b);
    const left = (this.#parted.get(pair) ?? 1) - 1;
    if (left > 0) this.#parted.set(pair, left);
    else this.#parted.delete(pair);
    const waiting = [...this.#onHeal];
    this.#onHeal.clear();
    for (const listener of waiting) listener();
  }

  /** Calls once, after the next time that something heals. */
  onceHealed(listener: () => void): void {
    this.#onHeal.add(listener);
  }

  /** Two ends of a connection, not open yet. */
  connect(client: Machine, server: Machine): { client: SimulatedSocket; server: SimulatedSocket } {
    const ends = {
      client: new SimulatedSocket(this, client, server),
      server: new SimulatedSocket(this, server, client),
    };
    ends.client.peer = ends.server;
    ends.server.peer = ends.client;
    this.#keep(client, ends.client);
    this.#keep(server, ends.server);
    return ends;
  }

  forget(socket: SimulatedSocket): void {
    this.#sockets.get(socket.machine)?.delete(socket);
  }

  /** A process died: mostly its operating system tells the others, sometimes that is gone too. */
  crashed(machine: Machine): void {
    const tells = this.#random.chance(0.8);
    for (const socket of this.#sockets.get(machine) ?? []) {
      socket.vanish();
      if (tells) socket.peer?.reset();
    }
    this.#sockets.delete(machine);
  }

  /** Breaks the connections of a machine; sometimes only one end notices. */
  cut(machine: Machine): void {
    for (const socket of [...(this.#sockets.get(machine) ?? [])]) {
      const ends = this.#random.weighted<readonly (SimulatedSocket | undefined)[]>([
        [6, [socket, socket.peer]],
        [2, [socket]],
        [2, [socket.peer]],
      ]);
      for (const end of ends) end?.reset();
    }
  }

  /**
   * A call and its answer, as over HTTP: either may get lost with its connection, and a call may come twice. Whoever calls has to
   * mind the time.
   */
  call<T>(
    caller: Machine,
    server: Machine,
    handle: () => Promise<T>,
    onAnswer: (answer: T) => void,
  ): void {
    if (this.parted(caller, server)) return;
    const lost = this.#random.chance(this.faults.callLossRate);
    if (lost) this.#count('call lost');
    if (lost && this.#random.chance(0.5)) return;
    this.#deliver(caller, server, this.travelMs(), handle, lost ? undefined : onAnswer);
    if (!this.#random.chance(this.faults.callTwiceRate)) return;
    this.#count('call twice');
    const laterMs = this.travelMs() + this.#random.between(1, 5_000);
    this.#deliver(caller, server, laterMs, handle, undefined);
  }

  #deliver<T>(
    caller: Machine,
    server: Machine,
    delayMs: number,
    handle: () => Promise<T>,
    onAnswer: ((answer: T) => void) | undefined,
  ): void {
    const later = this.time.inThisLife(caller);
    this.time.at(server, delayMs, () => {
      void handle().then((answer) => {
        if (onAnswer === undefined || this.parted(caller, server)) return;
        later(this.travelMs(), () => {
          onAnswer(answer);
        });
      });
    });
  }

  #keep(machine: Machine, socket: SimulatedSocket): void {
    const sockets = this.#sockets.get(machine);
    if (sockets) sockets.add(socket);
    else this.#sockets.set(machine, new Set([socket]));
  }
}
