/** Makes failpoints fail, and remembers which were reached. */
import { armFailpoints, type FailpointName } from '../../src/failpoints.js';

export class Sabotage {
  readonly #reached = new Map<FailpointName, number>();
  readonly #disarm: () => void;
  #victim: FailpointName | undefined;

  constructor() {
    this.#disarm = armFailpoints((name) => {
      this.#reached.set(name, this.reached(name) + 1);
      if (name !== this.#victim) return;
      this.#victim = undefined;
      throw new Error(`made to fail at ${name}`);
    });
  }

  /** How often the place was reached. */
  reached(name: FailpointName): number {
    return this.#reached.get(name) ?? 0;
  }

  /** Has the next one who comes there fail. */
  failOnce(name: FailpointName): void {
    this.#victim = name;
  }

  /** Whether nobody has come there since. */
  get pending(): boolean {
    return this.#victim !== undefined;
  }

  end(): void {
    this.#disarm();
  }
}
