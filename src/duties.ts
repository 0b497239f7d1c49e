/** Puts together what only the leader does, for one time of leading. */
import type { Logger } from 'pino';
import type { Duties, LeadTerm } from './control/leadership.js';
import { createLivenessLoop } from './control/liveness.js';
import { Periodic } from './control/periodic.js';
import { Reconciler } from './control/reconciler.js';
import { KnownClusters } from './control/known-clusters.js';
import type { SilenceWatch } from './control/silence-watch.js';
import type { AuditStore } from './domain/audit/ports.js';
import type { Ports } from './domain/ports.js';
import type { SchedulerRegistry } from './domain/scheduling/registry.js';
import { RemoteDesk, type FallbackPolicy } from './scheduler/remote/placement-desk.js';
import type { StoreLead } from './store/lead.js';
import type { Store } from './store/store.js';

export interface DutyOptions {
  readonly ports: Ports;
  readonly feed: Store['feed'];
  readonly registry: SchedulerRegistry;
  readonly defaultScheduler: string;
  readonly deadlineMs: number;
  readonly fallback: FallbackPolicy;
  readonly logger: Logger;
  readonly inactiveAfterMs: number;
  readonly lostAfterMs: number;
  readonly watch: SilenceWatch;
  readonly eventsKept: number;
  readonly audit: Pick<AuditStore, 'trim'>;
  readonly auditKept: number;
  readonly auditKeptMs: number;
  /** Sends remote schedulers to the manager that leads now. */
  readonly dismissSchedulers: () => Promise<void>;
  readonly companions: readonly Companion[];
}

export interface LeaderDuties extends Duties {
  /** Services and clusters that the reconciler still has to look at. */
  readonly waiting: number;
}

/** Something else that only the leader does; it is started and stopped again with each time of leading. */
export interface Companion {
  /** @param enqueue - has a service looked at soon */
  start(enqueue: (serviceId: string) => void): Promise<void>;
  stop(): Promise<void>;
}

const resyncMs = 300_000;
const trimEveryMs = 60_000;

export function createDuties(options: DutyOptions, lead: StoreLead, term: LeadTerm): LeaderDuties {
  const { feed, registry, watch, inactiveAfterMs, lostAfterMs } = options;
  const logger = options.logger.child({ room: 'control' });
  const { clusters, services, instances, operations, work } = lead;
  const ports: Ports = { ...options.ports, clusters, services, instances, operations, work };
  const { now, newId } = ports;
  const silence = {
    lostAfterMs,
    look: (all: Parameters<typeof watch.look>[0]) => watch.look(all, term.listeningSince),
  };
  const desk = new RemoteDesk({
    registry,
    defaultScheduler: options.defaultScheduler,
    deadlineMs: options.deadlineMs,
    fallback: options.fallback,
    now,
    random: Math.random,
    enqueue: (id) => {
      reconciler.enqueue(id);
    },
    logger: options.logger.child({ room: 'scheduler' }),
  });
  const { builtIn } = registry;
  const known = new KnownClusters(clusters, feed);
  const reconciler = new Reconciler({
    ports,
    reconcile: {
      store: lead.reconciliation,
      clusters: known,
      instances,
      builtIn,
      desk,
      now,
      newId,
    },
    feed,
    logger,
    silence,
    resyncMs,
  });
  const liveness = createLivenessLoop({
    clusters,
    instances,
    enqueue: (id) => {
      // That a cluster is away may not have been told yet.
      known.doubt();
      reconciler.enqueue(id);
    },
    logger,
    watch,
    silence,
    checkEveryMs: Math.min(5_000, inactiveAfterMs / 4),
  });
  const trimming = new Periodic(
    trimEveryMs,
    async () => {
      await lead.history.trim(options.eventsKept);
      await options.audit.trim(options.auditKept, now() - options.auditKeptMs);
    },
    (error) => {
      logger.error({ err: error }, 'trimming the history or the audit log failed');
    },
  );
  let stopped = false;
  let starting: Promise<void> = Promise.resolve();
  const start = async (): Promise<void> => {
    await feed.lead(lead.history);
    if (stopped) return;
    desk.begin();
    await reconciler.start();
    if (stopped) return;
    liveness.start();
    trimming.start();
    for (const each of options.companions)
      await each.start((id) => {
        reconciler.enqueue(id);
      });
  };
  return {
    get waiting() {
      return reconciler.waiting;
    },
    start() {
      starting = start();
      return starting;
    },
    async stop() {
      stopped = true;
      known.stop();
      feed.follow();
      await Promise.allSettled([starting]);
      await Promise.all([
        liveness.stop(),
        trimming.stop(),
        desk.stop(),
        reconciler.stop(),
        options.dismissSchedulers(),
        ...options.companions.map((each) => each.stop()),
      ]);
    },
  };
}
