/**
 * A Cluster Manager of Oakestra, written from its wire contract: registers over gRPC, reports over HTTP, takes orders over HTTP. What it
 * is told takes effect at once; when it reports is up to the test.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Happenings } from '../../../support/happenings.js';
import { askRaw, type RawAnswer } from '../raw-http.js';
import { RegistrationClient } from './registration-client.js';

type Fields = Readonly<Record<string, unknown>>;

export interface ClusterOrder {
  readonly method: string;
  readonly path: string;
  readonly body: Fields;
}

interface OrderAnswer {
  readonly status: number;
  readonly text: string;
}

export interface ClusterInstance {
  status: string;
  /** What the worker tells of it beside that. */
  fields: Fields;
}

export interface ClusterJob {
  readonly document: Fields;
  readonly instances: Map<number, ClusterInstance>;
}

export interface ClusterOptions {
  readonly name: string;
  readonly location?: string;
  readonly vcpus?: number;
  readonly memory?: number;
  /** How busy its workers are, in percent. */
  readonly cpu?: number;
  readonly networkPort?: number;
}

/** Where a manager is to be found. */
export interface ManagerPlaces {
  /** `http://host:port` of the endpoints. */
  readonly http: string;
  readonly grpcPort: number;
}

const ok: OrderAnswer = { status: 200, text: '{"status": "ok"}' };
const failed: OrderAnswer = {
  status: 500,
  text: '{"code":500,"status":"Internal Server Error"}\n',
};

async function read(request: IncomingMessage): Promise<Fields> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  const text = Buffer.concat(chunks).toString('utf8');
  return text === '' ? {} : (JSON.parse(text) as Fields);
}

/** A worker that has taken an instance tells this of it. */
const running: Fields = {
  cpu_percent: '0.100000',
  memory_percent: '0.200000',
  disk: '4096',
  logs: 'hello',
  publicip: '10.0.0.5',
  status_detail: '',
  worker_id: '65d200000000000000000e77',
  host_ip: '10.0.0.5',
  host_port: 50011,
  last_modified_timestamp: 1795351713.7,
};

export class ClusterManagerStandIn {
  readonly orders = new Happenings<ClusterOrder>();
  readonly jobs = new Map<string, ClusterJob>();
  readonly options: ClusterOptions;
  /** Called before an order takes effect; what it returns is the answer in place of its own. */
  intercept: (order: ClusterOrder) => OrderAnswer | undefined = () => undefined;
  id = '';
  #manager: ManagerPlaces;
  #server: Server;
  #port = 0;

  private constructor(manager: ManagerPlaces, options: ClusterOptions) {
    this.#manager = manager;
    this.options = options;
    this.#server = this.#create();
  }

  /** Listens, and has said nothing yet. */
  static async create(
    manager: ManagerPlaces,
    options: ClusterOptions,
  ): Promise<ClusterManagerStandIn> {
    const cluster = new ClusterManagerStandIn(manager, options);
    await cluster.comeBack();
    return cluster;
  }

  /** Listens, registers and sends its first report. */
  static async join(
    manager: ManagerPlaces,
    options: ClusterOptions,
  ): Promise<ClusterManagerStandIn> {
    const cluster = await ClusterManagerStandIn.create(manager, options);
    await cluster.register();
    await cluster.report();
    return cluster;
  }

  /** It belongs to that manager, under that id. */
  pointTo(manager: ManagerPlaces, id: string): void {
    this.#manager = manager;
    this.id = id;
  }

  get port(): number {
    return this.#port;
  }

  async register(): Promise<string> {
    const client = new RegistrationClient(this.#manager.grpcPort);
    try {
      await client.greet();
      this.id = await client.introduce({
        manager_port: this.#port,
        network_component_port: this.options.networkPort ?? 10110,
        cluster_name: this.options.name,
        cluster_info: [{ key: '', value: '' }],
        cluster_location: this.options.location ?? '48.1,11.5,1000',
      });
      return this.id;
    } finally {
      client.close();
    }
  }

  /** The aggregated report, as it comes every 15 seconds. */
  async report(fields: Fields = {}): Promise<RawAnswer> {
    return askRaw(this.#manager.http, {
      method: 'POST',
      path: `/api/information/${this.id}`,
      body: { ...this.reportBody(), ...fields },
    });
  }

