import { DomainError, type FieldError } from '../domain/errors.js';
import type { PlacementAnswer } from '../domain/scheduling/remote.js';

interface OpenBatch {
  readonly asked: ReadonlySet<string>;
  readonly answers: Map<string, PlacementAnswer>;
  readonly resolve: (answers: readonly PlacementAnswer[]) => void;
  readonly reject: (error: DomainError) => void;
}

/** What is told of answers to nothing that is open, at the most. */
const errorsMax = 20;

/** The batches of one scheduler that wait for answers. */
export class OpenBatches {
  readonly #open = new Map<string, OpenBatch>();
  #last = 0;

  /** Id for the next batch. */
  nextId(): string {
    this.#last += 1;
    return String(this.#last);
  }

  /** Waits for the answers to a batch. @param signal - when it is raised, what was answered by then is the answer */
  wait(
    id: string,
    instanceIds: readonly string[],
    signal: AbortSignal,
  ): Promise<readonly PlacementAnswer[]> {
    if (signal.aborted) return Promise.resolve([]);
    return new Promise((resolve, reject) => {
      const answers = new Map<string, PlacementAnswer>();
      this.#open.set(id, { asked: new Set(instanceIds), answers, resolve, reject });
      signal.addEventListener('abort', () => {
        this.#open.delete(id);
        resolve([...answers.values()]);
      });
    });
  }

  /**
   * Takes answers in. The first answer to a request counts.
   *
   * @returns what is wrong with those that answer nothing that is open: late ones, second ones, ones that nobody asked for
   */
  take(id: string, answers: readonly PlacementAnswer[]): readonly FieldError[] {
    const batch = this.#open.get(id);
    const errors: FieldError[] = [];
    answers.forEach((answer, index) => {
      const { instanceId } = answer;
      const known = batch?.asked.has(instanceId) === true && !batch.answers.has(instanceId);
      if (known) batch.answers.set(instanceId, answer);
      else
        errors.push({
          pointer: `#/placements/${index}`,
          detail: `${instanceId} is not open in batch ${id}`,
        });
    });
    if (batch && batch.answers.size === batch.asked.size) {
      this.#open.delete(id);
      batch.resolve([...batch.answers.values()]);
    }
    return errors;
  }

  /** Nobody will answer any more. */
  abandon(): void {
    const gone = new DomainError('unavailable', 'The scheduler has gone.');
    for (const batch of this.#open.values()) batch.reject(gone);
    this.#open.clear();
  }
}

/** The refusal of answers to nothing that is open; the session goes on after it. */
export const notAsked = (errors: readonly FieldError[]): DomainError =>
  new DomainError('placement-not-asked', 'These answers came late, twice, or to nothing.', {
    errors: errors.slice(0, errorsMax),
  });
