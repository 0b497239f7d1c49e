/** A manager with two users of Oakestra, who have an application with a service each, and a cluster that has never reported. */
import { FakeClock } from '../../support/clock.js';
import { OakSite } from './oak-site.js';
import { aMicroservice, anApplication, anSla } from './slas.js';

export interface GoldenWorld {
  readonly site: OakSite;
  /** Tokens and ids, by name. */
  readonly known: Readonly<Record<string, string>>;
}

const ids = async (
  site: OakSite,
  token: string | undefined,
  sla: unknown,
): Promise<[string, string]> => {
  const answer = await site.as(token, { method: 'POST', path: '/api/application/', body: sla });
  const all = JSON.parse(JSON.parse(answer.body) as string) as {
    applicationID: string;
    microservices: string[];
  }[];
  const made = all.at(-1);
  return [made?.applicationID ?? '', made?.microservices[0] ?? ''];
};

export async function openGoldenWorld(): Promise<GoldenWorld> {
  const site = await OakSite.open();
  const { token } = await site.login();
  const body = { name: 'ada', password: 'secret of hers', email: '', created_at: '', roles: [] };
  await site.as(token, { method: 'POST', path: '/api/auth/register', body });
  const ada = (await site.login('ada', 'secret of hers')).token;
  const user = JSON.parse((await site.as(ada, { path: '/api/user/ada' })).body) as {
    _id: { $oid: string };
  };
  const [hers, herService] = await ids(site, ada, anSla());
  const other = { application_name: 'other', application_desc: undefined };
  const [app, service] = await ids(
    site,
    token,
    anSla(anApplication({ ...other, microservices: [aMicroservice({ note: 'größer' })] })),
  );
  const { id: cluster } = await site.register({ name: 'c1', location: '48.1,11.5,1000' });
  const known = {
    admin: token,
    ada,
    userId: user._id.$oid,
    hers,
    herService,
    app,
    service,
    cluster,
  };
  return { site, known };
}

/** The password of Ada. */
export const password = 'secret of hers';

/** Somebody to be registered. */
export const aUser = (name: string, fields: object = {}) => ({
  _id: { $oid: '' },
  name,
  password,
  email: 'ada@example.org',
  created_at: '22/11/2026 12:39',
  roles: ['Application_Provider'],
  ...fields,
});

const idOf = (body: string): string => (JSON.parse(body) as { _id: { $oid: string } })._id.$oid;

/** A manager whose administrator has registered Ada on 22 November 2026, and made her administrator of an organization, `team`. */
export async function openPeople(): Promise<GoldenWorld> {
  const clock = new FakeClock(Date.UTC(2026, 10, 22, 12, 39));
  const site = await OakSite.open({ now: clock.now });
  const { token: admin } = await site.login();
  const post = async (path: string, body: unknown): Promise<string> =>
    (await site.as(admin, { method: 'POST', path, body })).body;
  const adaId = idOf(await post('/api/auth/register', aUser('Ada')));
  const adminId = idOf((await site.as(admin, { path: '/api/user/Admin' })).body);
  const member = [{ user_id: adaId, roles: ['Admin'] }];
  const made = await post('/api/organization/', { name: 'team', member });
  const team = JSON.parse(JSON.parse(made) as string) as string;
  const ada = (await site.login('Ada', password)).token;
  const hers = (await site.login('Ada', password, 'team')).token;
  return { site, known: { admin, ada, hers, adaId, adminId, team } };
}
