/** The dashboard of Oakestra, page by page. */
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { adminToken } from '../../support/app.js';
import type { Schemas } from '../../support/calls.js';
import { OakSite } from './oak-site.js';
import { aMicroservice, anApplication, anSla } from './slas.js';
import { Dashboard, type DashboardUser } from './stand-ins/dashboard.js';

vi.setConfig({ testTimeout: 90_000, hookTimeout: 90_000 });

const root = '000000000000000000000001';
const password = 'a long one of hers';

let site: OakSite;
let admin: Dashboard;

beforeAll(async () => {
  site = await OakSite.open();
  await site.enrolObedient({
    name: 'munich',
    capabilities: ['docker'],
    capacity: { cpuCores: 16, memoryMiB: 16_000, gpus: 0 },
  });
});

afterAll(() => site.close());

beforeEach(async () => {
  admin = new Dashboard(site.oak);
  await admin.login('Admin', adminToken);
});

const signedIn = async (name: string, secret = password, organization?: string) => {
  const dashboard = new Dashboard(site.oak);
  await dashboard.login(name, secret, organization);
  return dashboard;
};

const aUser = (name: string, roles: readonly string[] = ['Application_Provider']) => ({
  name,
  email: `${name}@example.org`,
  password,
  created_at: '22/11/2026 12:39',
  roles,
});

const named = (users: readonly DashboardUser[], name: string): DashboardUser => {
  const user = users.find((each) => each.name === name);
  if (user === undefined) throw new Error(`nobody is called ${name}`);
  return user;
};

describe('the first page', () => {
  it('shows who has signed in, and what they have', async () => {
    expect(admin.claims).toMatchObject({ sub: 'Admin', roles: ['Admin'], organization: root });
    expect(await admin.permission()).toEqual(['Admin']);
    const user = await admin.user();
    expect(user).toMatchObject({ name: 'Admin', email: '', roles: ['Admin'] });
    const [organization] = await admin.organizations();
    expect(organization).toEqual({
      name: 'root',
      member: [{ user_id: user._id.$oid, roles: ['Admin'] }],
      _id: { $oid: root },
    });
    expect(await admin.applications()).toEqual([]);
  });

  it('goes on with a new token', async () => {
    await admin.refresh();
    expect(await admin.permission()).toEqual(['Admin']);
  });
});

describe('applications and services', () => {
  it('are made, changed, deployed and deleted', async () => {
    await admin.createApplication(anSla(anApplication({ microservices: [] })));
    const [shop] = await admin.applications();
    if (shop === undefined) throw new Error('there is no application');
    expect(shop).toMatchObject({ application_name: 'shop', microservices: [] });
    await admin.updateApplication({ ...shop, application_desc: 'other' } as typeof shop);
    expect((await admin.applications())[0]).toMatchObject({ application_desc: 'other' });

    const withService = anSla(
      anApplication({ applicationID: shop.applicationID, microservices: [aMicroservice()] }),
    );
    const id = await admin.createService(withService);
    const [service] = await admin.services(shop._id.$oid);
    if (service === undefined) throw new Error('there is no service');
    expect(service).toMatchObject({ microserviceID: id, instance_list: [] });

    await admin.deploy(service);
    await site.until('it runs', async () => {
      const [instance] = (await admin.service(id)).instance_list;
      return instance?.status === 'RUNNING';
    });
    const [instance] = (await admin.service(id)).instance_list;
    expect(instance).toMatchObject({ instance_number: 0, cpu_history: [], memory_history: [] });

    const changed = anSla(
      anApplication({ microservices: [aMicroservice({ code: 'docker.io/library/nginx:2' })] }),
    );
    expect(await admin.updateService(id, changed)).toMatchObject({
      microserviceID: id,
      code: 'docker.io/library/nginx:2',
    });
    const native = await site.ask<Schemas['Service']>(200, { path: `/api/v1/services/${id}` });
    expect(native).toMatchObject({
      replicas: 1,
      revision: 2,
      descriptor: { image: 'docker.io/library/nginx:2' },
    });

    await admin.undeploy(id, 0);
    await admin.deleteService(id);
    expect(await admin.services(shop._id.$oid)).toEqual([]);
    await admin.deleteApplication(shop._id.$oid);
    expect(await admin.applications()).toEqual([]);
  });

  it('are each their own: nobody sees or touches those of others', async () => {
    await admin.register(aUser('ada'));
    await admin.register(aUser('bob'));
    const ada = await signedIn('ada');
    const bob = await signedIn('bob');
    await ada.createApplication(anSla());
    const [shop] = await ada.applications();
    const [id = ''] = shop?.microservices ?? [];
    expect(await bob.applications()).toEqual([]);
    await expect(bob.service(id)).rejects.toMatchObject({ status: 404 });
    await expect(bob.deleteService(id)).rejects.toMatchObject({ status: 404 });
    await expect(bob.services(shop?._id.$oid ?? '')).rejects.toMatchObject({ status: 404 });
    await expect(bob.deleteApplication(shop?._id.$oid ?? '')).rejects.toMatchObject({
      status: 404,
    });
    await bob.undeploy(id, -1);
    await expect(bob.createApplication(anSla())).rejects.toMatchObject({ status: 409 });
    await ada.deleteApplication(shop?._id.$oid ?? '');
    await bob.createApplication(anSla());
    const [his] = await bob.applications();
    await bob.deleteApplication(his?._id.$oid ?? '');
    await admin.deleteUser('ada');
    await admin.deleteUser('bob');
  });

  it('picks clusters by a plain id', async () => {
    const [munich] = await admin.clusters();
    expect(munich?._id).toMatch(/^[0-9a-f]{24}$/);
  });
});

