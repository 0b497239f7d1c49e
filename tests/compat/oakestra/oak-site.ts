/** A manager that serves the peers of Oakestra, on real sockets. */
import { adminToken } from '../../support/app.js';
import { Site } from '../../support/site.js';
import { askRaw, type RawAnswer, type RawRequest } from './raw-http.js';

type SiteOptions = NonNullable<Parameters<typeof Site.start>[0]>;

interface Options extends Omit<SiteOptions, 'oakestra'> {
  readonly oakestra?: Partial<NonNullable<SiteOptions['oakestra']>>;
}

export class OakSite extends Site {
  static async open({ oakestra = {}, ...options }: Options = {}): Promise<OakSite> {
    const site = await Site.start({
      ...options,
      oakestra: {
        clients: '127.0.0.0/8',
        host: '127.0.0.1',
        port: 0,
        keyPort: 0,
        grpcPort: 0,
        resourcesPort: 0,
        defaultAdmin: false,
        ...oakestra,
      },
    });
    return new OakSite(site.manager);
  }

  get oak(): string {
    return this.manager.addresses['oakestra'] ?? '';
  }

  get keys(): string {
    return this.manager.addresses['oakestraKeys'] ?? '';
  }

  /** One request as it is. */
  raw(request: RawRequest): Promise<RawAnswer> {
    return askRaw(this.oak, request);
  }

  /** Signs in. @returns both tokens */
  async login(
    username = 'Admin',
    password = adminToken,
    organization?: string,
  ): Promise<{ token: string; refresh_token: string }> {
    const body = {
      username,
      password,
      ...(organization === undefined ? {} : { organization_name: organization }),
    };
    const answer = await this.raw({ method: 'POST', path: '/api/auth/login', body });
    if (answer.status !== 200) throw new Error(`${answer.status} ${answer.body}`);
    return JSON.parse(answer.body) as { token: string; refresh_token: string };
  }

  /** A request of somebody who has signed in; of the administrator, unless a token is given. */
  async as(token: string | undefined, request: RawRequest): Promise<RawAnswer> {
    const bearer = token ?? (await this.login()).token;
    return this.raw({
      ...request,
      headers: { authorization: `Bearer ${bearer}`, ...request.headers },
    });
  }
}
