import type { Clock } from '../session/clock.js';
import type { Problem } from '../session/incoming.js';
import type { ReconnectTiming } from '../session/reconnect.js';
import type { SessionLog } from '../session/log.js';
import type { OpenSocket } from '../session/socket.js';
import type { TlsOptions } from '../session/transport.js';
import type { PlacementAnswer, PlacementRequest } from './frames.js';
import type { Picture } from './picture.js';

/** Times of a scheduler, all with sensible defaults. */
export interface SchedulerTiming extends ReconnectTiming {
  /** How long connecting, and then the welcome, may take. @default 10000 */
  readonly connectTimeoutMs: number;
}

export const defaultTiming: SchedulerTiming = {
  reconnectDelayMsMin: 250,
  reconnectDelayMsMax: 15_000,
  stableSessionMs: 10_000,
  connectTimeoutMs: 10_000,
};

/** What a batch comes with. */
export interface BatchContext {
  /** Raised at the deadline, and when the session ends: nobody waits for the answer any more. */
  readonly signal: AbortSignal;
  /** How long the answer may take, in milliseconds. */
  readonly deadlineMs: number;
}

/** What a scheduler is and does. */
export interface SchedulerSessionOptions {
  /** Address of the manager (`http://127.0.0.1:10000`; also `https`, `ws`, `wss`), or of several: the next one is tried when one refuses. */
  readonly url: string | readonly string[];
  /** Name that services give as their `scheduler`. */
  readonly name: string;
  /** Scheduler token, or that of the administrator. */
  readonly token: string;
  /** Largest number of requests in one batch, at most 1000. @default 200 */
  readonly requestsMax?: number;
  /** Its version, for the log of the manager. */
  readonly schedulerVersion?: string;
  /**
   * Says where instances go. Answers in any order; for what is not answered by the deadline the manager's fallback decides. It may be
   * asked the same again, and is told then what was wrong with the last answer (`refusal`). Binds nothing by itself.
   */
  place(
    requests: readonly PlacementRequest[],
    picture: Picture,
    context: BatchContext,
  ): readonly PlacementAnswer[] | Promise<readonly PlacementAnswer[]>;

  /** For `https` and `wss`. */
  readonly tls?: TlsOptions;
  /** HTTP proxy to go through (`CONNECT`): `http://proxy.example:3128`. */
  readonly proxy?: string;
  readonly log?: SessionLog;
  readonly timing?: Partial<SchedulerTiming>;
  readonly clock?: Clock;
  /** Opens connections. @default a WebSocket of `ws` */
  readonly openSocket?: OpenSocket;
  /** Uniform in [0, 1), for the jitter. @default Math.random */
  readonly random?: () => number;
}

/** What a `SchedulerSession` emits. */
export interface SchedulerSessionEvents {
  /** The manager asks from now on. */
  connected: [{ session: number; url: string }];
  /** The session or the attempt has ended; another attempt follows. */
  disconnected: [{ reason: string; retryInMs: number; code?: number; problem?: Problem }];
  /** The manager does not let the scheduler in (401 or 403). It keeps trying, slowly. */
  refused: [{ status: number; problem?: Problem }];
  /** An answer came after the deadline, or `place` failed; the manager's fallback decides. */
  missed: [{ requests: number; error?: unknown }];
}
