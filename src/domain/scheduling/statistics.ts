import type { Verdict } from '../instance/instance.js';

/** How many of the newest latencies are kept. */
const latenciesMax = 1_000;

/** How a scheduler has done since the manager started. */
export interface SchedulerRecord {
  /** Answers that came in time. */
  readonly decisions: number;
  readonly verdicts: Readonly<Record<string, number>>;
  /** Answers that did not hold: no such cluster, no capacity left, a filter not passed. */
  readonly refused: number;
  /** Requests without an answer in time. */
  readonly unanswered: number;
  /** Answers to nothing that was open: late ones, and second ones. */
  readonly late: number;
  /** Time from asking to the answer, of the newest batches; absent before the first. */
  readonly latency?: { readonly p50Ms: number; readonly p99Ms: number } | undefined;
}

const percentile = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? 0;

/** Counts what a scheduler answers. */
export class SchedulerStatistics {
  readonly #verdicts = new Map<string, number>();
  readonly #latenciesMs: number[] = [];
  #next = 0;
  #refused = 0;
  #unanswered = 0;
  #late = 0;

  /** Notes the answers to one batch and how long they took. */
  answered(verdicts: readonly Verdict[], latencyMs: number): void {
    for (const verdict of verdicts)
      this.#verdicts.set(verdict, (this.#verdicts.get(verdict) ?? 0) + 1);
    this.#latenciesMs[this.#next] = latencyMs;
    this.#next = (this.#next + 1) % latenciesMax;
  }

  refused(): void {
    this.#refused += 1;
  }

  unanswered(count: number): void {
    this.#unanswered += count;
  }

  late(count: number): void {
    this.#late += count;
  }

  record(): SchedulerRecord {
    const sorted = [...this.#latenciesMs].sort((a, b) => a - b);
    const verdicts = Object.fromEntries(this.#verdicts);
    return {
      decisions: Object.values(verdicts).reduce((sum, count) => sum + count, 0),
      verdicts,
      refused: this.#refused,
      unanswered: this.#unanswered,
      late: this.#late,
      latency:
        sorted.length === 0
          ? undefined
          : { p50Ms: percentile(sorted, 0.5), p99Ms: percentile(sorted, 0.99) },
    };
  }
}
