/** Decisions of a Cloud Scheduler: who waits for them, and those that came when nobody did. */
import { Verdict } from '../../domain/instance/instance.js';

export interface CloudVerdict {
  readonly verdict: Verdict;
  readonly clusterId?: string | undefined;
}

const keptMax = 10_000;
/** How long a late decision is worth something. */
const keptMs = 60_000;

export const placedAt = (clusterId: string): CloudVerdict => ({
  verdict: Verdict.PLACED,
  clusterId,
});

/** A status that the scheduler has written, if it is a decision. */
export function fromWritten(
  status: string | undefined,
  clusterId: string | undefined,
): CloudVerdict | undefined {
  if (status === 'CLUSTER_SCHEDULED' && clusterId !== undefined) return placedAt(clusterId);
  const negative = Object.values(Verdict).find(
    (each) => each === status && each !== Verdict.PLACED,
  );
  return negative && { verdict: negative };
}

export class Verdicts {
  readonly #waiting = new Map<string, (verdict: CloudVerdict) => void>();
  /** Positive ones that came late: they answer the next question. */
  readonly #late = new Map<string, { readonly verdict: CloudVerdict; readonly at: number }>();

  isAwaited(serviceId: string): boolean {
    return this.#waiting.has(serviceId);
  }

  /**
   * Waits for the decision on a service. Only one may wait for each.
   *
   * @returns nothing when the signal was raised before
   */
  wait(serviceId: string, signal: AbortSignal): Promise<CloudVerdict | undefined> {
    return new Promise((resolve) => {
      const end = (verdict: CloudVerdict | undefined): void => {
        this.#waiting.delete(serviceId);
        signal.removeEventListener('abort', give);
        resolve(verdict);
      };
      const give = (): void => {
        end(undefined);
      };
      this.#waiting.set(serviceId, end);
      if (signal.aborted) give();
      else signal.addEventListener('abort', give, { once: true });
    });
  }

  /** @returns whether somebody waited for it */
  give(serviceId: string, verdict: CloudVerdict): boolean {
    const waiting = this.#waiting.get(serviceId);
    waiting?.(verdict);
    return waiting !== undefined;
  }

  /** @param at - epoch milliseconds */
  keep(serviceId: string, verdict: CloudVerdict, at: number): void {
    this.#late.set(serviceId, { verdict, at });
    const [oldest] = this.#late.keys();
    if (this.#late.size > keptMax && oldest !== undefined) this.#late.delete(oldest);
  }

  /** A decision that came late, once. @param now - epoch milliseconds */
  takeLate(serviceId: string, now: number): CloudVerdict | undefined {
    const late = this.#late.get(serviceId);
    this.#late.delete(serviceId);
    return late && now - late.at < keptMs ? late.verdict : undefined;
  }
}
