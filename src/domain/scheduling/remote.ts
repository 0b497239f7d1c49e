/** Schedulers outside of the manager: they take their time, go away, and may be wrong. */
import type { Verdict } from '../instance/instance.js';
import type { ClusterPicture, FilterName, PlacementRequest } from './scheduling.js';

/** Why an answer was not taken; told to the scheduler when it is asked again. */
export interface Refusal {
  readonly clusterId?: string | undefined;
  /** The filter that the named cluster does not pass; `unknown` where there is no such cluster. */
  readonly droppedBy: FilterName | 'unknown';
  readonly detail: string;
}

/** A request as it goes out: with what was wrong with the last answer to it. */
export interface RemoteRequest extends PlacementRequest {
  readonly refusal?: Refusal | undefined;
}

/** What a remote scheduler said to one request. Nothing of it is believed before it was verified. */
export interface PlacementAnswer {
  readonly instanceId: string;
  readonly verdict: Verdict;
  /** The chosen cluster, by its id. */
  readonly clusterId?: string | undefined;
  readonly worker?: string | undefined;
  readonly score?: number | undefined;
  readonly reason?: string | undefined;
}

/** A scheduler behind a connection. While it is registered it can be asked. */
export interface RemoteScheduler {
  readonly name: string;
  /** Protocol, as users see it: `websocket`, `http`. */
  readonly kind: string;
  /** Largest number of requests that it takes at once. */
  readonly requestsMax: number;
  /**
   * Asks for places. It is asked for one batch at a time, but for tests and plans, which may come in between.
   *
   * @param picture - the clusters as they are now, without what answered requests have taken already
   * @param deadlineMs - how long it may take; the signal is raised then, or earlier when nobody waits any more
   * @returns what was answered, in any order; what is missing counts as not answered
   * @throws when it could not be asked, or has gone
   */
  place(
    requests: readonly RemoteRequest[],
    picture: readonly ClusterPicture[],
    deadlineMs: number,
    signal: AbortSignal,
  ): Promise<readonly PlacementAnswer[]>;
}

/** What the desk knows about one request. */
export type Opinion =
  /** The built-in scheduler decides, since it was meant. */
  | { readonly kind: 'built-in' }
  /** `again`: until when the answer is given to the same request without asking anew (epoch milliseconds). */
  | {
      readonly kind: 'answer';
      readonly scheduler: string;
      readonly answer: PlacementAnswer;
      readonly again?: number | undefined;
    }
  /** `again`: when to look at it anew although nothing has changed (epoch milliseconds). */
  | {
      readonly kind: 'pending';
      readonly reason?: string | undefined;
      readonly again?: number | undefined;
    }
  /** The built-in scheduler decides in place of the one that was meant. */
  | { readonly kind: 'fallback'; readonly reason: string };

/**
 * Where places are asked for at remote schedulers. The reconciler consults it in each pass; what is not answered yet is looked at
 * again when it is. It keeps everything in memory: after a crash the same requests follow from the state.
 */
export interface PlacementDesk {
  /** What is known about the request. Has it asked if nothing is. */
  consult(request: PlacementRequest): Opinion;
  /** The answer to the request does not hold. Has it asked again, or gives up. */
  refuse(request: PlacementRequest, refusal: Refusal): Opinion;
  /**
   * The decisions on these services are written.
   *
   * @param open - ids of their instances that still have no place; what is known of all others is forgotten
   */
  settle(serviceIds: readonly string[], open: ReadonlySet<string>): void;
  /** Whether there is something to send that can be sent. */
  readonly ready: boolean;
  /** Sends what waits. @param picture - the clusters after everything that was settled */
  dispatch(picture: readonly ClusterPicture[]): void;
}
