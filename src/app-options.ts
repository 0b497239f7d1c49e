/** What a manager is put together from. */
import type { Logger } from 'pino';
import type { Certificates } from './certificates.js';
import type { CertificatePolicy } from './domain/cluster/certificate.js';
import type { StormRules } from './domain/reconcile/storm.js';
import type { Scheduler } from './domain/scheduling/scheduling.js';
import type { DoorSettings } from './door.js';
import type { Companion } from './duties.js';
import type { SessionLimits } from './gateway/agent-session.js';
import type { HookOptions } from './hooks.js';
import type { Dashboard } from './http/dashboard.js';
import type { OpenIdOptions } from './openid-config.js';
import type { EdgeioSettings, OakestraSettings } from './peers.js';
import type { FallbackPolicy } from './scheduler/remote/placement-desk.js';
import type { Store } from './store/store.js';
import type { TlsSettings } from './tls.js';

/** What everything but HTTP is built from. */
export interface CoreOptions {
  readonly store: Store;
  readonly adminToken: string;
  readonly enrolmentToken: string;
  /** Opens the door for schedulers, which the administrator's token does too. */
  readonly schedulerToken?: string;
  /** Whether every cluster that enrols waits for approval. @defaultValue false */
  readonly approveClusters?: boolean;
  readonly logger: Logger;
  readonly heartbeatMs: number;
  readonly reportMs: number;
  readonly inactiveAfterMs: number;
  readonly lostAfterMs: number;
  readonly eventsKept: number;
  /** Entries of the audit log that are kept, and for how long. @default 1,000,000 and 400 days */
  readonly auditKept?: number;
  readonly auditKeptMs?: number;
  /** How long the lease of the leading manager is valid without being renewed. */
  readonly leaseMs: number;
  /** Whether nobody else uses the store, so that whoever led before is gone. */
  readonly ownStore: boolean;
  /** Decides for services that name no scheduler; the built-in one when absent. */
  readonly defaultScheduler?: string;
  /** What happens while a remote scheduler has no usable answer; the built-in one decides when absent. */
  readonly schedulerFallback?: FallbackPolicy;
  readonly schedulerDeadlineMs?: number;
  /** Epoch milliseconds; tests hand in their own clock. */
  readonly now?: () => number;
  /** Tests that have to be repeatable hand in their own ids. */
  readonly newId?: () => string;
  /** Stands in for the built-in scheduler. */
  readonly scheduler?: Scheduler;
  /** Milliseconds that never go back. @default `now` where that is given, the process's monotonic clock otherwise */
  readonly monotonic?: () => number;
  /** When absences are taken for one fault. @default defaultStormRules */
  readonly storm?: StormRules;
  /** What else only the leader does. */
  readonly companions?: readonly Companion[];
  /** Tests make limits small enough to reach them. */
  readonly sessionLimits?: Partial<SessionLimits>;
  /** Client certificates of clusters. @default none are given or asked for */
  readonly certificates?: Certificates | undefined;
  /** Who is let in, and how often. */
  readonly door?: Partial<DoorSettings>;
}

export interface AppOptions extends Omit<CoreOptions, 'ownStore' | 'certificates'> {
  readonly storeKind: 'embedded' | 'mongodb';
  readonly checkResponses: boolean;
  /** The page for people; none when absent. */
  readonly dashboard?: Dashboard;
  /** `http://host:port` of a Cloud Scheduler of 2021, which then decides for services that name no scheduler. */
  readonly schedulerUrl?: string | undefined;
  /** Speaks TLS, with files that are looked at so often. */
  readonly tls?: TlsSettings | undefined;
  /** With TLS: whether clusters have client certificates. @default off */
  readonly certificatePolicy?: CertificatePolicy;
  /** Pages of these origins may read answers. */
  readonly corsOrigins?: readonly string[];
  /** Serves the peers of 2021. */
  readonly edgeio?: EdgeioSettings | undefined;
  /** Serves the peers of Oakestra, on ports of its own. */
  readonly oakestra?: OakestraSettings | undefined;
  /** The identity provider with which people sign in. */
  readonly openid?: OpenIdOptions | undefined;
  readonly webhookNetworks?: HookOptions['webhookNetworks'];
  readonly webhookTiming?: HookOptions['webhookTiming'];
}
