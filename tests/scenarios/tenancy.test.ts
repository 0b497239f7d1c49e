/** Two teams on one installation: neither sees or changes what the other has (P9). */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestManager } from '../support/app.js';
import { parsed, problemOf, type Call, type Schemas } from '../support/calls.js';
import { contract } from '../support/contract.js';
import type { HttpCluster } from '../support/world.js';
import { idOf } from '../contract/cases/refusals.js';
import { createOrganization, ContractWorld, signInNew, type Subject } from '../contract/context.js';
import { validRequest } from '../contract/valid-requests.js';

const room = { cpuCores: 100, memoryMiB: 100_000, gpus: 0 };

interface Team {
  readonly organization: Schemas['Organization'];
  readonly token: string;
  readonly userId: string;
  readonly keyId: string;
  readonly tokenId: string;
  readonly webhookId: string;
  readonly subject: Subject;
}

let world: ContractWorld;
let acme: Team;
let rival: Team;

/** A cluster of the team's own, and a service that runs there. */
async function subjectOf(token: string): Promise<Subject> {
  const registered = await world.ask<Schemas['ClusterRegistered']>(201, {
    method: 'POST',
    path: '/api/v1/clusters',
    token,
    json: { name: world.name('cluster') },
  });
  const { id, name } = registered.cluster;
  const { credential, session } = registered;
  const cluster: HttpCluster = { id, name, credential, session };
  await world.report(cluster, [], { capacity: room });
  const { service, operation } = await world.ask<Schemas['ServiceAccepted']>(202, {
    method: 'POST',
    path: '/api/v1/services',
    token,
    json: { name: 'web', command: ['serve'], placement: { cluster: name } },
  });
  const instanceId = await world.until('the instance is placed', async () => {
    const [instance] = await world.instancesOf(service.id);
    return instance?.clusterId === id && instance.id;
  });
  await world.obey(cluster);
  await world.succeeded(operation);
  return { cluster, service, instanceId, operationId: operation.id };
}

async function startTeam(name: string): Promise<Team> {
  const organization = await createOrganization(world, name);
  const { accessToken: token, user } = await signInNew(
    world,
    ['organizationAdmin'],
    organization.id,
  );
  const { apiKey } = await world.ask<Schemas['ApiKeyCreated']>(201, {
    method: 'POST',
    path: '/api/v1/api-keys',
    token,
    json: { name: 'pipeline', permissions: ['services:read'] },
  });
  const { enrolmentToken } = await world.ask<Schemas['EnrolmentTokenCreated']>(201, {
    method: 'POST',
    path: '/api/v1/enrolment-tokens',
    token,
    json: {},
  });
  const { webhook } = await world.ask<Schemas['WebhookWithSecret']>(201, {
    method: 'POST',
    path: '/api/v1/webhooks',
    token,
    json: { url: 'https://hooks.invalid/1', types: ['cluster.never'] },
  });
  return {
    organization,
    token,
    userId: user.id,
    keyId: apiKey.id,
    tokenId: enrolmentToken.id,
    webhookId: webhook.id,
    subject: await subjectOf(token),
  };
}

beforeAll(async () => {
  world = await ContractWorld.create(
    await startTestManager({ inactiveAfterMs: 3_600_000, lostAfterMs: 7_200_000 }),
  );
  acme = await startTeam('acme');
  rival = await startTeam('rival');
}, 120_000);

afterAll(() => world.manager.close());

const ids = [
  'clusterId',
  'serviceId',
  'instanceId',
  'operationId',
  'userId',
  'keyId',
  'tokenId',
  'webhookId',
];

/** What an administrator of an organization may call about one thing. */
const aboutOne = contract.operations.filter(
  ({ parameters, schemes, tag }) =>
    tag !== 'gateway' &&
    parameters.some(({ name, in: place }) => place === 'path' && ids.includes(name)) &&
    schemes.has('user'),
);

