import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';
import type {
  AgentFrame,
  HelloFrame,
  InstanceReport,
  ManagerFrame,
  Problem,
  ReportFrame,
} from '../../../clients/typescript/src/agent/index.js';
import { Happenings } from './waiting.js';

export const enrolmentToken = 'enrolment-token-for-tests';
export const clusterId = '66b2f0a1c3d4e5f607182930';

export interface FakeManagerOptions {
  readonly heartbeatIntervalMs?: number;
  readonly reportIntervalMs?: number;
  /** Whether it pings. @default true */
  readonly pings?: boolean;
  /** Whether it answers reports. @default true */
  readonly answersReports?: boolean;
  /** Whether it answers `hello`. @default true */
  readonly welcomes?: boolean;
}

export interface Refusal {
  readonly status: number;
  readonly problem: Problem;
  readonly headers?: Readonly<Record<string, string>>;
}

/** The first report of a generation in a phase. */
const findPhase = (
  frames: Happenings<AgentFrame>,
  { instanceId, generation, phase }: Pick<InstanceReport, 'instanceId' | 'generation' | 'phase'>,
  from: number,
): Promise<InstanceReport> =>
  frames.find(
    `${instanceId}/${generation} ${phase}`,
    (frame) =>
      frame.type === 'report' &&
      frame.instances.find(
        (one) =>
          one.instanceId === instanceId && one.generation === generation && one.phase === phase,
      ),
    { from },
  );

/** One session as the manager sees it. */
export class FakeSession {
  readonly number: number;
  readonly token: string;
  readonly frames = new Happenings<AgentFrame>();
  readonly closed: Promise<number>;
  readonly #socket: WebSocket;
  #applies = 0;
  #pings = 0;

  constructor(socket: WebSocket, number: number, token: string) {
    this.#socket = socket;
    this.number = number;
    this.token = token;
    this.closed = new Promise((resolve) => socket.once('close', (code) => resolve(code)));
  }

  get socket(): WebSocket {
    return this.#socket;
  }

  hello(): Promise<HelloFrame> {
    return this.frames.find('hello', (frame) => frame.type === 'hello' && frame);
  }

  reports(): readonly ReportFrame[] {
    return this.frames.all.filter((frame) => frame.type === 'report');
  }

  /** The last thing that was said of a generation. */
  latest(instanceId: string, generation = 1): InstanceReport | undefined {
    return this.reports()
      .flatMap(({ instances }) => instances)
      .filter((one) => one.instanceId === instanceId && one.generation === generation)
      .at(-1);
  }

  report(what: string, fits: (report: ReportFrame) => boolean, from = 0): Promise<ReportFrame> {
    return this.frames.find(what, (frame) => frame.type === 'report' && fits(frame) && frame, {
      from,
    });
  }

  /** Waits until a generation is reported in this phase. */
  phase(
    instanceId: string,
    phase: InstanceReport['phase'],
    generation = 1,
    from = 0,
  ): Promise<InstanceReport> {
    return findPhase(this.frames, { instanceId, generation, phase }, from);
  }

  send(frame: ManagerFrame): void {
    this.sendText(JSON.stringify(frame));
  }

  sendText(text: string): void {
    this.#socket.send(text);
  }

  /** Resolves when the agent has taken in everything that was sent before. */
  async heard(): Promise<void> {
    this.#pings += 1;
    const mark = `heard-${this.#pings}`;
    const pong = new Promise<void>((resolve) => {
      const onPong = (data: Buffer): void => {
        if (data.toString() !== mark) return;
        this.#socket.off('pong', onPong);
        resolve();
      };
      this.#socket.on('pong', onPong);
    });
    this.#socket.ping(mark);
    await pong;
  }

  /** Gives orders. @returns the id that their answers bear */
  apply(...orders: Extract<ManagerFrame, { type: 'apply' }>['orders']): string {
    this.#applies += 1;
    const id = `apply-${this.number}-${this.#applies}`;
    this.send({ type: 'apply', id, orders });
    return id;
  }

  /** Waits until that many orders of a frame are confirmed. */
  async acked(id: string, count = 1): Promise<void> {
    let seen = 0;
    await this.frames.find(`ack of ${id}`, (frame) => {
      if (frame.type === 'ack' && frame.id === id) seen += frame.orders.length;
      return seen >= count;
    });
  }

  nacked(id: string): Promise<Problem> {
    return this.frames.find(
      `nack of ${id}`,
      (frame) => frame.type === 'nack' && frame.id === id && frame.problem,
    );
  }

  close(code: number, reason = ''): void {
    this.#socket.close(code, reason);
  }

  /** Breaks the connection without a word. */
  drop(): void {
    this.#socket.terminate();
  }
}

