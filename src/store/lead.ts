import type mongoose from 'mongoose';
import type { Lead, LeadHolder } from '../domain/leadership.js';
import type {
  ClusterStore,
  InstanceStore,
  OperationStore,
  ReconcileStore,
  ServiceStore,
  UnitOfWork,
} from '../domain/ports.js';
import { createClusterStore } from './clusters.js';
import { FencedTransactions, LeadTransactions } from './fence.js';
import { History } from './history.js';
import { createInstanceStore } from './instances.js';
import type { LeaseOptions } from './leases.js';
import { createOperationStore } from './operations.js';
import { createReconcileStore } from './reconciliation.js';
import { createServiceStore } from './services.js';
import { durably } from '../failpoints.js';

/** The data layer as the leader uses it: each of its transactions is refused once another manager has taken over. */
export interface StoreLead extends Lead {
  readonly clusters: ClusterStore;
  readonly services: ServiceStore;
  readonly instances: InstanceStore;
  readonly operations: OperationStore;
  readonly work: UnitOfWork;
  readonly reconciliation: ReconcileStore;
  readonly history: History;
}

export interface Term {
  readonly fence: number;
  /** One for decisions, one for the history: neither waits for the other. */
  readonly sessions: readonly [mongoose.mongo.ClientSession, mongoose.mongo.ClientSession];
  readonly holder: LeadHolder;
}

export function createLead(options: LeaseOptions, { fence, sessions, holder }: Term): StoreLead {
  const { connection, models, gate, now, onAppend, timeoutMs: timeoutMS } = options;
  const [deciding, writing] = sessions;
  const work = new FencedTransactions(connection, deciding, holder, { models, fence });
  const transactions = new LeadTransactions(connection, writing, holder);
  const update = (change: object) =>
    models.leases.collection.updateOne({ _id: 'lease' as never, fence }, change, { timeoutMS });
  return {
    fence,
    work,
    clusters: createClusterStore(models, work, gate),
    services: createServiceStore(models, work),
    instances: createInstanceStore(models, work, now),
    operations: createOperationStore(models, work),
    reconciliation: createReconcileStore(models, work, gate),
    history: new History({ models, transactions, fence, holder, onAppend }),
    renew: async () =>
      (await durably('lease.renew', () => update({ $inc: { renewals: 1 } }))).matchedCount === 1,
    release: async () => {
      try {
        await durably('lease.release', () =>
          update({ $unset: { holder: '', sessions: '' }, $inc: { renewals: 1 } }),
        );
      } finally {
        await Promise.all(sessions.map((session) => session.endSession()));
      }
    },
  };
}