/** Without what was asked for. */
const withoutIds = (text: string): string => text.replaceAll(/[0-9a-f]{24}/g, '<id>');

describe('what belongs to another organization', () => {
  it.each(aboutOne.map((operation) => [operation.id, operation] as const))(
    'is for %s the same as what nobody has',
    async (_id, operation) => {
      const of = ({ userId, keyId, tokenId, webhookId, subject }: Team, token: string): Call => ({
        ...validRequest(idOf(operation), subject, world, { userId, keyId, tokenId, webhookId }),
        token,
      });
      const nobodys = Object.fromEntries(ids.map((name) => [name, 'f'.repeat(24)]));
      const call = of(acme, rival.token);
      const foreign = await world.send(call);
      const unknown = await world.send({
        ...call,
        path: validRequest(idOf(operation), acme.subject, world, nobodys).path,
      });
      expect([foreign.status, unknown.status]).toEqual([404, 404]);
      const [one, other] = [foreign, unknown].map((answer) => ({
        ...parsed<Schemas['Problem']>(answer),
        instance: '',
      }));
      expect(withoutIds(JSON.stringify(one))).toBe(withoutIds(JSON.stringify(other)));
    },
  );

  it('is as it was after all of that', async () => {
    const { subject } = acme;
    const before = { ...subject.service, ...(await world.service(subject.service.id)) };
    expect(before).toMatchObject({ version: 1, replicas: 1, phase: 'RUNNING' });
    expect(await world.cluster(subject.cluster.id)).toMatchObject({ version: 1 });
  });

  it.each([
    '/api/v1/services',
    '/api/v1/instances',
    '/api/v1/operations',
    '/api/v1/events',
    '/api/v1/users',
    '/api/v1/api-keys',
    '/api/v1/enrolment-tokens',
    '/api/v1/webhooks',
    '/api/v1/clusters',
    '/api/v1/organizations',
  ])('is not in %s', async (path) => {
    const mine = await world.send({ path, token: rival.token });
    const theirs = await world.send({ path, token: acme.token });
    for (const answer of [mine, theirs]) {
      expect(answer.status).toBe(200);
      expect(parsed<{ items: unknown[] }>(answer).items).not.toEqual([]);
    }
    const idsIn = ({ text }: { text: string }) => new Set(text.match(/[0-9a-f]{24}/g));
    expect([...idsIn(mine)].filter((id) => idsIn(theirs).has(id))).toEqual([]);
  });

  it('takes no instances of others, and is asked for by none of them', async () => {
    const { service, operation } = await world.ask<Schemas['ServiceAccepted']>(202, {
      method: 'POST',
      path: '/api/v1/services',
      token: rival.token,
      json: {
        name: 'intruder',
        command: ['serve'],
        placement: { cluster: acme.subject.cluster.name },
      },
    });
    const reason = await world.until('the scheduler has decided', async () => {
      const [instance] = await world.instancesOf(service.id);
      return instance?.reason;
    });
    expect(reason).toBe('TargetClusterNotFound');
    await world.ask(200, { method: 'POST', path: `/api/v1/operations/${operation.id}/cancel` });
  });

  it('may have the same names', () => {
    expect(acme.subject.service.name).toBe(rival.subject.service.name);
  });
});

describe('the clusters of the installation', () => {
  it('serve every organization, and are changed by none', async () => {
    const { id } = await world.activeCluster();
    const path = `/api/v1/clusters/${id}`;
    await world.ask(200, { path, token: acme.token });
    const json = { labels: { mine: 'yes' } };
    const refused = await world.send({ method: 'PATCH', path, token: acme.token, json });
    expect([refused.status, problemOf(refused).code]).toEqual([403, 'forbidden']);
    for (const verb of ['drain', 'revoke', 'credential']) {
      const call = { method: 'POST', path: `${path}/${verb}`, token: acme.token } as const;
      expect([verb, (await world.send(call)).status]).toEqual([verb, 403]);
    }
  });
});