/** Speaks the manager's half of the protocol, and does exactly what a test tells it. */
export class FakeManager {
  readonly sessions = new Happenings<FakeSession>();
  /** Frames of all sessions, in the order in which they came. */
  readonly frames = new Happenings<AgentFrame>();
  readonly upgrades = new Happenings<{ token: string; protocol: string }>();
  /** Credentials that it has given, by cluster name. */
  readonly credentials = new Map<string, string>();
  options: FakeManagerOptions;
  /** When set, upgrades are answered with this status and problem. */
  refusal: Refusal | undefined;
  readonly #server: Server;
  readonly #sockets: WebSocketServer;
  readonly #timers = new Set<NodeJS.Timeout>();
  #port = 0;
  #taken = 0;

  private constructor(options: FakeManagerOptions) {
    this.options = options;
    this.#server = createServer((_request, response) => response.writeHead(404).end());
    this.#sockets = new WebSocketServer({ noServer: true, maxPayload: 64 * 1024 * 1024 });
    this.#server.on('upgrade', (request, socket, head) => this.#upgrade(request, socket, head));
  }

  static async start(options: FakeManagerOptions = {}): Promise<FakeManager> {
    const manager = new FakeManager(options);
    await manager.listen();
    return manager;
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  /** Listens, again on the same port after `stopListening`. */
  async listen(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(this.#port, '127.0.0.1', resolve));
    this.#port = (this.#server.address() as AddressInfo).port;
  }

  /** Waits until the first generation of an instance is reported in this phase, in whichever session. */
  phase(instanceId: string, phase: InstanceReport['phase'], from = 0): Promise<InstanceReport> {
    return findPhase(this.frames, { instanceId, generation: 1, phase }, from);
  }

  async stopListening(): Promise<void> {
    for (const socket of this.#sockets.clients) socket.terminate();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  /** The next session that this has not handed out yet. */
  async session(): Promise<FakeSession> {
    const from = this.#taken;
    this.#taken += 1;
    return this.sessions.find(`session ${from + 1}`, (session) => session, { from });
  }

  async close(): Promise<void> {
    for (const timer of this.#timers) clearInterval(timer);
    for (const socket of this.#sockets.clients) socket.terminate();
    this.#server.closeAllConnections();
    if (this.#server.listening) await new Promise((resolve) => this.#server.close(resolve));
  }

  #upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const token = request.headers.authorization?.replace(/^Bearer /, '') ?? '';
    const protocol = request.headers['sec-websocket-protocol'] ?? '';
    this.upgrades.add({ token, protocol });
    const known = token === enrolmentToken || [...this.credentials.values()].includes(token);
    const refusal = this.refusal ?? (known ? undefined : unauthenticated);
    if (refusal === undefined && request.url === '/register') {
      this.#sockets.handleUpgrade(request, socket, head, (ws) => this.#open(ws, token));
      return;
    }
    const { status, problem, headers }: Refusal = refusal ?? unauthenticated;
    const body = JSON.stringify(problem);
    const lines = Object.entries({
      'content-type': 'application/problem+json',
      'content-length': String(Buffer.byteLength(body)),
      connection: 'close',
      ...headers,
    }).map(([name, value]) => `${name}: ${value}\r\n`);
    socket.end(`HTTP/1.1 ${status} Refused\r\n${lines.join('')}\r\n${body}`);
  }

  #open(socket: WebSocket, token: string): void {
    const session = new FakeSession(socket, this.sessions.all.length + 1, token);
    socket.on('message', (data: Buffer) => {
      const frame = JSON.parse(data.toString('utf8')) as AgentFrame;
      if (frame.type === 'hello' && this.options.welcomes !== false) this.#welcome(session, frame);
      session.frames.add(frame);
      this.frames.add(frame);
      if (frame.type === 'report' && this.options.answersReports !== false) {
        const { session: of, sequence } = frame;
        session.send({ type: 'reported', session: of, sequence, applied: true });
      }
    });
    this.sessions.add(session);
  }

  #welcome(session: FakeSession, { name }: HelloFrame): void {
    const heartbeatIntervalMs = this.options.heartbeatIntervalMs ?? 5_000;
    const fresh = session.token === enrolmentToken;
    if (fresh) this.credentials.set(name, `credential-of-${name}`);
    session.send({
      type: 'welcome',
      clusterId,
      session: session.number,
      heartbeatIntervalMs,
      reportIntervalMs: this.options.reportIntervalMs ?? 60_000,
      ...(fresh ? { credential: `credential-of-${name}` } : {}),
    });
    if (this.options.pings === false) return;
    const timer = setInterval(() => session.socket.ping(), heartbeatIntervalMs);
    this.#timers.add(timer);
    session.socket.once('close', () => {
      clearInterval(timer);
      this.#timers.delete(timer);
    });
  }
}

const unauthenticated: Refusal = {
  status: 401,
  problem: { type: '/problems/unauthenticated', title: 'No valid token', status: 401 },
};
