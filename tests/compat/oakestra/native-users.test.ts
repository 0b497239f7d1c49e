/** People who were made through the native API, at the door for users of Oakestra. */
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Schemas } from '../../support/calls.js';
import { OakSite } from './oak-site.js';
import { aMicroservice, anApplication, anSla } from './slas.js';

vi.setConfig({ testTimeout: 90_000, hookTimeout: 90_000 });

const password = 'a long one of theirs';

let site: OakSite;

beforeAll(async () => {
  site = await OakSite.open();
});

afterAll(() => site.close());

const makeUser = (fields: Partial<Schemas['NewUser']>): Promise<Schemas['User']> =>
  site.ask<Schemas['User']>(201, {
    method: 'POST',
    path: '/api/v1/users',
    json: { name: site.name('user'), roles: ['applicationProvider'], password, ...fields },
  });

const create = (token: string, sla: unknown) =>
  site.as(token, { method: 'POST', path: '/api/application/', body: sla });

const serviceIn = (body: string): string => {
  const all = JSON.parse(JSON.parse(body) as string) as { microservices: string[] }[];
  return all.at(-1)?.microservices[0] ?? '';
};

describe('somebody who belongs to an organization', () => {
  it('acts for it, within its quota', async () => {
    const { id } = await site.ask<Schemas['Organization']>(201, {
      method: 'POST',
      path: '/api/v1/organizations',
      json: { name: 'acme', quota: { instances: 1 } },
    });
    const { name } = await makeUser({ organizationId: id });
    const { token } = await site.login(name, password);
    const sla = anSla(anApplication({ microservices: [aMicroservice()] }));
    const service = serviceIn((await create(token, sla)).body);
    const native = await site.ask<Schemas['Service']>(200, { path: `/api/v1/services/${service}` });
    expect(native.organizationId).toBe(id);

    const deploy = () =>
      site.as(token, { method: 'POST', path: `/api/service/${service}/instance` });
    expect((await deploy()).status).toBe(200);
    const beyond = await deploy();
    expect([beyond.status, JSON.parse(beyond.body)]).toMatchObject([
      409,
      { message: 'The organization acme may want 1 instances; it would be 2 instances.' },
    ]);
    await expect(site.login(name, password, 'root')).rejects.toThrow('401');
  });

  it('does not take a name that clusters know already, whoever has it', async () => {
    const { token } = await site.login();
    expect((await create(token, anSla())).status).toBe(409);
  });
});

describe('somebody who only looks', () => {
  it('sees, and changes nothing', async () => {
    const { name } = await makeUser({ roles: ['viewer'] });
    const { token } = await site.login(name, password);
    const { body } = await site.as(token, { path: `/api/permission/${name}` });
    expect(body).toBe('{"roles":[]}\n');
    const { status, body: refusal } = await create(token, anSla());
    expect([status, refusal]).toEqual([403, '{"message":"You have not enough permissions!"}\n']);
  });
});

describe('somebody who was disabled', () => {
  it('has a token that is worth nothing, and gets no other one', async () => {
    const { id, name } = await makeUser({});
    const { token, refresh_token: refresh } = await site.login(name, password);
    const path = `/api/v1/users/${id}`;
    await site.ask(200, { method: 'PATCH', path, json: { disabled: true } });
    expect((await site.as(token, { path: `/api/permission/${name}` })).status).toBe(401);
    const again = await site.as(refresh, { method: 'POST', path: '/api/auth/refresh' });
    expect(again.status).toBe(404);
    await expect(site.login(name, password)).rejects.toThrow('401');
  });
});

describe('the audit log', () => {
  it('names who has changed what', async () => {
    const { name } = await makeUser({});
    const { token } = await site.login(name, password);
    await create(token, anSla(anApplication({ application_name: 'audited' })));
    const read = async () => {
      const path = '/api/v1/audit?operation=oakestraCreateApplication&limit=100';
      const { items } = await site.ask<Schemas['AuditPage']>(200, { path });
      return items.filter(({ actor }) => actor.name === name);
    };
    await expect
      .poll(read, { timeout: 30_000 })
      .toMatchObject([{ actor: { kind: 'user' }, status: 200 }]);
  });
});
