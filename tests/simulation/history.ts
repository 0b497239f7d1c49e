/** What the outside of the system can know: what was asked and answered, what ran where and when, what watchers were told. */
import { createHash } from 'node:crypto';

/** One thing that ran: a generation of an instance at a cluster. */
export interface Run {
  readonly instanceId: string;
  readonly generation: number;
  readonly serviceId: string;
  readonly cluster: string;
  readonly cpuMillicores: number;
  readonly memoryMiB: number;
}

export type Fact =
  | { readonly kind: 'asked'; readonly call: number; readonly verb: string; readonly args: object }
  | {
      readonly kind: 'answered';
      readonly call: number;
      readonly status: number;
      /** Whether a refusal is the last word: no other attempt of it can still be on its way. */
      readonly sure: boolean;
      readonly code?: string | undefined;
      readonly body: Readonly<Record<string, unknown>>;
    }
  | ({ readonly kind: 'started' } & Run)
  /** It runs now as it should. */
  | ({ readonly kind: 'up' } & Run)
  | ({
      readonly kind: 'ended';
      readonly why: 'told' | 'failed' | 'completed' | 'power' | 'lease';
    } & Run)
  /** A cluster was told to stop something. */
  | {
      readonly kind: 'toldToStop';
      readonly cluster: string;
      readonly instanceId: string;
      readonly generation: number;
    }
  | {
      readonly kind: 'reported';
      readonly cluster: string;
      readonly session: number;
      readonly sequence: number;
      readonly applied: boolean;
    }
  | {
      readonly kind: 'reportedAgain';
      readonly cluster: string;
      readonly session: number;
      readonly sequence: number;
      /** Highest session and sequence of which the sender had been told that it was taken in. */
      readonly knownSession: number;
      readonly knownSequence: number;
      readonly applied: boolean;
    }
  | { readonly kind: 'event'; readonly watcher: string; readonly event: WatchedEvent }
  | { readonly kind: 'trimmed'; readonly watcher: string; readonly to: number }
  | { readonly kind: 'fault'; readonly name: string; readonly target: string }
  | { readonly kind: 'broke'; readonly machine: string; readonly error: string };

export interface WatchedEvent {
  readonly sequence: number;
  readonly type: string;
  readonly subjectKind: string;
  readonly subjectId: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** A fact and its true time in milliseconds since the beginning. */
export type Dated = Fact & { readonly at: number };

export class History {
  readonly facts: Dated[] = [];
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  add(fact: Fact): void {
    this.facts.push({ at: Math.round(this.#now() * 1000) / 1000, ...fact });
  }

  /** The same for two runs that were the same. */
  hash(): string {
    const hash = createHash('sha256');
    for (const fact of this.facts) hash.update(JSON.stringify(fact));
    return hash.digest('hex').slice(0, 16);
  }
}
