/**
 * The calls of the command lines, in their order and with what they insist on: exactly 200, redirects followed with method and body, bodies
 * that are JSON once or twice, and fields of certain types. They sign in anew every ten
 * seconds.
 */
import { askRaw, type RawAnswer } from '../raw-http.js';

export interface ShownApplication {
  readonly applicationID: string;
  readonly application_name: string;
  readonly application_namespace: string;
  readonly application_desc: string;
  readonly microservices: readonly string[];
}

export interface ShownInstance {
  readonly instance_number: number;
  readonly status: string;
  readonly [field: string]: unknown;
}

export interface ShownService {
  readonly microserviceID: string;
  readonly microservice_name: string;
  readonly applicationID: string;
  readonly app_name: string;
  readonly image: string;
  readonly status?: string;
  readonly instance_list: readonly ShownInstance[];
  readonly [field: string]: unknown;
}

export interface ShownCluster {
  readonly _id: string;
  readonly cluster_name: string;
  readonly [field: string]: unknown;
}

/** A command that did not get what it needs. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
}

const text = 'string';
const types = {
  application: {
    applicationID: text,
    application_name: text,
    application_namespace: text,
    application_desc: text,
    microservices: 'texts',
  },
  service: {
    microserviceID: text,
    microservice_name: text,
    microservice_namespace: text,
    applicationID: text,
    app_name: text,
    app_ns: text,
    status: text,
    status_detail: text,
    port: text,
    code: text,
    virtualization: text,
    RR_ip: text,
    memory: 'integer',
    vcpus: 'integer',
    vgpus: 'integer',
    environment: 'texts',
  },
  instance: {
    status: text,
    status_detail: text,
    publicip: text,
    cluster_id: text,
    cluster_location: text,
    host_ip: text,
    disk: text,
    cpu_percent: text,
    memory_percent: text,
    logs: text,
    worker_id: text,
    instance_number: 'integer',
    host_port: 'integer',
  },
  cluster: {
    _id: text,
    cluster_name: text,
    candidate_name: text,
    ip: text,
    cluster_location: text,
    active_nodes: 'integer',
    total_cpu_cores: 'integer',
    total_gpu_cores: 'integer',
    vcpus: 'integer',
    vgpus: 'integer',
    memory_in_mb: 'integer',
    vram: 'integer',
    cpu_percent: 'number',
    memory_percent: 'number',
    gpu_percent: 'number',
    gpu_temp: 'number',
    vram_percent: 'number',
    last_modified_timestamp: 'number',
    active: 'boolean',
    virtualization: 'texts',
    csi_drivers: 'texts',
    supported_addons: 'texts',
    gpu_drivers: 'texts',
  },
} as const;

const fits = (value: unknown, type: string): boolean => {
  if (value === undefined || value === null) return true;
  if (type === 'integer') return Number.isInteger(value);
  if (type === 'texts')
    return Array.isArray(value) && value.every((each) => typeof each === 'string');
  return typeof value === type;
};

/** Words of states that the clients know; any other is an error to them. */
const words: ReadonlySet<unknown> = new Set([
  undefined,
  'REQUESTED',
  'CLUSTER_SCHEDULED',
  'NODE_SCHEDULED',
  'TargetClusterNotFound',
  'TargetClusterNotActive',
  'TargetClusterNoCapacity',
  'NoActiveClusterWithCapacity',
  'NO_WORKER_CAPACITY',
  'NO_QUALIFIED_WORKER_FOUND',
  'NO_NODE_FOUND',
  'CREATING',
  'CREATED',
  'RUNNING',
  'FAILED',
  'DEAD',
  'COMPLETED',
  'UNDEPLOYED',
]);

type Row = Readonly<Record<string, unknown>>;

/** One wrong type in one element fails the whole list. */
function check<T>(rows: unknown, kind: keyof typeof types): readonly T[] {
  if (!Array.isArray(rows)) throw new CommandError(`no list: ${JSON.stringify(rows)}`);
  for (const row of rows as Row[]) {
    for (const [field, type] of Object.entries(types[kind]))
      if (!fits(row[field], type))
        throw new CommandError(`${kind}.${field} is no ${type}: ${JSON.stringify(row[field])}`);
    if (kind === 'application' || kind === 'cluster') continue;
    if (!words.has(row['status'])) throw new CommandError(`state ${String(row['status'])}`);
    if (kind === 'service') check(row['instance_list'], 'instance');
  }
  return rows as T[];
}

const decoded = (body: string): unknown => {
  const value = JSON.parse(body) as unknown;
  return typeof value === 'string' ? (JSON.parse(value) as unknown) : value;
};

const tokenUsedMs = 10_000;

