/**
 * The calls of the dashboard: each after a preflight, with answers that are unwrapped as it does it, and ids taken from `_id.$oid`. What it
 * reads without asking whether it is there must be there.
 */
import { askRaw } from '../raw-http.js';

type Fields = Readonly<Record<string, unknown>>;

export interface Identified {
  readonly _id: { readonly $oid: string };
}

export interface DashboardUser extends Identified {
  readonly name: string;
  readonly email: string;
  readonly password: string;
  readonly created_at: string;
  readonly roles: readonly string[];
}

export interface DashboardOrganization extends Identified {
  readonly name: string;
  readonly member: readonly { readonly user_id: string; readonly roles: readonly string[] }[];
}

export interface DashboardApplication extends Identified {
  readonly applicationID: string;
  readonly application_name: string;
  readonly application_namespace: string;
  readonly microservices: readonly string[];
}

export interface DashboardService extends Identified {
  readonly microserviceID: string;
  readonly microservice_name: string;
  readonly instance_list: readonly {
    readonly instance_number: number;
    readonly status: string;
    readonly cpu_history: readonly unknown[];
    readonly memory_history: readonly unknown[];
  }[];
}

/** What it shows when a call fails: `message` of the answer, which must be a JSON object then. */
export class DashboardError extends Error {
  override readonly name = 'DashboardError';
  readonly status: number;

  constructor(status: number, body: string) {
    const { message } = JSON.parse(body) as { message?: string };
    super(message ?? '');
    this.status = status;
  }
}

const origin = 'http://dashboard.example';

interface Claims {
  readonly sub: string;
  readonly roles: readonly string[];
  readonly organization: string;
  readonly exp: number;
}

export class Dashboard {
  readonly #base: string;
  #token: string | undefined;
  #refresh: string | undefined;

  constructor(base: string) {
    this.#base = base;
  }

  /** What the token says. */
  get claims(): Claims {
    const [, payload = ''] = (this.#token ?? '').split('.');
    return JSON.parse(Buffer.from(payload, 'base64url').toString()) as Claims;
  }

  async #preflight(method: string, path: string): Promise<void> {
    const { status, headers } = await askRaw(this.#base, {
      method: 'OPTIONS',
      path,
      headers: {
        origin,
        'access-control-request-method': method,
        'access-control-request-headers': 'authorization,content-type',
      },
    });
    const allowed =
      status === 200 &&
      headers['access-control-allow-origin'] === origin &&
      headers['access-control-allow-methods']?.includes(method) === true &&
      headers['access-control-allow-headers'] === 'authorization, content-type';
    if (!allowed) throw new Error(`the browser does not send ${method} ${path}`);
  }

  /** A body that is a JSON text in a JSON string is decoded once more, except for that of a PUT. */
  async #ask<T>(method: string, path: string, body?: unknown, bearer = this.#token): Promise<T> {
    await this.#preflight(method, `/api${path}`);
    const answer = await askRaw(this.#base, {
      method,
      path: `/api${path}`,
      headers: { origin, ...(bearer === undefined ? {} : { authorization: `Bearer ${bearer}` }) },
      body,
    });
    if (answer.status < 200 || answer.status > 299)
      throw new DashboardError(answer.status, answer.body);
    const value = JSON.parse(answer.body) as unknown;
    const again = typeof value === 'string' && method !== 'PUT';
    return (again ? JSON.parse(value) : value) as T;
  }

  async login(username: string, password: string, organization?: string): Promise<void> {
    this.#token = undefined;
    const signedIn = await this.#ask<{ token: string; refresh_token: string }>(
      'POST',
      '/auth/login',
      {
        username,
        password,
        ...(organization === undefined ? {} : { organization_name: organization }),
      },
    );
    this.#token = signedIn.token;
    this.#refresh = signedIn.refresh_token;
  }

  async refresh(): Promise<void> {
    const { token } = await this.#ask<{ token: string }>(
      'POST',
      '/auth/refresh',
      {},
      this.#refresh,
    );
    this.#token = token;
  }

  permission = async (): Promise<readonly string[]> =>
    (await this.#ask<{ roles: string[] }>('GET', `/permission/${this.claims.sub}`)).roles;

  user = (): Promise<DashboardUser> => this.#ask('GET', `/user/${this.claims.sub}`);

  users = (): Promise<readonly DashboardUser[]> => this.#ask('GET', '/users/');

  members = (): Promise<readonly DashboardUser[]> =>
    this.#ask('GET', `/users/${this.claims.organization}`);

  register = (user: Fields): Promise<DashboardUser> =>
    this.#ask('POST', '/auth/register', { _id: { $oid: '' }, ...user });

  updateUser = (user: DashboardUser): Promise<unknown> =>
    this.#ask('PUT', `/user/${user.name}`, { ...user, created_at: '23/11/2026 10:00' });

  deleteUser = (name: string): Promise<readonly DashboardUser[]> =>
    this.#ask('DELETE', `/user/${name}`);

  changePassword = (oldPassword: string, newPassword: string): Promise<unknown> =>
    this.#ask('POST', `/user/${this.claims.sub}`, { oldPassword, newPassword });

  organizations = (): Promise<readonly DashboardOrganization[]> =>
    this.#ask('GET', '/organization/');

  /** @returns its id, out of two JSON strings */
  createOrganization = (name = 'newOrganization'): Promise<string> =>
    this.#ask('POST', '/organization/', { name, member: [] });

  updateOrganization = (organization: DashboardOrganization): Promise<unknown> =>
    this.#ask('PUT', `/organization/${organization._id.$oid}`, organization);

  deleteOrganization = (id: string): Promise<unknown> => this.#ask('DELETE', `/organization/${id}`);

  applications = async (): Promise<readonly DashboardApplication[]> =>
    this.#ask('GET', `/applications/${(await this.user())._id.$oid}`);

  createApplication = (sla: unknown): Promise<unknown> => this.#ask('POST', '/application/', sla);

  updateApplication = (application: DashboardApplication): Promise<unknown> =>
    this.#ask('PUT', `/application/${application._id.$oid}`, application);

  deleteApplication = (id: string): Promise<unknown> => this.#ask('DELETE', `/application/${id}`);

  services = (applicationId: string): Promise<readonly DashboardService[]> =>
    this.#ask('GET', `/services/${applicationId}`);

  service = (id: string): Promise<DashboardService> => this.#ask('GET', `/service/${id}`);

  createService = async (sla: unknown): Promise<string> =>
    (await this.#ask<{ job_id: string }>('POST', '/service/', sla)).job_id;

  updateService = (id: string, sla: unknown): Promise<DashboardService> =>
    this.#ask('PUT', `/service/${id}`, sla);

  deleteService = (id: string): Promise<unknown> => this.#ask('DELETE', `/service/${id}`);

  deploy = (service: DashboardService): Promise<unknown> =>
    this.#ask('POST', `/service/${service._id.$oid}/instance`, service);

  undeploy = (id: string, number: number): Promise<unknown> =>
    this.#ask('DELETE', `/service/${id}/instance/${number}`);

  clusters = (): Promise<readonly (Fields & { _id: string })[]> => this.#ask('GET', '/clusters/');

  requestReset = (username: string): Promise<unknown> =>
    this.#ask('POST', '/user/', { username, domain: origin }, undefined);
}