describe('users', () => {
  it('are registered, changed and deleted', async () => {
    const made = await admin.register(aUser('Carol', ['Infrastructure_Provider']));
    expect(made).toMatchObject({ name: 'Carol', email: 'Carol@example.org' });
    const carol = await signedIn('Carol');
    expect(await carol.permission()).toEqual(['Infrastructure_Provider']);
    await expect(carol.users()).rejects.toMatchObject({ status: 403 });

    const shown = named(await admin.members(), 'Carol');
    await admin.updateUser({ ...shown, email: 'other@example.org', roles: ['Admin'] });
    const again = await signedIn('Carol');
    expect(await again.permission()).toEqual(['Admin']);
    expect(await again.user()).toMatchObject({ email: 'other@example.org' });

    await admin.updateUser({ ...shown, roles: [], password: 'one that was given' });
    await expect(signedIn('Carol')).rejects.toMatchObject({ status: 401 });
    expect(await (await signedIn('Carol', 'one that was given')).permission()).toEqual([]);
    await expect(again.users()).rejects.toMatchObject({ status: 403 });

    const left = await admin.deleteUser('Carol');
    expect(left.map(({ name }) => name)).not.toContain('Carol');
    await expect(again.user()).rejects.toMatchObject({ status: 401 });
  });

  it('change their own password, knowing the old one', async () => {
    await admin.register(aUser('dora'));
    const dora = await signedIn('dora');
    await expect(dora.changePassword('wrong', 'x')).rejects.toThrow('Old password is not valid!');
    await expect(dora.changePassword(password, password)).rejects.toThrow(
      "Old password can't be the new password!",
    );
    await dora.changePassword(password, 'another long one');
    await signedIn('dora', 'another long one');
    await expect(dora.updateUser(await dora.user())).rejects.toMatchObject({ status: 403 });
    await admin.deleteUser('dora');
  });

  it('are refused when their name is taken, in whatever case', async () => {
    await admin.register(aUser('eve'));
    await expect(admin.register(aUser('Eve'))).rejects.toMatchObject({ status: 409 });
    await expect(admin.register(aUser(''))).rejects.toMatchObject({ status: 400 });
    await admin.deleteUser('eve');
  });

  it('are not sent mails', async () => {
    await admin.requestReset('Admin');
    await expect(admin.requestReset('nobody')).rejects.toThrow('User does not exists');
  });

  it('always have an administrator among them', async () => {
    const user = named(await admin.members(), 'Admin');
    await expect(admin.deleteUser('Admin')).rejects.toMatchObject({ status: 409 });
    await expect(admin.updateUser({ ...user, roles: [] })).rejects.toMatchObject({ status: 409 });
    const [organization] = await admin.organizations();
    if (organization === undefined) throw new Error('there is no root');
    await expect(admin.updateOrganization({ ...organization, member: [] })).rejects.toMatchObject({
      status: 409,
    });
    expect(await admin.permission()).toEqual(['Admin']);
  });
});

