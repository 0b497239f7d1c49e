/** A manager to throw things at, with a cluster, a service that runs there, and people and programs who may ask. */
import { pino } from 'pino';
import { Random } from '../simulation/engine/random.js';
import { adminToken, startTestManager, type TestManager } from '../support/app.js';
import { parsed, send, type Call, type Schemas } from '../support/calls.js';

/** What went wrong, and how to have it again. */
export interface Failure {
  readonly kind: 'frames' | 'requests';
  readonly index: number;
  readonly what: string;
}

export interface Plant {
  readonly manager: TestManager;
  readonly seed: string;
  readonly cluster: Schemas['ClusterRegistered'];
  readonly clusterName: string;
  readonly service: Schemas['Service'];
  readonly instanceId: string;
  readonly tokens: readonly string[];
  readonly failures: Failure[];
  /** Lines that the manager has logged as errors since they were last asked for. */
  takeErrors(): readonly string[];
  random(kind: Failure['kind'], index: number): Random;
  close(): Promise<void>;
}

const password = 'correct horse battery staple';

async function ask<T>({ app }: TestManager, call: Call): Promise<T> {
  const answer = await send(app.http, call);
  if (answer.status >= 300) throw new Error(`${call.path}: ${answer.status} ${answer.text}`);
  return parsed<T>(answer);
}

const post = <T>(manager: TestManager, path: string, json: unknown, token?: string): Promise<T> =>
  ask(manager, { method: 'POST', path, json, ...(token !== undefined && { token }) });

async function people(manager: TestManager): Promise<readonly string[]> {
  const organization = await post<Schemas['Organization']>(manager, '/api/v1/organizations', {
    name: 'fuzzers',
    quota: { instances: 20 },
  });
  const user = { name: 'fuzzer', roles: ['organizationAdmin'], password };
  await post(manager, '/api/v1/users', { ...user, organizationId: organization.id });
  const { accessToken } = await ask<Schemas['SignedIn']>(manager, {
    method: 'POST',
    path: '/api/v1/sessions',
    token: null,
    json: { name: user.name, password },
  });
  const { key } = await post<Schemas['ApiKeyCreated']>(manager, '/api/v1/api-keys', {
    name: 'fuzzer',
    permissions: ['services:read', 'clusters:read'],
  });
  await ask(manager, { path: '/api/v1/version', token: key });
  return [accessToken, key];
}

export async function createPlant(seed: string): Promise<Plant> {
  const errors: string[] = [];
  const write = (line: string): void => {
    errors.push(line.trim());
  };
  // What is thrown at it is more than anybody would be allowed; what is done with it is looked at here.
  const manager = await startTestManager({
    logger: pino({ level: 'error' }, { write }),
    tolerant: true,
    door: { rates: {} },
    inactiveAfterMs: 3_600_000,
    lostAfterMs: 7_200_000,
    heartbeatMs: 3_600_000,
  });
  const clusterName = 'fuzzed';
  const cluster = await post<Schemas['ClusterRegistered']>(manager, '/api/v1/clusters', {
    name: clusterName,
  });
  const { credential } = cluster;
  const capacity = { cpuCores: 100, memoryMiB: 100_000, gpus: 0 };
  const report = { session: cluster.session, sequence: 1, instances: [], capacity };
  await post(manager, `/api/v1/clusters/${cluster.cluster.id}/reports`, report, credential);
  const { service } = await post<Schemas['ServiceAccepted']>(manager, '/api/v1/services', {
    name: 'fuzzed',
    command: ['serve'],
    placement: { cluster: clusterName },
  });
  let instanceId: string | undefined;
  while (instanceId === undefined) {
    const path = `/api/v1/instances?serviceId=${service.id}`;
    const { items } = await ask<Schemas['InstancePage']>(manager, { path });
    instanceId = items.find(({ clusterId }) => clusterId !== undefined)?.id;
  }
  return {
    manager,
    seed,
    cluster,
    clusterName,
    service,
    instanceId,
    tokens: [adminToken, credential, ...(await people(manager))],
    failures: [],
    takeErrors: () => errors.splice(0),
    random: (kind, index) => new Random(`${seed}/${kind}/${index}`),
    close: () => manager.close(),
  };
}
