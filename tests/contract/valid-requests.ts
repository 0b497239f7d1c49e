/** For each operation a request that is answered well, the starting point of all that is wrong with others. */
import { loadContract } from '../../src/http/contract-document.js';
import type { OperationId } from '../../src/http/contract.js';
import { enrolmentToken } from '../support/app.js';
import type { Call } from '../support/calls.js';
import { personPassword, type ContractWorld, type Subject } from './context.js';

/** What has to be filled in beside the address. */
type Filling = Pick<Call, 'json' | 'token'>;

const fillings: Partial<Record<OperationId, (subject: Subject, world: ContractWorld) => Filling>> =
  {
    registerCluster: (_, world) => ({ json: { name: world.name('cluster') } }),
    updateCluster: () => ({ json: { labels: { tier: 'silver' } } }),
    submitReport: ({ cluster }) => ({
      token: cluster.credential,
      json: { session: cluster.session, sequence: 1_000, instances: [] },
    }),
    createWebhook: () => ({ json: { url: 'https://hooks.invalid/1' } }),
    updateWebhook: () => ({ json: { name: 'chat' } }),
    createEnrolmentToken: () => ({ json: {} }),
    addWorker: () => ({ json: {} }),
    setWorkerCount: () => ({ json: { count: 5 } }),
    deployService: (_, world) => ({ json: world.descriptor() }),
    planService: (_, world) => ({ json: world.descriptor() }),
    updateService: ({ service, cluster }) => ({
      json: {
        name: service.name,
        command: ['serve', '--better'],
        placement: { cluster: cluster.name },
      },
    }),
    scaleService: () => ({ json: { replicas: 2 } }),
    rollbackService: () => ({ json: {} }),
    migrateService: ({ cluster }) => ({ json: { to: { cluster: cluster.name } } }),
    connectAgent: () => ({ token: enrolmentToken }),
    signIn: (_, { person }) => ({ json: { name: person.user.name, password: personPassword } }),
    refreshSession: (_, { person }) => ({ json: { refreshToken: person.refreshToken } }),
    completeOpenIdSignIn: () => ({ json: { flow: 'x', code: 'x', state: 'x' } }),
    signOut: (_, { person }) => ({ token: person.accessToken }),
    getMe: (_, { person }) => ({ token: person.accessToken }),
    changePassword: (_, { person }) => ({
      token: person.accessToken,
      json: { present: personPassword, next: 'the next long sentence' },
    }),
    createOrganization: (_, world) => ({ json: { name: world.name('organization') } }),
    updateOrganization: () => ({ json: { displayName: 'Acme' } }),
    createUser: (_, world) => ({
      json: { name: world.name('user'), roles: ['viewer'], password: personPassword },
    }),
    updateUser: () => ({ json: { displayName: 'Ada' } }),
    setPassword: () => ({ json: { password: 'some other long sentence' } }),
    createApiKey: (_, world) => ({
      json: { name: world.name('key'), permissions: ['services:read'] },
    }),
  };

const paths: Readonly<Record<string, (subject: Subject, world: ContractWorld) => string>> = {
  clusterId: ({ cluster }) => cluster.id,
  serviceId: ({ service }) => service.id,
  instanceId: ({ instanceId }) => instanceId,
  operationId: ({ operationId }) => operationId,
  schedulerName: () => 'built-in',
  userId: (_, { person }) => person.user.id,
  keyId: (_, { apiKey }) => apiKey.apiKey.id,
  tokenId: (_, { enrolmentToken: { enrolmentToken } }) => enrolmentToken.id,
  webhookId: (_, { webhook: { webhook } }) => webhook.id,
  letterId: () => 'f'.repeat(24),
  organizationId: (_, { organization }) => organization.id,
};

const operations = new Map(loadContract().operations.map((each) => [each.id, each]));

/** @param inPath - values for path parameters that differ from those of the subject */
export function validRequest(
  operationId: OperationId,
  subject: Subject,
  world: ContractWorld,
  inPath: Readonly<Record<string, string>> = {},
): Call {
  const operation = operations.get(operationId);
  if (operation === undefined) throw new Error(`the contract has no operation ${operationId}`);
  const path = operation.url.replaceAll(
    /:(\w+)/g,
    (_, name: string) => inPath[name] ?? paths[name]?.(subject, world) ?? name,
  );
  return { method: operation.method, path, ...fillings[operationId]?.(subject, world) };
}
