/**
 * Who may call each operation, written down by hand beside the contract: what the documentation promises. An operation without a row
 * does not compile, and a row that differs from the contract fails in the matrix.
 */
import type { CompatOperation, OperationId } from '../../src/http/contract.js';

/** Operations that every manager has. Those of compatibility surfaces know no tokens; see the end of the matrix. */
export type OwnOperation = Exclude<OperationId, CompatOperation>;

/** Kinds of tokens that are told apart by their kind alone. */
export type TokenKind = 'administrator' | 'enrolment' | 'scheduler' | 'cluster';

export interface Row {
  /** What a person or a program needs; nothing where any of them may. Absent where none may. */
  readonly user?: readonly string[];
  readonly apiKey?: readonly string[];
  readonly kinds: readonly TokenKind[];
}

/** Everybody, without a token. */
export const open = 'open';

/** The administrator, and people and programs with the permission. */
const may = (permission: string, ...more: readonly TokenKind[]): Row => ({
  user: [permission],
  apiKey: [permission],
  kinds: ['administrator', ...more],
});

/** The same, but no programs: they keep no accounts and make no keys. */
const people = (permission: string): Row => ({ user: [permission], kinds: ['administrator'] });

const only = (...kinds: readonly TokenKind[]): Row => ({ kinds });

/** What concerns nobody but the person who asks. */
const oneself: Row = { user: [], kinds: [] };

/** Whoever sends events elsewhere has to be allowed to read them. */
const webhook: Row = {
  user: ['webhooks:write', 'events:read'],
  apiKey: ['webhooks:write', 'events:read'],
  kinds: ['administrator'],
};

export const accessTable: Readonly<Record<OwnOperation, Row | typeof open>> = {
  listClusters: may('clusters:read'),
  registerCluster: may('clusters:write', 'enrolment'),
  getCluster: may('clusters:read'),
  updateCluster: may('clusters:write'),
  removeCluster: may('clusters:write'),
  drainCluster: may('clusters:write'),
  resumeCluster: may('clusters:write'),
  approveCluster: may('clusters:write'),
  rejectCluster: may('clusters:write'),
  revokeCluster: may('clusters:write'),
  forgetClusterCertificate: may('clusters:write'),
  rotateClusterCredential: may('clusters:write', 'cluster'),
  listEnrolmentTokens: may('clusters:write'),
  createEnrolmentToken: may('clusters:write'),
  revokeEnrolmentToken: may('clusters:write'),
  submitReport: only('cluster'),
  listWorkers: may('clusters:read'),
  addWorker: may('clusters:write'),
  removeWorker: may('clusters:write'),
  setWorkerCount: may('clusters:write'),

  listServices: may('services:read'),
  deployService: may('services:write'),
  planService: may('services:read'),
  getService: may('services:read'),
  updateService: may('services:write'),
  terminateService: may('services:write'),
  scaleService: may('services:write'),
  migrateService: may('services:write'),
  listRevisions: may('services:read'),
  rollbackService: may('services:write'),
  pauseUpdate: may('services:write'),
  resumeUpdate: may('services:write'),
  listInstances: may('services:read'),
  getInstance: may('services:read'),
  explainPlacement: may('services:read'),
  listOperations: may('services:read'),
  getOperation: may('services:read'),
  cancelOperation: may('services:write'),
  listEvents: may('events:read'),
  streamEvents: may('events:read'),

  listWebhooks: webhook,
  createWebhook: webhook,
  getWebhook: webhook,
  updateWebhook: webhook,
  removeWebhook: webhook,
  rotateWebhookSecret: webhook,
  listDeadLetters: webhook,
  redeliverDeadLetter: webhook,

  listSchedulers: may('schedulers:read'),
  testScheduler: may('schedulers:read'),

  signIn: open,
  refreshSession: open,
  beginOpenIdSignIn: open,
  completeOpenIdSignIn: open,
  signOut: oneself,
  getMe: oneself,
  changePassword: oneself,
  listUsers: may('users:read'),
  createUser: people('users:write'),
  getUser: may('users:read'),
  updateUser: people('users:write'),
  removeUser: people('users:write'),
  setPassword: people('users:write'),
  endSessions: people('users:write'),
  listApiKeys: people('keys:write'),
  createApiKey: people('keys:write'),
  revokeApiKey: people('keys:write'),
  getKeySet: open,
  listOrganizations: may('organizations:read'),
  createOrganization: people('organizations:write'),
  getOrganization: may('organizations:read'),
  updateOrganization: people('organizations:write'),
  removeOrganization: people('organizations:write'),

  listAudit: may('system:read'),
  verifyAudit: may('system:read'),

  getVersion: {
    user: [],
    apiKey: [],
    kinds: ['administrator', 'enrolment', 'scheduler', 'cluster'],
  },
  getSummary: {
    user: ['clusters:read', 'services:read'],
    apiKey: ['clusters:read', 'services:read'],
    kinds: ['administrator'],
  },
  getStorm: may('system:read'),
  releaseStorm: may('system:write'),
  getHealth: open,
  getReadiness: open,
  getMetrics: may('system:read'),
  getContract: open,
  getDocs: open,
  getDashboard: open,

  connectAgent: only('enrolment', 'cluster'),
  connectScheduler: only('administrator', 'scheduler'),
};
