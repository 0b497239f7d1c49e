/** Reads the history of events through any manager that answers, and goes on where it was whenever it breaks off. */
import type { DomainEvent } from '../../../src/domain/event/event.js';
import { requireHistory } from '../../../src/http/event-stream.js';
import type { Machine } from '../engine/machine.js';
import type { World } from '../world.js';

const pauseMs = 2_500;
const timeoutMs = 3_000;
const readAtOnceMax = 50;

export class Watcher {
  readonly name: string;
  readonly machine: Machine;
  /** Last event that it has seen. */
  after = 0;
  readonly #world: World;
  #call = 0;

  constructor(world: World, machine: Machine) {
    this.#world = world;
    this.machine = machine;
    this.name = machine.name;
  }

  start(): void {
    this.#later(pauseMs);
  }

  #later(delayMs: number): void {
    this.#call += 1;
    const call = this.#call;
    this.#world.time.at(this.machine, delayMs, () => {
      if (call === this.#call) this.#read();
    });
  }

  #read(): void {
    const { after } = this;
    const call = this.#call;
    const manager = this.#world.pickManager(this.machine);
    this.#world.network.call(
      this.machine,
      manager.machine,
      () =>
        manager.answer(undefined, async ({ events }) => {
          await requireHistory(events, after);
          return { events: await events.read(after, readAtOnceMax) };
        }),
      ({ status, code, body }) => {
        if (call !== this.#call) return;
        if (status === 200) this.#take(body['events'] as readonly DomainEvent[]);
        else if (code === 'history-trimmed') this.#startAnew();
        else this.#later(pauseMs);
      },
    );
    this.#world.time.at(this.machine, timeoutMs, () => {
      if (call === this.#call) this.#later(0);
    });
  }

  #take(events: readonly DomainEvent[]): void {
    for (const { sequence, type, subjectKind, subjectId, data } of events) {
      this.#world.history.add({
        kind: 'event',
        watcher: this.name,
        event: { sequence, type, subjectKind, subjectId, data },
      });
      this.after = sequence;
    }
    this.#later(events.length === readAtOnceMax ? 1 : pauseMs);
  }

  /** It was told that it has missed something: it asks where the history begins now. */
  #startAnew(): void {
    const call = this.#call;
    const manager = this.#world.pickManager(this.machine);
    this.#world.network.call(
      this.machine,
      manager.machine,
      () => manager.answer(undefined, async ({ events }) => ({ ...(await events.bounds()) })),
      ({ status, body }) => {
        if (call !== this.#call) return;
        if (status === 200) {
          this.after = Number(body['trimmedTo']);
          this.#world.history.add({ kind: 'trimmed', watcher: this.name, to: this.after });
        }
        this.#later(pauseMs);
      },
    );
    this.#world.time.at(this.machine, timeoutMs, () => {
      if (call === this.#call) this.#later(0);
    });
  }
}
