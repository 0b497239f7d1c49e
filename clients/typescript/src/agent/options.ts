import type { SessionLog } from '../session/log.js';
import type { ReconnectTiming } from '../session/reconnect.js';
import type { Clock } from '../session/clock.js';
import type { CertificateStore } from './certificates.js';
import type { CredentialStore } from './credentials.js';
import type { LeasedInstance } from './lease-keeper.js';
import type {
  InstanceReport,
  Problem,
  Resources,
  ResourceUse,
  RunOrder,
  StopOrder,
  Worker,
} from './frames.js';
import type { OpenSocket } from '../session/socket.js';
import type { TlsOptions } from '../session/transport.js';

/** A logger with the shape of pino's. */
export type AgentLog = SessionLog;

/** Times and bounds of an agent, all with sensible defaults. */
export interface AgentTiming extends ReconnectTiming {
  /** How long connecting, and then the welcome, may take. @default 10000 */
  readonly connectTimeoutMs: number;
  /** Changes within this time go into one report. @default 50 */
  readonly coalesceMs: number;
  /** How often the full state is reported. @default 300000 */
  readonly fullReportIntervalMs: number;
  /** A report without an answer for this long means that the session is stuck. @default 60000 */
  readonly reportTimeoutMs: number;
  /** How long `leave()` waits for the last report to be taken in. @default 2000 */
  readonly leaveTimeoutMs: number;
}

export const defaultTiming: AgentTiming = {
  reconnectDelayMsMin: 250,
  reconnectDelayMsMax: 15_000,
  stableSessionMs: 10_000,
  connectTimeoutMs: 10_000,
  coalesceMs: 50,
  fullReportIntervalMs: 300_000,
  reportTimeoutMs: 60_000,
  leaveTimeoutMs: 2_000,
};

/**
 * What an agent does about leases (`whenLost: move`) beside obeying the stop that it is told at their end. Without it leases end with
 * the agent: what has lived on from before is unknown, and nobody enforces them while the agent is dead.
 */
export interface LeaseOptions {
  /** How long before the end of a lease the instance is told to stop, at most a third of the lease. @default 5000 */
  readonly leadMs?: number;
  /** Must go on while the machine sleeps. @default since boot; the agent's `clock` where one is given */
  readonly clock?: Clock;
  /** What has lived on from before a restart of the agent. */
  readonly held?: readonly LeasedInstance[];
  /** When the last frame had been sent that was answered before that restart, on `clock`. Without it what is `held` has to stop. */
  readonly renewedAt?: number;
  /** The manager has answered a frame that was sent then, on `clock`. */
  onRenewed?(renewedAt: number): void;
}

/** What an agent is and does. */
export interface ClusterAgentOptions {
  /** Address of the manager: `http://127.0.0.1:10000`; also `https`, `ws`, `wss`. */
  readonly url: string;
  /** Name of the cluster, unique at the manager. */
  readonly name: string;
  /** Name of the place. */
  readonly location?: string;
  readonly coordinates?: { readonly latitude: number; readonly longitude: number };
  /** Runtimes that the cluster offers: `process`, `docker`, … */
  readonly capabilities: readonly string[];
  readonly labels?: Readonly<Record<string, string>>;
  /** Enrolment token; needed until there is a credential. */
  readonly token?: string;
  readonly credentialStore: CredentialStore;
  /**
   * Where a client certificate is kept, for managers that give them (`SM_CLUSTER_CERTIFICATES`). The agent makes a key, asks for a
   * certificate and connects with it. Without it, `tls` may bring one of yours.
   */
  readonly certificateStore?: CertificateStore;
  readonly agentVersion?: string;

  /** What the cluster has. Asked for each report. */
  capacity(): Resources;
  /** What of it is in use, as measured. */
  use?(): ResourceUse;
  /** All workers. They are sent with full reports, and when names or capacities change. */
  workers?(): readonly Worker[];
  /** Everything that the cluster has of instances; the base of full reports. */
  instances(): readonly InstanceReport[];
  /**
   * Takes a run order in. Resolve once it is safe with you (it need not run yet): the manager is then told that it is done, and
   * may not repeat it. Must be repeat-safe across restarts of the agent.
   *
   * @throws OrderRefused - to refuse it with a problem; any other error refuses it too
   */
  onRun(order: RunOrder): Promise<void>;
  /**
   * Takes a stop order in. Also called for what the agent has never heard of; a later run of the same generation is void. Called
   * without the manager's order when a lease ends: `leaseEnd` then says how much time is left.
   */
  onStop(order: StopOrder): Promise<void>;

  /** For `https` and `wss`. */
  readonly tls?: TlsOptions;
  /** HTTP proxy to go through (`CONNECT`): `http://proxy.example:3128`, with `user:password@` where it asks for them. */
  readonly proxy?: string;
  readonly leases?: LeaseOptions;
  readonly log?: AgentLog;
  /** Orders that are handled at once. @default 32 */
  readonly concurrency?: number;
  /** Orders that may wait; past it the agent stops reading. @default 5000 */
  readonly queueLimit?: number;
  readonly timing?: Partial<AgentTiming>;
  readonly clock?: Clock;
  /** Opens connections. @default a WebSocket of `ws` */
  readonly openSocket?: OpenSocket;
  /** Uniform in [0, 1), for the jitter. @default Math.random */
  readonly random?: () => number;
}

/** What a `ClusterAgent` emits. */
export interface ClusterAgentEvents {
  /** A session has begun. */
  connected: [{ clusterId: string; session: number }];
  /** The session or the attempt has ended; another attempt follows. */
  disconnected: [{ reason: string; retryInMs: number; code?: number; problem?: Problem }];
  /** The manager does not let the agent in (401 or 403). It keeps trying, slowly. */
  refused: [{ status: number; problem?: Problem }];
  /** The cluster was removed: its instances were told to stop, its credential is forgotten, the agent has ended. */
  removed: [];
}
