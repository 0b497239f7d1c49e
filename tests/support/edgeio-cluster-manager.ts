/**
 * A Cluster Manager of 2021, written from its wire contract: registers over Socket.IO, reports over HTTP, takes orders over HTTP and
 * answers `ok` at once. What it is told takes effect at once; when it reports is up to the test.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { io, type ManagerOptions, type Socket } from 'socket.io-client';
import { Happenings } from './happenings.js';

export interface Order {
  readonly method: string;
  readonly path: string;
  readonly body: unknown;
}

/** A job as the cluster has it. */
export interface PeerJob {
  status: string;
  replicas: number;
  node: string;
  descriptor: Readonly<Record<string, unknown>>;
  /** How often it was started from nothing. */
  starts: number;
}

export interface PeerAnswer {
  readonly status: number;
  readonly text: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** The answer begins, and never ends. */
  readonly stalls?: boolean;
}

const ok = { status: 200, text: 'ok' };

export interface PeerOptions {
  readonly name: string;
  readonly location?: string;
  readonly technology?: readonly string[];
  readonly cores?: number;
  readonly memory?: number;
}

async function read(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  const text = Buffer.concat(chunks).toString('utf8');
  return text === '' ? undefined : (JSON.parse(text) as unknown);
}

export class EdgeioClusterManager {
  readonly orders = new Happenings<Order>();
  readonly jobs = new Map<string, PeerJob>();
  readonly name: string;
  readonly location: string;
  /** Called before an order takes effect; what it returns is the answer in place of `ok`. */
  intercept: (order: Order) => PeerAnswer | undefined | Promise<PeerAnswer | undefined> = () =>
    undefined;
  id = '';
  readonly #options: PeerOptions;
  #url: string;
  #server: Server;
  #port = 0;

  private constructor(url: string, options: PeerOptions) {
    this.#url = url;
    this.#options = options;
    this.name = options.name;
    this.location = options.location ?? 'munich';
    this.#server = this.#listen();
  }

  /** Listens, registers and sends its first report. */
  static async join(url: string, options: PeerOptions): Promise<EdgeioClusterManager> {
    const peer = await EdgeioClusterManager.create(url, options);
    await peer.register();
    await peer.report();
    return peer;
  }

  /** Listens, and has said nothing yet. */
  static async create(url: string, options: PeerOptions): Promise<EdgeioClusterManager> {
    const peer = new EdgeioClusterManager(url, options);
    await peer.comeBack();
    return peer;
  }

  get port(): number {
    return this.#port;
  }

  /** The manager is elsewhere now. */
  pointTo(url: string): void {
    this.#url = url;
  }

