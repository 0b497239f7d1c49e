/** Which story gets to which failpoint. A name without a row does not compile. */
import type { DurableWrite, FailpointName, moments } from '../../src/failpoints.js';
import type { FileStories } from './file-stories.js';
import type { ManagerStories } from './manager-stories.js';
import type { StoreStories } from './store-stories.js';

type Story<T> = Exclude<keyof T, 'end' | 'checkHistory' | 'start'>;

export type Row =
  | { readonly manager: Story<ManagerStories> }
  | { readonly store: Story<StoreStories> }
  | { readonly files: Story<FileStories> }
  | { readonly special: 'heartbeat' | 'silence' | 'begin' };

const writes: Readonly<Record<DurableWrite, Row>> = {
  'cluster.insert': { manager: 'register' },
  'cluster.replace': { manager: 'count' },
  'cluster.renewCredential': { manager: 'enrolAgain' },
  'cluster.beginSession': { manager: 'enrol' },
  'enrolmentToken.use': { manager: 'enrolWithToken' },
  'cluster.observe': { manager: 'enrol' },
  'cluster.heard': { special: 'heartbeat' },
  'cluster.markInactive': { special: 'silence' },
  'webhook.progress': { manager: 'deliver' },
  'service.insert': { manager: 'deploy' },
  'service.replace': { manager: 'change' },
  'instance.saveAll': { manager: 'deploy' },
  'operation.insert': { manager: 'deploy' },
  'operation.replace': { manager: 'drain' },
  'binding.commit': { manager: 'deploy' },
  'idempotency.remember': { manager: 'register' },
  'transaction.commit': { manager: 'register' },
  'history.append': { manager: 'deploy' },
  'history.keepFirstPosition': { store: 'follow' },
  'history.declareGap': { store: 'declareGap' },
  'history.trim': { store: 'trim' },
  'lease.take': { store: 'takeOver' },
  'lease.renew': { store: 'renew' },
  'lease.release': { store: 'giveBack' },
  'token.write': { files: 'token' },
};

const others: Readonly<Record<(typeof moments)[number], Row>> = {
  'binding.reserved': { manager: 'deploy' },
  'history.append.moved': { manager: 'deploy' },
  'history.trim.marked': { store: 'trim' },
  'history.declareGap.declared': { store: 'declareGap' },
  'lease.take.formerEnded': { store: 'takeOver' },
  'leadership.begun': { special: 'begin' },
  'session.begun': { manager: 'enrol' },
  'session.resuming': { manager: 'enrol' },
  'orders.sending': { manager: 'deploy' },
  'orders.sent': { manager: 'deploy' },
  'ack.received': { manager: 'deploy' },
  'ack.stored': { manager: 'deploy' },
  'nack.received': { manager: 'refuse' },
  'nack.stored': { manager: 'refuse' },
  'report.stored': { manager: 'deploy' },
  'request.done': { manager: 'register' },
  'group.filled': { files: 'write' },
  // Nobody but the end of the process can come between the disk and the answer: see the test with kill -9.
  'group.durable': { files: 'write' },
  'changeLog.trimming': { files: 'trimLog' },
  'backup.copied': { files: 'backup' },
  'backup.published': { files: 'backup' },
  'restore.filled': { files: 'restore' },
  'restore.published': { files: 'restore' },
};

export const table = [
  ...Object.entries(writes).flatMap(([name, row]) => [
    [`${name}.before`, row] as const,
    [`${name}.after`, row] as const,
  ]),
  ...Object.entries(others),
] as readonly (readonly [FailpointName, Row])[];
