/** Somebody to whom webhooks deliver. */
import { createHmac } from 'node:crypto';
import {
  createServer,
  type IncomingHttpHeaders,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Schemas } from './calls.js';
import { Happenings } from './happenings.js';

export interface Delivery {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  readonly body: Schemas['WebhookDelivery'];
}

export type Answering = (response: ServerResponse, delivery: Delivery) => void;

/** Takes what comes. */
export const takes: Answering = (response) => {
  response.writeHead(204).end();
};

export const refusesWith =
  (status: number, headers: Record<string, string> = {}): Answering =>
  (response) => {
    response.writeHead(status, headers).end();
  };

export class Receiver {
  readonly deliveries = new Happenings<Delivery>();
  readonly #server: Server;
  answering: Answering = takes;

  private constructor(server: Server) {
    this.#server = server;
  }

  static async start(): Promise<Receiver> {
    const server = createServer();
    const receiver = new Receiver(server);
    server.on('request', (request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const text = Buffer.concat(chunks).toString('utf8');
        const body = JSON.parse(text || '{}') as Schemas['WebhookDelivery'];
        const delivery = { path: request.url ?? '', headers: request.headers, text, body };
        receiver.answering(response, delivery);
        receiver.deliveries.add(delivery);
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return receiver;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}/hook`;
  }

  /** All events that came, in the order in which they came. */
  get events(): readonly Schemas['Event'][] {
    return this.deliveries.all.flatMap(({ body }) => body.events);
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

/** The signatures of a delivery that fit the secret, computed as the documentation says. */
export function fitting({ headers, text }: Delivery, secret: string): number {
  const header = String(headers['system-manager-signature']);
  const parts = header.split(',').map((part) => part.split('=') as [string, string]);
  const time = parts.find(([name]) => name === 't')?.[1] ?? '';
  const right = createHmac('sha256', secret).update(`${time}.${text}`).digest('hex');
  return parts.filter(([name, value]) => name === 'v1' && value === right).length;
}
