/**
 * Stands before a server of the MongoDB wire protocol and does to its traffic what networks and replica sets do: cuts
 * connections before or after a command took effect, holds replies back, answers in the server's place, edits its replies.
 */
import {
  createConnection,
  createServer,
  type AddressInfo,
  type Server,
  type Socket,
} from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { decode, type Doc } from '../../src/embedded/bson.js';
import { FrameReader, encodeReply, parseFrame, type Frame } from '../../src/embedded/wire.js';

/** What becomes of one command. */
export type Fault =
  /** The connection breaks before the server has seen the command. */
  | { readonly kind: 'cutBefore' }
  /** The server carries the command out, and the connection breaks before the reply. */
  | { readonly kind: 'cutAfter' }
  /** The proxy answers; the server never sees the command. */
  | { readonly kind: 'answer'; readonly reply: object }
  /** The server carries the command out; the proxy answers something else. */
  | { readonly kind: 'replace'; readonly edit: (reply: Doc) => object }
  /** The reply takes its time. */
  | { readonly kind: 'slow'; readonly ms: number };

/** A command on its way to the server. */
export interface Passing {
  readonly name: string;
  readonly db: string;
  readonly body: Doc;
}

/** Decides about a command; undefined lets it pass. */
export type Rule = (command: Passing) => Fault | undefined;

/** Body of an error reply. */
export const refusal = (
  code: number,
  codeName: string,
  errorLabels: readonly string[] = [],
): object => ({ ok: 0, code, codeName, errmsg: `${codeName}, by the proxy`, errorLabels });

/** Where the server is, from its connection string. */
function addressOf(uri: string): { path: string } | { host: string; port: number } {
  const place = decodeURIComponent(/^mongodb:\/\/([^/?]+)/.exec(uri)?.[1] ?? '');
  if (place.startsWith('/')) return { path: place };
  const [host = '', port = '27017'] = place.split(':');
  return { host, port: Number(port) };
}

const opReply = 1;
const replyBodyAt = { legacy: 36, message: 21 };

const decodeReply = (bytes: Buffer): Doc =>
  decode(bytes, bytes.readInt32LE(12) === opReply ? replyBodyAt.legacy : replyBodyAt.message);

const greetings: ReadonlySet<string> = new Set(['hello', 'isMaster', 'ismaster']);

/** One client and its own connection to the server; one command at a time, as drivers do. */
class Pipe {
  readonly #server: Socket;
  readonly #replies = new FrameReader();
  #arrived: (reply: Buffer | undefined) => void = () => undefined;
  #turn: Promise<void> = Promise.resolve();
  /** Nothing but greetings so far: what a driver watches the server with. */
  #watches = true;
  #doomed = false;

  constructor(
    private readonly client: Socket,
    target: ReturnType<typeof addressOf>,
    private readonly rule: Rule,
    private readonly onFailure: (error: unknown) => void,
  ) {
    this.#server = createConnection(target);
    const requests = new FrameReader();
    client.on('data', (chunk) => {
      for (const bytes of requests.push(chunk)) this.#queue(bytes);
    });
    this.#server.once('close', () => {
      this.#arrived(undefined);
    });
    this.#server.on('data', (chunk) => {
      for (const bytes of this.#replies.push(chunk)) this.#arrived(bytes);
    });
    for (const socket of [client, this.#server]) {
      socket.setNoDelay(true);
      // Broken connections are what this is about; both ends go together.
      socket.on('error', () => {
        this.cut();
      });
      socket.on('close', () => {
        this.cut();
      });
    }
  }

  /**
   * Breaks now, or a watching connection at its next greeting. Driver 7.8 waits for ever for the answer to a greeting that it sends
   * in the very moment in which its connection breaks, unless the server streams its state, which the embedded store does not.
   */
  doom(): void {
    this.#doomed = true;
    if (!this.#watches) this.cut();
  }

  cut(): void {
    this.client.destroy();
    this.#server.destroy();
  }

  #queue(bytes: Buffer): void {
    this.#turn = this.#turn
      .then(() => this.#pass(bytes, parseFrame(bytes)))
      .catch((error: unknown) => {
        this.onFailure(error);
        this.cut();
      });
  }

  async #pass(bytes: Buffer, frame: Frame): Promise<void> {
    if (this.client.destroyed) return;
    if (this.#doomed) return this.cut();
    const body = decode(frame.body);
    const name = body.keys().next().value ?? '';
    this.#watches &&= greetings.has(name);
    const fault = this.rule({ name, db: String(body.get('$db')), body });
    if (fault?.kind === 'cutBefore') return this.cut();
    if (fault?.kind === 'answer') return void this.client.write(encodeReply(fault.reply, frame));
    const reply = await this.#ask(bytes, frame.wantsReply);
    if (fault?.kind === 'cutAfter') return this.cut();
    if (fault?.kind === 'slow') await delay(fault.ms);
    if (reply === undefined || this.client.destroyed) return;
    const answer =
      fault?.kind === 'replace' ? encodeReply(fault.edit(decodeReply(reply)), frame) : reply;
    this.client.write(answer);
  }

  #ask(bytes: Buffer, wantsReply: boolean): Promise<Buffer | undefined> {
    this.#server.write(bytes);
    if (!wantsReply || this.#server.destroyed) return Promise.resolve(undefined);
    return new Promise((resolve) => {
      this.#arrived = resolve;
    });
  }
}

