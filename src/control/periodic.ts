/** Does work again and again, never twice at once. Failures are told, not thrown: the next turn tries again. */
export class Periodic {
  readonly #work: () => Promise<void>;
  readonly #everyMs: number;
  readonly #onError: (error: unknown) => void;
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> | undefined;
  #stopped = false;

  constructor(everyMs: number, work: () => Promise<void>, onError: (error: unknown) => void) {
    this.#everyMs = everyMs;
    this.#work = work;
    this.#onError = onError;
  }

  start(): void {
    this.#schedule();
  }

  /** Ends after the turn that is under way. */
  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await this.#running;
  }

  #schedule(): void {
    if (this.#stopped) return;
    this.#timer = setTimeout(() => {
      this.#running = this.#turn();
    }, this.#everyMs);
  }

  async #turn(): Promise<void> {
    try {
      await this.#work();
    } catch (error) {
      this.#onError(error);
    }
    this.#schedule();
  }
}
