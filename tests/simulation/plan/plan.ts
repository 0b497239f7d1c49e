/** Everything that is decided before a run: who takes part, what users ask, what goes wrong, and when. Shrinking takes steps out. */
import type { RuntimeHabits } from '../actors/runtime.js';

export interface SitePlan {
  readonly name: string;
  readonly location: string;
  readonly cpuMillicores: number;
  readonly memoryMiB: number;
  /** When its agent comes first, in milliseconds. */
  readonly startsAt: number;
  readonly habits: RuntimeHabits;
  /** Share of changes that the agent hears of seconds late. */
  readonly lateRate: number;
}

export interface ServicePlan {
  readonly name: string;
  readonly cpuMillicores: number;
  readonly memoryMiB: number;
  readonly oneShot: boolean;
  readonly whenLost: 'keep' | 'move' | 'duplicate';
  readonly leaseSeconds: number;
  /** The site that it demands, if it does. */
  readonly site?: string | undefined;
}

/** What users ask. The requests of one line follow one another; those of different lines race. */
export type Request =
  | { readonly verb: 'deploy'; readonly service: number; readonly replicas: number }
  | { readonly verb: 'scaleTo'; readonly service: number; readonly replicas: number }
  | { readonly verb: 'scaleBy'; readonly service: number; readonly by: number }
  | {
      readonly verb: 'update' | 'pauseUpdate' | 'resumeUpdate' | 'rollback';
      readonly service: number;
    }
  /** Takes the wish back that was accepted last. */
  | { readonly verb: 'cancel'; readonly service: number }
  | {
      readonly verb: 'migrate';
      readonly service: number;
      readonly site: number;
      readonly strategy: 'makeBeforeBreak' | 'breakBeforeMake';
      readonly timeoutMs: number;
    }
  | { readonly verb: 'terminate'; readonly service: number }
  | {
      readonly verb: 'addWorker' | 'removeWorker';
      readonly site: number;
      readonly name?: string | undefined;
    }
  | { readonly verb: 'drain' | 'resume'; readonly site: number };

/** What goes wrong. What has a `forMs` ends after that time. */
export type Fault =
  | { readonly fault: 'crashManager'; readonly manager: number; readonly forMs: number }
  | { readonly fault: 'freezeManager'; readonly manager: number; readonly forMs: number }
  | { readonly fault: 'crashAgent'; readonly site: number; readonly forMs: number }
  | { readonly fault: 'freezeAgent'; readonly site: number; readonly forMs: number }
  | { readonly fault: 'losePower'; readonly site: number; readonly forMs: number }
  | { readonly fault: 'breakInstance'; readonly site: number }
  | { readonly fault: 'cutAgent'; readonly site: number }
  /** From all managers, or from one. */
  | {
      readonly fault: 'partition';
      readonly site: number;
      readonly manager?: number | undefined;
      readonly forMs: number;
    }
  | { readonly fault: 'cutOffManager'; readonly manager: number; readonly forMs: number }
  | { readonly fault: 'repeatReport'; readonly site: number }
  | { readonly fault: 'delayNetwork'; readonly delayMs: number; readonly forMs: number }
  | { readonly fault: 'loseCalls'; readonly rate: number; readonly forMs: number }
  | { readonly fault: 'repeatCalls'; readonly rate: number; readonly forMs: number }
  | { readonly fault: 'slowDisk'; readonly factor: number; readonly forMs: number }
  | { readonly fault: 'failWrites'; readonly rate: number; readonly forMs: number }
  | { readonly fault: 'conflicts'; readonly rate: number; readonly forMs: number }
  | { readonly fault: 'loseStoreConnections'; readonly rate: number; readonly forMs: number }
  | { readonly fault: 'crashStore'; readonly forMs: number }
  | { readonly fault: 'forgetChanges' }
  | { readonly fault: 'jumpClock'; readonly manager: number; readonly toMs: number }
  | { readonly fault: 'lateScheduler'; readonly delayMs: number; readonly forMs: number }
  | { readonly fault: 'confusedScheduler'; readonly forMs: number };

export type Step = { readonly at: number } & (Request | Fault);

export interface Plan {
  readonly seed: string;
  readonly managers: number;
  readonly eventsKept: number;
  /** By how much clocks run wrong at most, as a share. */
  readonly clockDrift: number;
  /** Whether a remote scheduler decides. */
  readonly remoteScheduler: boolean;
  readonly sites: readonly SitePlan[];
  readonly services: readonly ServicePlan[];
  readonly steps: readonly Step[];
  /** When everything is put right again, in milliseconds. */
  readonly calmAt: number;
}

export const isFault = (step: Step): step is { readonly at: number } & Fault => 'fault' in step;