  reportBody(): Fields {
    const { vcpus = 4, memory = 7900, cpu = 7.5 } = this.options;
    return {
      gpu_drivers: null,
      memory,
      cpu_percent: cpu,
      vgpus: 0,
      gpu_percent: 0.0,
      gpu_temp: 0.0,
      memory_percent: 21.0,
      vram: 0,
      vram_percent: 0.0,
      vcpus,
      csi_drivers: null,
      supported_addons: [],
      virtualization: ['docker', 'docker'],
      active_nodes: 1,
      cpu_history: [{ timestamp: 1795351659.72, value: 7.5 }],
      memory_history: [{ timestamp: 1795351659.72, value: 21.0 }],
      aggregation_per_architecture: {},
      jobs: [...this.jobs].map(([id, job]) => ({
        _id: id,
        job_name: job.document['job_name'],
        status: 'RUNNING',
        instance_list: [...job.instances].map(([number, instance]) => ({
          instance_number: number,
          cluster_id: this.id,
          cluster_location: this.options.location ?? '48.1,11.5,1000',
          status: instance.status,
          ...instance.fields,
          cpu_history: [],
          memory_history: [],
        })),
      })),
    };
  }

  /** What it was told by a method, in order. */
  told(method: string): readonly ClusterOrder[] {
    return this.orders.all.filter((order) => order.method === method);
  }

  /** An order with this method and this end of its path. */
  order(method: string, end: string, from = 0): Promise<ClusterOrder> {
    return this.orders.find(
      `${method} …${end}`,
      (each): each is ClusterOrder => each.method === method && each.path.endsWith(end),
      from,
    );
  }

  /** It cannot be reached any more. */
  async goAway(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }

  /** It can be reached again, at the same port. */
  async comeBack(): Promise<void> {
    this.#server = this.#create();
    await new Promise<void>((resolve) =>
      this.#server.listen(this.#port, '127.0.0.1', () => resolve()),
    );
    this.#port = (this.#server.address() as AddressInfo).port;
  }

  #create(): Server {
    return createServer((request, response) => {
      this.#answer(request, response).catch((error: unknown) => {
        response.destroy(error instanceof Error ? error : undefined);
      });
    });
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await read(request);
    const order = { method: request.method ?? '', path: request.url ?? '', body };
    const answer = this.intercept(order) ?? this.#obey(order);
    this.orders.add(order);
    response.writeHead(answer.status, { 'content-type': 'application/json' }).end(answer.text);
  }

  #obey({ method, path, body }: ClusterOrder): OrderAnswer {
    const [, api, service, id = '', number = ''] = path.split('/');
    if (api !== 'api' || service !== 'service') return { status: 404, text: '{}' };
    if (method === 'POST') return this.#deploy(id, Number(number), body);
    return method === 'DELETE' ? this.#delete(id, Number(number)) : { status: 405, text: '{}' };
  }

  /** Fails where it has the instance already, as the originals do. */
  #deploy(id: string, number: number, document: Fields): OrderAnswer {
    const list = document['instance_list'] as readonly Fields[];
    const last = list.at(-1);
    const sound =
      document['_id'] === id &&
      typeof document['job_name'] === 'string' &&
      typeof document['virtualization'] === 'string' &&
      list.length === 1 &&
      last?.['instance_number'] === number;
    const job = this.jobs.get(id) ?? { document, instances: new Map<number, ClusterInstance>() };
    if (!sound || job.instances.has(number)) return failed;
    this.jobs.set(id, job);
    job.instances.set(number, { status: 'RUNNING', fields: running });
    return ok;
  }

  #delete(id: string, number: number): OrderAnswer {
    const job = this.jobs.get(id);
    if (job === undefined) return failed;
    if (number === -1) job.instances.clear();
    else job.instances.delete(number);
    if (job.instances.size === 0) this.jobs.delete(id);
    return ok;
  }
}