/** A proxy on a port of loopback. Without rules it passes everything on. */
export class FaultyProxy {
  readonly #pipes = new Set<Pipe>();
  readonly #rules = new Set<Rule>();
  readonly #target: ReturnType<typeof addressOf>;
  #server: Server | undefined;
  #port = 0;
  /** What went wrong with the proxy itself; a test that is in order leaves it empty. */
  readonly failures: unknown[] = [];

  private constructor(uri: string) {
    this.#target = addressOf(uri);
  }

  /** @param uri - connection string of the server */
  static async start(uri: string): Promise<FaultyProxy> {
    const proxy = new FaultyProxy(uri);
    await proxy.comeBack();
    return proxy;
  }

  /** Connection string of the proxy. Drivers look and give up sooner than usual, so that tests are short. */
  get uri(): string {
    const quickly =
      'heartbeatFrequencyMS=500&minHeartbeatFrequencyMS=50&serverSelectionTimeoutMS=1500';
    return `mongodb://127.0.0.1:${this.#port}/?directConnection=true&${quickly}`;
  }

  /** Asks a rule about every command, until the returned function is called. */
  always(rule: Rule): () => void {
    this.#rules.add(rule);
    return () => this.#rules.delete(rule);
  }

  /** Lets a fault happen to the next commands that match. @returns resolves once it has happened to all */
  next(matches: (command: Passing) => boolean, fault: Fault, times = 1): Promise<void> {
    return new Promise((resolve) => {
      let left = times;
      const stop = this.always((command) => {
        if (!matches(command)) return undefined;
        left -= 1;
        if (left === 0) {
          stop();
          resolve();
        }
        return fault;
      });
    });
  }

  /** Forgets all rules: from here on everything passes. */
  lift(): void {
    this.#rules.clear();
  }

  /** Takes no new connection and breaks those that are open. */
  goAway(): void {
    const server = this.#server;
    this.#server = undefined;
    server?.close();
    for (const pipe of this.#pipes) pipe.doom();
  }

  /** Listens again, on the same port. */
  async comeBack(): Promise<void> {
    const server = createServer((client) => {
      // One may have been on its way in while the proxy went away; it would keep the server from closing.
      if (server === this.#server) this.#accept(client);
      else client.destroy();
    });
    this.#server = server;
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(this.#port, '127.0.0.1', resolve);
    });
    this.#port = (server.address() as AddressInfo).port;
  }

  #accept(client: Socket): void {
    const rule: Rule = (command) => {
      for (const each of this.#rules) {
        const fault = each(command);
        if (fault) return fault;
      }
      return undefined;
    };
    const pipe = new Pipe(client, this.#target, rule, (error) => this.failures.push(error));
    this.#pipes.add(pipe);
    client.once('close', () => this.#pipes.delete(pipe));
  }
}
