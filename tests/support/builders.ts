/** Values of the domain for unit tests: complete, plain, and changed only where a test says so. */
import type { Cluster } from '../../src/domain/cluster/cluster.js';
import type { Half, Instance } from '../../src/domain/instance/instance.js';
import { newOperation, type Operation } from '../../src/domain/operation/operation.js';
import type { ServiceState, Surroundings } from '../../src/domain/reconcile/state.js';
import type { ClusterPicture, PlacementRequest } from '../../src/domain/scheduling/scheduling.js';
import type { Descriptor } from '../../src/domain/service/descriptor.js';
import type { Service } from '../../src/domain/service/service.js';

/** A readable id: `id(7)` is `000000000000000000000007`. */
export const id = (number: number): string => number.toString(16).padStart(24, '0');

export const startedAt = Date.UTC(2026, 0, 5, 9);

export const aDescriptor = (fields: Partial<Descriptor> = {}): Descriptor => ({
  name: 'hello',
  application: 'default',
  replicas: 1,
  runtime: 'process',
  command: ['true'],
  resources: { cpuCores: 1, memoryMiB: 100, gpus: 0 },
  restart: 'always',
  oneShot: false,
  update: { healthySeconds: 0 },
  whenLost: 'keep',
  ...fields,
});

export const aService = (fields: Partial<Service> = {}): Service => ({
  id: id(0x5e),
  name: 'hello',
  application: 'default',
  descriptor: aDescriptor(fields.name === undefined ? {} : { name: fields.name }),
  replicas: 1,
  revision: 1,
  previous: [],
  lifecycle: 'live',
  phase: 'REQUESTED',
  phaseCounts: {},
  createdAt: startedAt,
  updatedAt: startedAt,
  version: 1,
  ...fields,
});

export const aCluster = (fields: Partial<Cluster> = {}): Cluster => ({
  id: id(0xc1),
  name: 'c1',
  location: 'munich',
  capabilities: ['process'],
  labels: {},
  taints: [],
  schedulable: true,
  lifecycle: 'present',
  admission: 'approved',
  liveness: 'active',
  capacity: { cpuMillicores: 10_000, memoryMiB: 10_000, gpus: 0 },
  reserved: { cpuMillicores: 0, memoryMiB: 0, gpus: 0 },
  anonymousWorkers: 0,
  addedWorkers: [],
  reportedWorkers: [],
  credentialHash: 'x',
  session: 1,
  sequence: 0,
  lastHeardAt: startedAt,
  createdAt: startedAt,
  version: 1,
  ledgerVersion: 1,
  ...fields,
});

export const aHalf = (fields: Partial<Half> = {}): Half => ({
  generation: 1,
  role: 'current',
  clusterId: id(0xc1),
  clusterName: 'c1',
  revision: 1,
  resources: { cpuMillicores: 1_000, memoryMiB: 100, gpus: 0 },
  action: 'run',
  acknowledged: true,
  boundAt: startedAt,
  phase: 'RUNNING',
  ...fields,
});

export const anInstance = (fields: Partial<Instance> = {}): Instance => ({
  id: id(0x10),
  serviceId: id(0x5e),
  serviceName: 'hello',
  application: 'default',
  ordinal: 0,
  revision: 1,
  wanted: true,
  live: true,
  phase: 'RUNNING',
  halves: [aHalf()],
  lastGeneration: 1,
  refusals: 0,
  createdAt: startedAt,
  updatedAt: startedAt,
  version: 1,
  ...fields,
});

export const anOperation = (fields: Partial<Operation> = {}): Operation => ({
  ...newOperation(
    {
      id: id(0x0f),
      kind: 'deploy',
      subjectKind: 'service',
      subjectId: id(0x5e),
      subjectName: 'default.hello',
    },
    startedAt,
  ),
  ...fields,
});

export const aState = (fields: Partial<ServiceState> = {}): ServiceState => ({
  service: aService(),
  instances: [],
  operations: [],
  ...fields,
});

/** Ids that the rules make start at 0x1000. */
export const surroundingsOf = (
  clusters: readonly Cluster[],
  fields: Partial<Surroundings> = {},
): Surroundings => {
  let next = 0x1000;
  return {
    now: startedAt,
    clusters: new Map(clusters.map((cluster) => [cluster.id, cluster])),
    lostAfterMs: 105_000,
    absences: new Map(),
    newId: () => id((next += 1)),
    ...fields,
  };
};

export const aPicture = (fields: Partial<ClusterPicture> = {}): ClusterPicture => ({
  id: id(0xc1),
  name: 'c1',
  location: 'munich',
  active: true,
  schedulable: true,
  capabilities: ['process'],
  labels: {},
  taints: [],
  workers: [],
  capacity: { cpuMillicores: 10_000, memoryMiB: 10_000, gpus: 0 },
  free: { cpuMillicores: 10_000, memoryMiB: 10_000, gpus: 0 },
  ...fields,
});

export const aRequest = (fields: Partial<PlacementRequest> = {}): PlacementRequest => ({
  instanceId: id(0x10),
  serviceId: id(0x5e),
  serviceName: 'hello',
  application: 'default',
  generation: 1,
  labels: {},
  runtime: 'process',
  resources: { cpuMillicores: 1_000, memoryMiB: 100, gpus: 0 },
  placement: {},
  siblings: new Map(),
  ...fields,
});
