/** For each operation a request that is answered well, the starting point of all that is wrong with others. */
import { loadContract } from '../../src/http/contract-document.js';
import type { OperationId } from '../../src/http/contract.js';
import { enrolmentToken } from '../support/app.js';
import type { Call } from '../support/calls.js';
import type { World } from '../support/world.js';
import type { Subject } from './context.js';

/** What has to be filled in beside the address. */
type Filling = Pick<Call, 'json' | 'token'>;

const fillings: Partial<Record<OperationId, (subject: Subject, world: World) => Filling>> = {
  registerCluster: (_, world) => ({ json: { name: world.name('cluster') } }),
  updateCluster: () => ({ json: { labels: { tier: 'silver' } } }),
  submitReport: ({ cluster }) => ({
    token: cluster.credential,
    json: { session: cluster.session, sequence: 1_000, instances: [] },
  }),
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
};

const paths: Readonly<Record<string, (subject: Subject) => string>> = {
  clusterId: ({ cluster }) => cluster.id,
  serviceId: ({ service }) => service.id,
  instanceId: ({ instanceId }) => instanceId,
  operationId: ({ operationId }) => operationId,
  schedulerName: () => 'built-in',
};

const operations = new Map(loadContract().operations.map((each) => [each.id, each]));

/** @param inPath - values for path parameters that differ from those of the subject */
export function validRequest(
  operationId: OperationId,
  subject: Subject,
  world: World,
  inPath: Readonly<Record<string, string>> = {},
): Call {
  const operation = operations.get(operationId);
  if (operation === undefined) throw new Error(`the contract has no operation ${operationId}`);
  const path = operation.url.replaceAll(
    /:(\w+)/g,
    (_, name: string) => inPath[name] ?? paths[name]?.(subject) ?? name,
  );
  return { method: operation.method, path, ...fillings[operationId]?.(subject, world) };
}
