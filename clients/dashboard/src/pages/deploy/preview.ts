import {
  ProblemError,
  type Plan,
  type ServiceDescriptor,
  type SystemManagerClient,
} from '@system-manager/client';
import { systemClock, type Clock } from '../../live/clock.js';
import { Store } from '../../live/store.js';
import { exampleText, faultsOf, readText, type Fault } from '../../model/descriptor.js';

/** What the manager would make of a text. */
export interface Previewed {
  readonly text: string;
  readonly faults: readonly Fault[];
  /** Only where nothing is wrong, and of this very text. */
  readonly descriptor?: ServiceDescriptor;
  readonly plan?: Plan;
  /** Why there is no plan, where it is not the text's fault. */
  readonly error?: unknown;
}

/** Nobody types faster than this for long. */
const pauseMs = 300;

/** Has the manager check and plan what is being written, shortly after each pause. The contract is its, so nothing is checked twice. */
export class Preview {
  readonly #client: Pick<SystemManagerClient, 'post'>;
  readonly #clock: Clock;
  readonly #previewed: Store<Previewed>;
  #callOff: (() => void) | undefined;
  #asked = new AbortController();

  constructor(
    client: Pick<SystemManagerClient, 'post'>,
    text: string = exampleText,
    clock: Clock = systemClock,
  ) {
    this.#client = client;
    this.#clock = clock;
    this.#previewed = new Store<Previewed>({ text, faults: [] });
    this.write(text);
  }

  readonly get = (): Previewed => this.#previewed.get();

  readonly subscribe = (listener: () => void): (() => void) => this.#previewed.subscribe(listener);

  readonly write = (text: string): void => {
    this.#callOff?.();
    this.#asked.abort();
    this.#asked = new AbortController();
    const { plan } = this.get();
    // The last plan stays on the screen until there is another one; it cannot be deployed any more.
    this.#previewed.set({ text, faults: [], ...(plan && { plan }) });
    const { signal } = this.#asked;
    this.#callOff = this.#clock.after(pauseMs, () => void this.#check(text, signal));
  };

  async #check(text: string, signal: AbortSignal): Promise<void> {
    const { descriptor, document, faults } = readText(text);
    if (descriptor === undefined) return this.#previewed.set({ text, faults });
    try {
      const plan = await this.#client.post('/api/v1/services/plan', { body: descriptor, signal });
      if (!signal.aborted) this.#previewed.set({ text, faults: [], descriptor, plan });
    } catch (error) {
      if (signal.aborted) return;
      const errors = error instanceof ProblemError ? (error.problem.errors ?? []) : [];
      this.#previewed.set({
        text,
        faults: faultsOf(document, errors),
        ...(errors.length === 0 ? { error } : {}),
      });
    }
  }
}
