import type { Machine } from './machine.js';

/** Something that is to happen on a machine. */
export interface Happening {
  readonly machine: Machine;
  /** The life of the machine that it belongs to. */
  readonly life: number;
  readonly run: () => void;
  cancelled: boolean;
}

/** When it happens. */
export interface Entry {
  readonly at: number;
  readonly order: number;
  readonly happening: Happening;
}

const before = (a: Entry, b: Entry): boolean => a.at < b.at || (a.at === b.at && a.order < b.order);

/** Happenings by time; those of the same time in the order in which they were asked for (a binary heap). */
export class EventQueue {
  readonly #heap: Entry[] = [];
  #order = 0;

  push(time: number, happening: Happening): void {
    this.#order += 1;
    const entry = { at: time, order: this.#order, happening };
    const heap = this.#heap;
    let at = heap.length;
    heap.push(entry);
    while (at > 0) {
      const up = (at - 1) >> 1;
      const parent = heap[up];
      if (parent === undefined || !before(entry, parent)) break;
      heap[at] = parent;
      at = up;
    }
    heap[at] = entry;
  }

  peek(): Entry | undefined {
    return this.#heap[0];
  }

  pop(): void {
    const heap = this.#heap;
    const last = heap.pop();
    if (last === undefined || heap.length === 0) return;
    let at = 0;
    for (;;) {
      let down = 2 * at + 1;
      if (down >= heap.length) break;
      const left = heap[down];
      const right = heap[down + 1];
      if (left && right && before(right, left)) down += 1;
      const child = heap[down];
      if (child === undefined || !before(child, last)) break;
      heap[at] = child;
      at = down;
    }
    heap[at] = last;
  }
}