describe('organizations', () => {
  it('are made, named, filled with members who act for them, and deleted', async () => {
    const id = await admin.createOrganization();
    expect(id).toMatch(/^[0-9a-f]{24}$/);
    const frida = await admin.register(aUser('frida', []));
    await admin.updateOrganization({
      _id: { $oid: id },
      name: 'My Team',
      member: [{ user_id: frida._id.$oid, roles: ['Admin'] }],
    });
    expect(await admin.organizations()).toContainEqual({
      name: 'My Team',
      member: [{ user_id: frida._id.$oid, roles: ['Admin'] }],
      _id: { $oid: id },
    });

    const hers = await signedIn('frida', password, 'My Team');
    expect(hers.claims).toMatchObject({ organization: id, roles: ['Admin'] });
    expect((await hers.members()).map(({ name }) => name)).toEqual(['frida']);
    expect((await hers.organizations()).map(({ name }) => name)).toEqual(['My Team']);
    await hers.createApplication(anSla(anApplication({ application_name: 'team' })));
    const [application] = await hers.applications();
    const [serviceId = ''] = application?.microservices ?? [];
    const native = await site.ask<Schemas['Service']>(200, {
      path: `/api/v1/services/${serviceId}`,
    });
    expect(native.organizationId).toBe(id);
    expect(await (await signedIn('frida')).applications()).toEqual([]);

    await expect(admin.deleteOrganization(id)).rejects.toMatchObject({ status: 409 });
    await hers.deleteApplication(application?._id.$oid ?? '');
    await site.until('its service is gone', async () => {
      const { phase } = await site.ask<Schemas['Service']>(200, {
        path: `/api/v1/services/${serviceId}`,
      });
      return phase === 'UNDEPLOYED';
    });
    await admin.deleteOrganization(id);
    expect((await admin.organizations()).map(({ name }) => name)).not.toContain('My Team');
    await expect(hers.applications()).rejects.toMatchObject({ status: 401 });
    await expect(signedIn('frida', password, 'My Team')).rejects.toMatchObject({ status: 404 });
    await admin.deleteUser('frida');
  });

  it('of somebody else cannot be acted for', async () => {
    const id = await admin.createOrganization('acme');
    await admin.register(aUser('gina'));
    await expect(signedIn('gina', password, 'acme')).rejects.toMatchObject({ status: 401 });
    await admin.deleteOrganization(id);
    await admin.deleteUser('gina');
  });

  it('give their administrators no power over others', async () => {
    const id = await admin.createOrganization('team');
    const helga = await admin.register(aUser('helga', []));
    const admins = await admin.user();
    const keeper = { user_id: helga._id.$oid, roles: ['Admin'] };
    const guest = { user_id: admins._id.$oid, roles: ['Application_Provider'] };
    const team = { _id: { $oid: id }, name: 'team', member: [keeper] };
    await admin.updateOrganization(team);
    const hers = await signedIn('helga', password, 'team');
    const taken = { ...admins, password: 'taken over by helga' };
    await expect(hers.updateUser(taken)).rejects.toMatchObject({ status: 403 });
    await expect(hers.deleteUser('Admin')).rejects.toMatchObject({ status: 403 });
    await expect(hers.createOrganization()).rejects.toMatchObject({ status: 403 });
    await expect(hers.deleteOrganization(id)).rejects.toMatchObject({ status: 403 });
    await admin.updateOrganization({ ...team, member: [keeper, guest] });
    await expect(hers.updateUser(taken)).rejects.toMatchObject({ status: 403 });

    await hers.register(aUser('ivan'));
    expect((await hers.users()).map(({ name }) => name).sort()).toEqual(['Admin', 'helga', 'ivan']);
    expect(named(await admin.users(), 'ivan').roles).toBeUndefined();
    const ivan = await signedIn('ivan', password, 'team');
    expect(await ivan.permission()).toEqual(['Application_Provider']);
    await hers.deleteUser('ivan');
    await admin.deleteOrganization(id);
    await admin.deleteUser('helga');
  });

  it('keep root, under its name', async () => {
    await expect(admin.deleteOrganization(root)).rejects.toMatchObject({ status: 409 });
    await expect(admin.createOrganization('root')).rejects.toMatchObject({ status: 409 });
    const [organization] = await admin.organizations();
    if (organization === undefined) throw new Error('there is no root');
    await expect(
      admin.updateOrganization({ ...organization, name: 'other' }),
    ).rejects.toMatchObject({ status: 409 });
  });
});
