/** A network component, written from its contract: it keeps what it is told, and answers in its words. */
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Happenings } from '../../../support/happenings.js';

type Fields = Readonly<Record<string, unknown>>;

export interface NetworkCall {
  readonly method: string;
  readonly path: string;
  readonly body: Fields;
}

interface Answer {
  readonly status: number;
  readonly text: string;
}

const name = /^[a-zA-Z0-9]{1,30}$/;

async function read(request: IncomingMessage): Promise<Fields> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  const text = Buffer.concat(chunks).toString('utf8');
  return text === '' ? {} : (JSON.parse(text) as Fields);
}

export class NetworkStandIn {
  readonly calls = new Happenings<NetworkCall>();
  /** Address and port by cluster. */
  readonly clusters = new Map<string, string>();
  /** Cluster by number of the instance, by service. */
  readonly services = new Map<string, Map<number, string>>();
  /** What it answers in place of its own answer. */
  intercept: (call: NetworkCall) => Answer | undefined = () => undefined;
  /** It never answers. */
  mute = false;
  #server: Server;
  #port = 0;

  private constructor() {
    this.#server = this.#create();
  }

  static async listen(): Promise<NetworkStandIn> {
    const component = new NetworkStandIn();
    await component.comeBack();
    return component;
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  async goAway(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }

  async comeBack(): Promise<void> {
    this.#server = this.#create();
    await new Promise<void>((resolve) =>
      this.#server.listen(this.#port, '127.0.0.1', () => resolve()),
    );
    this.#port = (this.#server.address() as AddressInfo).port;
  }

  /** The calls to a path, in order. */
  told(path: string): readonly NetworkCall[] {
    return this.calls.all.filter((call) => call.path.startsWith(path));
  }

  #create(): Server {
    return createServer((request, response) => {
      read(request).then(
        (body) => {
          const call = { method: request.method ?? '', path: request.url ?? '', body };
          const { status, text } = this.intercept(call) ?? this.#obey(call);
          this.calls.add(call);
          if (!this.mute) response.writeHead(status, { 'content-type': 'text/plain' }).end(text);
        },
        () => response.destroy(),
      );
    });
  }

  #obey({ method, path, body }: NetworkCall): Answer {
    const id = String(body['_id']);
    if (method === 'POST' && path === '/api/net/cluster') {
      const { cluster_id: cluster, cluster_address: address, cluster_port: port } = body;
      if (typeof address !== 'string' || !Number.isInteger(port))
        return { status: 400, text: 'bad cluster' };
      this.clusters.set(String(cluster), `${address}:${String(port)}`);
      return { status: 200, text: 'cluster registered' };
    }
    if (method === 'POST' && path === '/api/net/service/deploy') {
      const descriptor = (body['deployment_descriptor'] ?? {}) as Fields;
      const names = ['app_name', 'app_ns', 'microservice_name', 'microservice_namespace'];
      if ('_id' in descriptor || !names.every((field) => name.test(String(descriptor[field]))))
        return { status: 400, text: 'Invalid deployment scriptor' };
      // Telling it twice would empty its list, and give it another address.
      if (this.services.has(id)) return { status: 500, text: 'told twice' };
      this.services.set(id, new Map());
      return { status: 200, text: 'Instance info added' };
    }
    if (method === 'POST' && path === '/api/net/instance/deploy') {
      const number = Number(body['instance_number']);
      const service = this.services.get(id);
      if (service === undefined || service.has(number))
        return { status: 400, text: 'bad instance' };
      service.set(number, String(body['cluster_id']));
      return { status: 200, text: 'Instance info added' };
    }
    return method === 'DELETE' ? this.#forget(path) : { status: 404, text: 'Not Found' };
  }

  #forget(path: string): Answer {
    const [, , , first = '', second = ''] = path.split('/');
    if (first === 'service') {
      const service = this.services.get(second);
      if (service === undefined) return { status: 400, text: 'Invalid input parameters' };
      if (service.size > 0) return { status: 400, text: 'There are services still deployed' };
      this.services.delete(second);
      return { status: 200, text: 'Job removed successfully' };
    }
    const service = this.services.get(first);
    if (service === undefined) return { status: 500, text: 'no such service' };
    if (second === '-1') service.clear();
    service.delete(Number(second));
    return { status: 200, text: 'Instance info cleared' };
  }
}