describe('somebody of an organization', () => {
  it('cannot be given what decides about the installation', async () => {
    const organizationId = acme.organization.id;
    const json = { name: 'boss', roles: ['admin'], password: 'a long sentence', organizationId };
    const user = await world.send({ method: 'POST', path: '/api/v1/users', json });
    expect([user.status, problemOf(user).pointers]).toEqual([400, ['#/roles']]);
    const key = await world.send({
      method: 'POST',
      path: '/api/v1/api-keys',
      json: { name: 'spy', permissions: ['system:read'], organizationId },
    });
    expect([key.status, problemOf(key).pointers]).toEqual([400, ['#/permissions']]);
  });

  it('makes users and keys of that organization only', async () => {
    const made = await world.ask<Schemas['User']>(201, {
      method: 'POST',
      path: '/api/v1/users',
      token: acme.token,
      json: { name: world.name('colleague'), roles: ['viewer'], password: 'a long sentence' },
    });
    expect(made.organizationId).toBe(acme.organization.id);
    const elsewhere = await world.send({
      method: 'POST',
      path: '/api/v1/users',
      token: acme.token,
      json: {
        name: world.name('colleague'),
        roles: ['viewer'],
        password: 'a long sentence',
        organizationId: rival.organization.id,
      },
    });
    expect([elsewhere.status, problemOf(elsewhere).pointers]).toEqual([400, ['#/organizationId']]);
  });
});

describe('a quota', () => {
  const deploy = (token: string, fields: object): Call => ({
    method: 'POST',
    path: '/api/v1/services',
    token,
    json: { ...world.descriptor(), ...fields },
  });

  const member = async (quota: Schemas['Quota']) => {
    const organization = await createOrganization(world, world.name('bounded'), quota);
    const { accessToken } = await signInNew(world, ['applicationProvider'], organization.id);
    const used = async () => {
      const path = `/api/v1/organizations/${organization.id}`;
      return (await world.ask<Schemas['Organization']>(200, { path })).used;
    };
    return { token: accessToken, used };
  };

  it('bounds what is wanted, whoever wishes, and is free again when less is wanted', async () => {
    const { token, used } = await member({ instances: 3, cpuCores: 1 });
    const small = { replicas: 2, resources: { cpuCores: 0.25, memoryMiB: 64 } };
    const { service } = await world.ask<Schemas['ServiceAccepted']>(202, deploy(token, small));
    expect(await used()).toEqual({ instances: 2, cpuCores: 0.5, memoryMiB: 128 });
    for (const more of [{ replicas: 2 }, { resources: { cpuCores: 0.75 } }]) {
      const refused = await world.send(deploy(token, more));
      expect([refused.status, problemOf(refused).code]).toEqual([409, 'quota-exceeded']);
    }
    const path = `/api/v1/services/${service.id}`;
    const scale = (replicas: number, by?: string | null): Call => ({
      method: 'POST',
      path: `${path}/scale`,
      json: { replicas },
      ...(by === undefined ? {} : { token: by }),
    });
    expect((await world.send(scale(4, token))).status).toBe(409);
    // The administrator is bound by it as well.
    expect((await world.send(scale(4))).status).toBe(409);
    await world.ask(202, scale(3, token));
    await world.ask(202, { method: 'DELETE', path, token });
    expect(await used()).toEqual({ instances: 0, cpuCores: 0, memoryMiB: 0 });
  });

  it('is never exceeded by wishes that come at once', async () => {
    const { token, used } = await member({ instances: 3 });
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => world.send(deploy(token, { replicas: 1 }))),
    );
    const accepted = answers.filter(({ status }) => status === 202);
    for (const { status } of answers) expect([202, 409, 503]).toContain(status);
    expect(accepted.length).toBeLessThanOrEqual(3);
    expect((await used()).instances).toBe(accepted.length);
  });
});
