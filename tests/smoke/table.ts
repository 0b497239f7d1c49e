/** Steps of a run, with their times. */

interface Row {
  readonly name: string;
  readonly ms: number;
  readonly detail: string;
  readonly ok: boolean;
}

/** Runs one step after the other, and remembers how long each took and what it saw. */
export class Steps {
  readonly #rows: Row[] = [];
  readonly #startedAt = performance.now();

  /** @param work - resolves with what it saw, in a few words */
  async run(name: string, work: () => Promise<string>): Promise<void> {
    const startedAt = performance.now();
    try {
      const detail = await work();
      this.#rows.push({ name, ms: performance.now() - startedAt, detail, ok: true });
    } catch (error) {
      this.#rows.push({ name, ms: performance.now() - startedAt, detail: 'FAILED', ok: false });
      throw error;
    }
  }

  /** The step that failed, if one did. */
  get failed(): string | undefined {
    return this.#rows.find(({ ok }) => !ok)?.name;
  }

  toString(): string {
    const total = { name: 'total', ms: performance.now() - this.#startedAt, detail: '', ok: true };
    const width = Math.max(...this.#rows.map(({ name }) => name.length));
    const lines = [...this.#rows, total].map(
      ({ name, ms, detail }) =>
        `  ${name.padEnd(width)}  ${ms.toFixed(0).padStart(6)} ms  ${detail}`,
    );
    return lines.join('\n');
  }
}

/** @throws Error - it does not hold */
export function must(holds: boolean, otherwise: string): asserts holds {
  if (!holds) throw new Error(otherwise);
}