export class CommandLine {
  readonly #base: string;
  readonly #user: { readonly username: string; readonly password: string };
  #signedIn: { readonly token: string; readonly at: number } | undefined;
  /** Every request line that was sent, without the sign-ins. */
  readonly sent: string[] = [];

  constructor(base: string, username: string, password: string) {
    this.#base = base;
    this.#user = { username, password };
  }

  async #token(): Promise<string> {
    if (this.#signedIn && performance.now() - this.#signedIn.at < tokenUsedMs)
      return this.#signedIn.token;
    const answer = await askRaw(this.#base, {
      method: 'POST',
      path: '/api/auth/login',
      body: this.#user,
    });
    if (answer.status !== 200) throw new CommandError(`login: ${answer.status}`);
    const { token } = JSON.parse(answer.body) as { token: string };
    this.#signedIn = { token, at: performance.now() };
    return token;
  }

  /** Follows redirects that keep the method; without a body there is no content type either. */
  async #send(method: string, path: string, body?: unknown): Promise<RawAnswer> {
    const headers = { authorization: `Bearer ${await this.#token()}` };
    let to = path;
    for (let hops = 0; hops < 3; hops += 1) {
      this.sent.push(`${method} ${to}`);
      const answer = await askRaw(this.#base, { method, path: to, headers, body });
      if (answer.status !== 307 && answer.status !== 308) return answer;
      const { pathname, search } = new URL(answer.headers.location ?? '');
      to = pathname + search;
    }
    throw new CommandError(`too many redirects: ${path}`);
  }

  async #ask(method: string, path: string, body?: unknown): Promise<unknown> {
    const answer = await this.#send(method, path, body);
    if (answer.status !== 200)
      throw new CommandError(`${method} ${path}: ${answer.status} ${answer.body}`);
    return decoded(answer.body);
  }

  /** `app show` */
  async applications(): Promise<readonly ShownApplication[]> {
    return check(await this.#ask('GET', '/api/applications'), 'application');
  }

  /** `app create -f`, with `-d` when it is to be deployed. @returns those whose name is in the SLA */
  async createApplication(
    sla: { applications: readonly { application_name: string }[] },
    deploy = false,
  ): Promise<readonly ShownApplication[]> {
    const all = check<ShownApplication>(
      await this.#ask('POST', '/api/application', sla),
      'application',
    );
    const names = sla.applications.map(({ application_name: name }) => name);
    const made = all.filter(({ application_name: name }) => names.includes(name));
    if (deploy)
      for (const id of made.flatMap(({ microservices }) => microservices)) await this.deploy(id);
    return made;
  }

  /** `app delete`, by id or by name */
  async deleteApplication(which: string): Promise<void> {
    const answer = await this.#send('GET', `/api/application/${which}`);
    const id =
      answer.status === 200
        ? (decoded(answer.body) as ShownApplication).applicationID
        : (await this.applications()).find(({ application_name: name }) => name === which)
            ?.applicationID;
    if (id === undefined) throw new CommandError('no application found');
    await this.#ask('DELETE', `/api/application/${id}`);
  }

  /** `service show`, of one application with `-i` */
  async services(applicationId = ''): Promise<readonly ShownService[]> {
    return check(await this.#ask('GET', `/api/services/${applicationId}`), 'service');
  }

  /** `service inspect`, by id or by name */
  async inspect(which: string): Promise<ShownService> {
    const answer = await this.#send('GET', `/api/service/${which}`);
    const found =
      answer.status === 200
        ? decoded(answer.body)
        : (await this.services()).find(({ microservice_name: name }) => name === which);
    const [service] = check<ShownService>(found === undefined ? [] : [found], 'service');
    if (service === undefined) throw new CommandError(`no service ${which}`);
    return service;
  }

  /** `service deploy` */
  async deploy(id: string): Promise<void> {
    await this.#ask('POST', `/api/service/${id}/instance`);
  }

  /** `service undeploy`, of one instance or of all that are shown */
  async undeploy(id: string, number?: number): Promise<void> {
    const { instance_list: instances } = await this.inspect(id);
    const numbers = number === undefined ? instances.map((each) => each.instance_number) : [number];
    for (const each of numbers) await this.#ask('DELETE', `/api/service/${id}/instance/${each}`);
  }

  /** `cluster list`, with `-a` all of them */
  async clusters(all = false): Promise<readonly ShownCluster[]> {
    return check(await this.#ask('GET', `/api/clusters/${all ? '' : 'active'}`), 'cluster');
  }

  /** `cluster info`, by name or id */
  async cluster(which: string): Promise<ShownCluster | undefined> {
    const all = await this.clusters(true);
    return all.find((each) =>
      [each['_id'], each['cluster_name'], each['candidate_name']].includes(which),
    );
  }
}
