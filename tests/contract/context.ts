/** What the cases of the contract stand on: one manager, and subjects that they act on. */
import { randomUUID } from 'node:crypto';
import type { ErrorCode } from '../../src/domain/errors.js';
import type { OperationId } from '../../src/http/contract.js';
import type { Answer, Call, Schemas } from '../support/calls.js';
import type { TestManager } from '../support/app.js';
import type { OpenIdProvider } from '../support/openid-provider.js';
import { World, type HttpCluster } from '../support/world.js';

/** A manager with somebody and something that have tokens of their own. */
export class ContractWorld extends World {
  /** A viewer who has signed in. Nobody ends the session. */
  readonly person: Schemas['SignedIn'];
  /** A key that allows nothing but reading the schedulers. It has been used just now. */
  readonly apiKey: Schemas['ApiKeyCreated'];

  /** An enrolment token that nobody uses. */
  readonly enrolmentToken: Schemas['EnrolmentTokenCreated'];

  /** A webhook that is switched off. */
  readonly webhook: Schemas['WebhookWithSecret'];

  /** An organization to which nothing belongs. */
  readonly organization: Schemas['Organization'];

  /** The identity provider of the manager, if it has one. */
  readonly provider: OpenIdProvider | undefined;

  private constructor(
    manager: TestManager,
    given: Pick<
      ContractWorld,
      'person' | 'apiKey' | 'enrolmentToken' | 'webhook' | 'organization' | 'provider'
    >,
  ) {
    super(manager);
    this.person = given.person;
    this.apiKey = given.apiKey;
    this.enrolmentToken = given.enrolmentToken;
    this.webhook = given.webhook;
    this.provider = given.provider;
    this.organization = given.organization;
  }

  static async create(manager: TestManager, provider?: OpenIdProvider): Promise<ContractWorld> {
    const world = new World(manager);
    const person = await signInNew(world, ['viewer']);
    return new ContractWorld(manager, {
      person,
      apiKey: await createKey(world, ['schedulers:read']),
      enrolmentToken: await createEnrolmentToken(world),
      webhook: await createWebhook(world),
      provider,
      organization: await createOrganization(world, 'resident'),
    });
  }
}

/** A cluster with a service whose only instance runs there. */
export interface Subject {
  readonly cluster: HttpCluster;
  readonly service: Schemas['Service'];
  readonly instanceId: string;
  readonly operationId: string;
}

export interface Context {
  readonly world: ContractWorld;
  /** Refused requests are aimed at it; nothing may change it. */
  readonly resident: Subject;
  /** An `Idempotency-Key` that the administrator has used already. */
  readonly usedKey: string;
}

/** Produces one documented answer of one operation. */
export interface Case {
  readonly operationId: OperationId;
  readonly status: number;
  readonly name: string;
  /** What a refusal says; a refusal leaves the state as it was. */
  readonly problem?: { readonly code: ErrorCode; readonly pointers?: readonly string[] };
  /** Prepares what is needed and tells the request. */
  readonly request: (context: Context) => Call | Promise<Call>;
  /** How the request is sent, where it cannot go through `inject`. */
  readonly transport?: (context: Context, call: Call) => Promise<Answer>;
  /** What else holds of the answer. */
  readonly check?: (answer: Answer, context: Context, call: Call) => void | Promise<void>;
}

export async function createSubject(world: World): Promise<Subject> {
  const cluster = await world.activeCluster({ location: 'munich', labels: { tier: 'gold' } });
  const { service, operation } = await world.runningAt(cluster);
  const [instance] = await world.instancesOf(service.id);
  if (instance === undefined) throw new Error('the service has no instance');
  return {
    cluster,
    service: await world.service(service.id),
    instanceId: instance.id,
    operationId: operation.id,
  };
}

export const personPassword = 'correct horse battery staple';

export const createOrganization = (
  world: World,
  name: string,
  quota?: Schemas['Quota'],
): Promise<Schemas['Organization']> =>
  world.ask(201, {
    method: 'POST',
    path: '/api/v1/organizations',
    json: { name, ...(quota && { quota }) },
  });

export const createEnrolmentToken = (
  world: World,
  json: object = {},
): Promise<Schemas['EnrolmentTokenCreated']> =>
  world.ask(201, { method: 'POST', path: '/api/v1/enrolment-tokens', json });

/** A webhook that delivers nothing, so that its state stays as it is. */
export async function createWebhook(world: World): Promise<Schemas['WebhookWithSecret']> {
  const made = await world.ask<Schemas['WebhookWithSecret']>(201, {
    method: 'POST',
    path: '/api/v1/webhooks',
    json: { url: 'http://127.0.0.1:1/', types: ['cluster.never'] },
  });
  const webhook = await world.ask<Schemas['Webhook']>(200, {
    method: 'PATCH',
    path: `/api/v1/webhooks/${made.webhook.id}`,
    json: { enabled: false },
  });
  return { ...made, webhook };
}

/** Somebody new who has signed in. */
export async function signInNew(
  world: World,
  roles: readonly Schemas['Role'][],
  organizationId?: string,
): Promise<Schemas['SignedIn']> {
  // Names of people are never used again, and several worlds may share a manager.
  const name = `user-${randomUUID()}`;
  await world.ask(201, {
    method: 'POST',
    path: '/api/v1/users',
    json: { name, roles, password: personPassword, ...(organizationId && { organizationId }) },
  });
  return world.ask(201, {
    method: 'POST',
    path: '/api/v1/sessions',
    token: null,
    json: { name, password: personPassword },
  });
}

/** A new key, used once: the time of its last use is not changed by another use soon after. */
export async function createKey(
  world: World,
  permissions: readonly Schemas['Permission'][],
  days = 90,
): Promise<Schemas['ApiKeyCreated']> {
  const created = await world.ask<Schemas['ApiKeyCreated']>(201, {
    method: 'POST',
    path: '/api/v1/api-keys',
    json: { name: world.name('key'), permissions, days },
  });
  await world.ask(200, { path: '/api/v1/version', token: created.key });
  return created;
}

export async function createContext(world: ContractWorld): Promise<Context> {
  const resident = await createSubject(world);
  const usedKey = 'used-by-another-request';
  await world.ask(200, {
    method: 'POST',
    path: `/api/v1/clusters/${resident.cluster.id}/workers`,
    headers: { 'idempotency-key': usedKey },
    json: { name: 'worker-1' },
  });
  await world.until('the history has told it', async () => {
    const path = `/api/v1/events?limit=500&subjectId=${resident.cluster.id}`;
    const { items } = await world.ask<Schemas['EventPage']>(200, { path });
    return items.some(({ type }) => type === 'cluster.workersCounted');
  });
  return { world, resident, usedKey };
}