  /** Connects, is greeted, introduces itself, and is told its id. */
  async register(
    fields: Readonly<Record<string, unknown>> = {},
    connection: Partial<Pick<ManagerOptions, 'transports' | 'extraHeaders'>> = {},
  ): Promise<string> {
    const socket: Socket = io(`${this.#url}/register`, {
      transports: ['websocket'],
      reconnection: false,
      forceNew: true,
      ...connection,
    });
    try {
      const id = await new Promise<string>((resolve, reject) => {
        socket.on('sc1', (greeting: Record<string, unknown>) => {
          if (typeof greeting['Hello-Cluster_Manager'] !== 'string')
            reject(new Error('that is no greeting'));
          socket.emit('cs1', {
            port: String(this.#port),
            cluster_name: this.name,
            cluster_info: {},
            cluster_location: this.location,
            ...fields,
          });
        });
        socket.on('sc2', (message: unknown) => {
          if (typeof message !== 'string') reject(new Error('sc2 is no text'));
          else resolve((JSON.parse(message) as { id: string }).id);
        });
        socket.on('disconnect', () => {
          reject(new Error('disconnected'));
        });
        socket.on('connect_error', reject);
      });
      this.id = id;
      return id;
    } finally {
      socket.disconnect();
    }
  }

  /** The aggregated report, as it comes every 15 seconds. */
  async report(
    fields: Readonly<Record<string, unknown>> = {},
    method: 'GET' | 'POST' = 'POST',
  ): Promise<{ status: number; text: string }> {
    const { technology = ['docker'], cores = 8, memory = 8192 } = this.#options;
    const used = [...this.jobs.values()].map(({ descriptor, replicas }) => {
      const { cpu = 0, memory: mb = 0 } = (descriptor['requirements'] ?? {}) as {
        cpu?: number;
        memory?: number;
      };
      return { cpu: cpu * replicas, mb: mb * replicas };
    });
    const body = {
      cpu_percent: 12.5,
      cpu_cores: cores - used.reduce((sum, { cpu }) => sum + cpu, 0),
      memory_percent: 40,
      cumulative_memory_in_mb: memory - used.reduce((sum, { mb }) => sum + mb, 0),
      number_of_nodes: 2,
      technology,
      more: 0,
      jobs: [...this.jobs].map(([id, { status }]) => ({ system_job_id: id, status })),
      ...fields,
    };
    return sendJson(method, `${this.#url}/api/information/${this.id}`, body);
  }

  /** What it was told, by path. */
  told(path: string): readonly Order[] {
    return this.orders.all.filter((order) => order.path.startsWith(path));
  }

  /** It cannot be reached any more. */
  async goAway(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }

  /** It can be reached again, at the same port. */
  async comeBack(): Promise<void> {
    this.#server = this.#listen();
    await new Promise<void>((resolve) =>
      this.#server.listen(this.#port, '127.0.0.1', () => resolve()),
    );
    this.#port = (this.#server.address() as AddressInfo).port;
  }

  /** It can be reached again, at another port. */
  async moveElsewhere(): Promise<void> {
    await this.goAway();
    this.#port = 0;
    await this.comeBack();
  }

  #listen(): Server {
    return createServer((request, response) => {
      this.#answer(request, response).catch((error: unknown) => {
        response.destroy(error instanceof Error ? error : undefined);
      });
    });
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await read(request);
    const order = { method: request.method ?? '', path: request.url ?? '', body };
    this.orders.add(order);
    const answer = (await this.intercept(order)) ?? this.#obey(order);
    response.writeHead(answer.status, { 'content-type': 'text/plain', ...answer.headers });
    if (answer.stalls === true) response.write(answer.text);
    else response.end(answer.text);
  }

  #obey({ method, path, body }: Order): PeerAnswer {
    const fields = (body ?? {}) as Readonly<Record<string, unknown>>;
    const [, api, verb, id = ''] = path.split('/');
    if (method === 'GET' && path === '/status') return ok;
    if (api !== 'api') return { status: 404, text: 'Not Found' };
    if (method === 'POST' && path === '/api/deploy') return this.#deploy(fields);
    if (method === 'GET' && verb === 'delete') {
      this.jobs.delete(id);
      return ok;
    }
    const job = this.jobs.get(String(fields['job']));
    if (job === undefined) return { status: 404, text: 'Job Not Found' };
    if (method === 'POST' && path === '/api/replicate/') {
      job.replicas = Number(fields['replicas']);
      return ok;
    }
    if (method === 'POST' && path === '/api/move/') {
      if (job.node !== fields['node_from']) return { status: 404, text: 'Source Node Not Found' };
      if (!['node-1', 'node-2'].includes(String(fields['node_to'])))
        return { status: 404, text: 'Target Node Not Found' };
      job.node = String(fields['node_to']);
      return ok;
    }
    return { status: 404, text: 'Not Found' };
  }

  /** The body is a database filter: a job that is known under it is not started a second time. */
  #deploy(fields: Readonly<Record<string, unknown>>): PeerAnswer {
    const id = fields['system_job_id'];
    const key = Object.keys(fields).find((name) => name.startsWith('$'));
    if (typeof id !== 'string' || key !== undefined) return { status: 500, text: 'bad filter' };
    const known = this.jobs.get(id);
    if (known && JSON.stringify(known.descriptor) === JSON.stringify(fields)) return ok;
    const starts = (known?.starts ?? 0) + 1;
    this.jobs.set(id, {
      status: 'RUNNING',
      replicas: 1,
      node: 'node-1',
      descriptor: fields,
      starts,
    });
    return ok;
  }
}

/** One request with a JSON body, also with GET, which `fetch` does not do. */
export async function sendJson(
  method: 'GET' | 'POST',
  url: string,
  body: unknown,
): Promise<{ status: number; text: string }> {
  const { request } = await import('undici');
  const answer = await request(url, {
    method,
    body: typeof body === 'string' ? body : JSON.stringify(body),
    headers: { 'content-type': 'application/json' },
  });
  return { status: answer.statusCode, text: await answer.body.text() };
}
