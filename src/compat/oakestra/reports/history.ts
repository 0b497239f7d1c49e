/** The last measurements of something, one for each report. */

const pointsMax = 100;

export interface Measured {
  /** Epoch milliseconds. */
  readonly at: number;
  readonly cpu: number;
  readonly memory: number;
}

export class History {
  readonly #at: number[] = [];
  readonly #cpu: number[] = [];
  readonly #memory: number[] = [];

  add({ at, cpu, memory }: Measured): void {
    for (const [list, value] of [
      [this.#at, at],
      [this.#cpu, cpu],
      [this.#memory, memory],
    ] as const) {
      list.push(value);
      if (list.length > pointsMax) list.shift();
    }
  }

  /** Oldest first. */
  points<T>(of: 'cpu' | 'memory', write: (value: number, at: number) => T): readonly T[] {
    const values = of === 'cpu' ? this.#cpu : this.#memory;
    return values.map((value, index) => write(value, this.#at[index] ?? 0));
  }
}
