/** The Mongoose data layer: implements the ports of the domain on one MongoDB, embedded or not. */
import type mongoose from 'mongoose';
import type { IdempotentWrites } from '../domain/idempotency.js';
import type { LeaseStore } from '../domain/leadership.js';
import type { ClusterStore, InstanceStore, OperationStore, ServiceStore } from '../domain/ports.js';
import { operationStates } from '../domain/operation/operation.js';
import { Phase } from '../domain/phase.js';
import type { TotalsStore } from '../domain/summary/summary.js';
import type { DeadLetterStore, WebhookStore } from '../domain/webhook/ports.js';
import type { ApplicationStore } from '../domain/application/application.js';
import { createApplicationStore } from './applications.js';
import { createAdoptions, type Adoptions } from './adoptions.js';
import { createAccessStore, type AccessStore } from './access/access.js';
import { asVerdict, checkCapabilities } from './capabilities.js';
import { ChangeFollower } from './change-follower.js';
import { createClusterStore } from './clusters.js';
import { connect, type CommandListener, type Databases } from './connection.js';
import { createDatabaseApi, type DatabaseApi } from './database-api.js';
import { EventLog } from './event-log.js';
import { keepBeginning } from './history.js';
import { createIdempotentWrites } from './idempotency.js';
import { newId } from './ids.js';
import { createInstanceStore } from './instances.js';
import type { StoreLead } from './lead.js';
import { Leases } from './leases.js';
import { LedgerGate } from './ledger-gate.js';
import { createIndexes, createModels, type Models } from './models.js';
import { createNoticeStore, type NoticeStore } from './notices.js';
import { createOperationStore } from './operations.js';
import { createServiceStore } from './services.js';
import { createTotalsStore } from './totals.js';
import { createDeadLetterStore } from './webhooks/dead-letters.js';
import { createWebhookStore } from './webhooks/webhooks.js';
import { Transactions } from './unit-of-work.js';

export interface StoreOptions {
  readonly uri: string;
  /** The server is known to do what is needed, so it is not tried at the start: the embedded store. @defaultValue `false` */
  readonly trusted?: boolean;
  /** Name of this manager, for the lease. @defaultValue `manager` */
  readonly managerName?: string;
  /** How long one question about the lease may take. @defaultValue 2 s */
  readonly leaseTimeoutMs?: number;
  readonly now: () => number;
  readonly onError: (error: unknown, message: string) => void;
  /** Is told every command that goes to the store; costs time, so only where it is wanted. */
  readonly onCommand?: CommandListener;
}

export interface Store {
  readonly databases: Databases;
  readonly models: Models;
  readonly transactions: Transactions;
  readonly clusters: ClusterStore;
  readonly services: ServiceStore;
  readonly applications: ApplicationStore;
  readonly instances: InstanceStore;
  readonly operations: OperationStore;
  readonly events: EventLog;
  readonly totals: TotalsStore;
  readonly leases: LeaseStore<StoreLead>;
  readonly idempotency: IdempotentWrites;
  readonly access: AccessStore;
  readonly webhooks: WebhookStore;
  readonly deadLetters: DeadLetterStore;
  readonly feed: ChangeFollower;
  readonly databaseApi: DatabaseApi;
  readonly adoptions: Adoptions;
  readonly notices: NoticeStore;
  /** Whether the store answers. */
  ping(): Promise<boolean>;
  /** How many instances are in each phase, or operations in each state; an index tells. */
  countBy(what: keyof typeof countable): Promise<ReadonlyMap<string, number>>;
  close(): Promise<void>;
}

/** Puts the data layer on a database that is connected and has its indexes. */
export function createStore(
  databases: Databases,
  models: Models,
  {
    now,
    onError,
    managerName,
    leaseTimeoutMs,
  }: Omit<StoreOptions, 'uri' | 'trusted' | 'onCommand'>,
): Store {
  const { connection } = databases;
  const transactions = new Transactions(connection);
  const events = new EventLog(models);
  const onAppend = (last: number): void => {
    events.announce(last);
  };
  const feed = new ChangeFollower({
    connection,
    onAppend,
    onError,
    onBeginning: (token) => keepBeginning(models, token),
  });
  const gate = new LedgerGate();
  const leases = new Leases({
    connection,
    models,
    transactions,
    gate,
    now,
    onError,
    onAppend,
    // Two managers may have been given the same name.
    holder: `${managerName ?? 'manager'} ${newId()}`,
    timeoutMs: leaseTimeoutMs ?? leaseTimeoutMsDefault,
  });
  return {
    databases,
    models,
    transactions,
    clusters: createClusterStore(models, transactions, gate),
    services: createServiceStore(models, transactions),
    applications: createApplicationStore(models, transactions),
    instances: createInstanceStore(models, transactions, now),
    operations: createOperationStore(models, transactions),
    events,
    totals: createTotalsStore(models),
    leases,
    idempotency: createIdempotentWrites(models, transactions, now),
    access: createAccessStore(models, transactions, now),
    webhooks: createWebhookStore(models, transactions),
    deadLetters: createDeadLetterStore(models, transactions),
    feed,
    databaseApi: createDatabaseApi(models),
    adoptions: createAdoptions(models, transactions),
    notices: createNoticeStore(models),
    ping: () => ping(connection),
    countBy: (what) => countBy(models, what),
    close: async () => {
      await feed.close();
      await connection.close();
    },
  };
}

/** @throws Error when no server answers, or when it cannot do what is needed */
export async function openStore({
  uri,
  onCommand,
  trusted = false,
  ...options
}: StoreOptions): Promise<Store> {
  const databases = await connect(uri, onCommand).catch((error: unknown) => {
    throw asVerdict(error);
  });
  const { connection } = databases;
  try {
    if (!trusted) await checkCapabilities(connection.getClient());
    const models = createModels(databases);
    await createIndexes(models);
    return createStore(databases, models, options);
  } catch (error) {
    await connection.close();
    throw error;
  }
}

const pingTimeoutMs = 2_000;
const leaseTimeoutMsDefault = 2_000;

async function ping(connection: mongoose.Connection): Promise<boolean> {
  try {
    await connection.getClient().db('admin').command({ ping: 1 }, { timeoutMS: pingTimeoutMs });
    return true;
  } catch {
    // Why it does not answer is logged where work fails because of it.
    return false;
  }
}

/** What is counted by which of its fields, and the values that this may have. */
const countable = {
  instances: { field: 'phase', values: Object.values(Phase) },
  operations: { field: 'state', values: operationStates },
} as const;

async function countBy(
  models: Models,
  what: keyof typeof countable,
): Promise<ReadonlyMap<string, number>> {
  const { field, values } = countable[what];
  const model = models[what] as mongoose.Model<unknown>;
  const counts = values.map(async (value): Promise<[string, number]> => [
    value,
    await model.countDocuments({ [field]: value }),
  ]);
  return new Map(await Promise.all(counts));
}
