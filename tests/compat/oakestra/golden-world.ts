/** A manager with two users of Oakestra, who have an application with a service each, and a cluster that has never reported. */
import { OakSite } from './oak-site.js';
import { aMicroservice, anApplication, anSla } from './slas.js';

export interface GoldenWorld {
  readonly site: OakSite;
  /** Tokens `admin` and `ada`; ids of ada, of her application and service, of those of the administrator, and of the cluster. */
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
