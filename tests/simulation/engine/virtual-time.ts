/**
 * A clock that only moves from one happening to the next, and runs them one after another, each with all the promises that it
 * settles. Nothing else decides the order, so a run is the same whenever it is repeated.
 */
import { EventQueue, type Happening } from './event-queue.js';
import type { Machine } from './machine.js';

// The real one: everything else in this process gets the virtual one.
const realSetImmediate = globalThis.setImmediate;

/** How many happenings are handed to the event loop at once; promises settle between them all the same. */
const handedOverAtOnce = 64;

export interface Cancellable {
  cancelled: boolean;
}

export class VirtualTime {
  readonly #queue = new EventQueue();
  readonly #waiting = new Map<Machine, Happening[]>();
  readonly #onFailure: (machine: Machine, error: unknown) => void;
  #now: number;
  #current: Machine;
  #steps = 0;

  constructor(
    startsAt: number,
    outside: Machine,
    onFailure: (machine: Machine, error: unknown) => void,
  ) {
    this.#now = startsAt;
    this.#current = outside;
    this.#onFailure = onFailure;
  }

  /** Epoch milliseconds, the true time that no machine knows. */
  get now(): number {
    return this.#now;
  }

  /** Whose code is running. */
  get current(): Machine {
    return this.#current;
  }

  /** How much has happened so far. */
  get steps(): number {
    return this.#steps;
  }

  /** Has something happen on a machine, unless that has crashed meanwhile. */
  at(machine: Machine, delayMs: number, run: () => void): Cancellable {
    const happening = { machine, life: machine.life, run, cancelled: false };
    this.#queue.push(this.#now + Math.max(0, delayMs), happening);
    return happening;
  }

  /** A way to have something happen in the present life of a machine: after a crash it leads nowhere. */
  inThisLife(machine: Machine): (delayMs: number, run: () => void) => void {
    const { life } = machine;
    return (delayMs, run) => {
      if (machine.life === life) this.at(machine, delayMs, run);
    };
  }

  /** Lets a frozen machine go on with what has gathered. */
  thaw(machine: Machine): void {
    machine.frozen = false;
    const gathered = this.#waiting.get(machine) ?? [];
    this.#waiting.delete(machine);
    for (const happening of gathered) this.#queue.push(this.#now, happening);
  }

  /** Runs until that time, or until there is nothing more to do. */
  run(until: number): Promise<void> {
    return new Promise((resolve) => {
      let left = 0;
      let done = false;
      const step = (): void => {
        left -= 1;
        if (!done && !this.#step(until)) {
          done = true;
          this.#now = Math.max(this.#now, until);
        }
        if (left > 0) return;
        if (done) resolve();
        else hand();
      };
      const hand = (): void => {
        left = handedOverAtOnce;
        for (let index = 0; index < handedOverAtOnce; index += 1) realSetImmediate(step);
      };
      hand();
    });
  }

  #step(until: number): boolean {
    for (;;) {
      const entry = this.#queue.peek();
      if (entry === undefined || entry.at > until) return false;
      this.#queue.pop();
      const next = entry.happening;
      if (next.cancelled || next.machine.life !== next.life) continue;
      this.#now = Math.max(this.#now, entry.at);
      if (next.machine.frozen) {
        const gathered = this.#waiting.get(next.machine);
        if (gathered) gathered.push(next);
        else this.#waiting.set(next.machine, [next]);
        continue;
      }
      this.#perform(next);
      return true;
    }
  }

  #perform(next: Happening): void {
    this.#steps += 1;
    this.#current = next.machine;
    try {
      next.run();
    } catch (error) {
      this.#onFailure(next.machine, error);
    }
  }
}
