/** Those who want more than they may: each exceeds one limit, all at the same time, each from an address of its own. */
import { connect, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { Agent, request, type Dispatcher } from 'undici';
import { WebSocket } from 'ws';
import { subprotocol } from '../support/upgrade.js';
import type { Tally } from './tally.js';

export interface Target {
  readonly url: string;
  readonly adminToken: string;
  readonly enrolmentToken: string;
  /** Name of the cluster that does what it is told. */
  readonly cluster: string;
  readonly signal: AbortSignal;
  readonly tally: Tally;
}

const tickMs = 100;

/** Does something so often a second, whether or not it is done by then. Ends when all of it has ended. */
async function often(
  target: Target,
  perSecond: number,
  work: (n: number) => Promise<void>,
): Promise<void> {
  const underWay = new Set<Promise<void>>();
  const perTick = perSecond * (tickMs / 1000);
  let owed = 0;
  for (let n = 0; !target.signal.aborted; await delay(tickMs))
    for (owed += perTick; owed >= 1; owed -= 1) {
      const one = work((n += 1)).finally(() => underWay.delete(one));
      underWay.add(one);
    }
  await Promise.all(underWay);
}

type Ask = Pick<Dispatcher.RequestOptions, 'method' | 'path'> & {
  readonly token?: string;
  readonly json?: object;
};

/** Asks from an address of loopback. */
class Caller {
  readonly #target: Target;
  readonly #what: string;
  readonly #agent: Agent;

  constructor(target: Target, what: string, localAddress: string, connections = 64) {
    this.#target = target;
    this.#what = what;
    this.#agent = new Agent({ connections, localAddress });
  }

  async ask({ method, path, token, json }: Ask): Promise<{ status: number; text: string }> {
    const { url, tally } = this.#target;
    try {
      const { statusCode, headers, body } = await request(`${url}${path}`, {
        dispatcher: this.#agent,
        method,
        headers: {
          ...(token !== undefined && { authorization: `Bearer ${token}` }),
          ...(json !== undefined && { 'content-type': 'application/json' }),
        },
        ...(json !== undefined && { body: JSON.stringify(json) }),
      });
      const text = await body.text();
      tally.answered(this.#what, statusCode, headers['retry-after']?.toString());
      return { status: statusCode, text };
    } catch (error) {
      tally.add(this.#what, 'no answer');
      tally.fault(`${this.#what}: ${String(error)}`);
      return { status: 0, text: '' };
    }
  }

  close(): Promise<void> {
    return this.#agent.close();
  }
}

async function reads(target: Target): Promise<void> {
  const caller = new Caller(target, 'reads', '127.0.0.10');
  await often(target, 300, async () => {
    await caller.ask({ method: 'GET', path: '/api/v1/clusters', token: target.adminToken });
  });
  await caller.close();
}

/** @returns ids of the operations that were accepted */
async function writes(target: Target, token: string): Promise<readonly string[]> {
  const caller = new Caller(target, 'writes', '127.0.0.11');
  const accepted: string[] = [];
  await often(target, 40, async (n) => {
    // The other cluster that there is does nothing that it is told.
    const placement = { cluster: target.cluster };
    const json = { name: `wanted-${n}`, command: ['serve'], placement };
    const { status, text } = await caller.ask({
      method: 'POST',
      path: '/api/v1/services',
      token,
      json,
    });
    if (status === 202)
      accepted.push((JSON.parse(text) as { operation: { id: string } }).operation.id);
  });
  await caller.close();
  return accepted;
}

async function guesses(target: Target): Promise<void> {
  const caller = new Caller(target, 'wrong tokens', '127.0.0.12');
  await often(target, 100, async (n) => {
    await caller.ask({ method: 'GET', path: '/api/v1/clusters', token: `guess-${n}` });
  });
  await caller.close();
}

async function signIns(target: Target): Promise<void> {
  const caller = new Caller(target, 'sign-ins', '127.0.0.13');
  await often(target, 20, async (n) => {
    const json = { name: `nobody-${n}`, password: 'let me in, please' };
    await caller.ask({ method: 'POST', path: '/api/v1/sessions', json });
  });
  await caller.close();
}

/** Upgrades with a token that nobody knows. */
async function upgrades(target: Target): Promise<void> {
  await often(
    target,
    60,
    (n) =>
      new Promise((resolve) => {
        const socket = new WebSocket(
          `${target.url.replace('http', 'ws')}/register`,
          [subprotocol],
          {
            localAddress: '127.0.0.14',
            headers: {
              authorization: `Bearer ${n % 2 === 0 ? `guess-${n}` : target.enrolmentToken}`,
            },
          },
        );
        let answered = false;
        const end = (): void => {
          answered = true;
          socket.terminate();
          resolve();
        };
        socket.on('open', () => {
          target.tally.add('upgrades', '101');
          end();
        });
        socket.on('unexpected-response', (_request, response) => {
          const { statusCode = 0, headers } = response;
          target.tally.answered('upgrades', statusCode, headers['retry-after']);
          end();
        });
        socket.on('error', (error) => {
          if (answered) return;
          target.tally.add('upgrades', 'no answer');
          target.tally.fault(`upgrades: ${error.message}`);
          resolve();
        });
      }),
  );
}

const talk = ({ url }: Target, localAddress: string, text: string): Socket => {
  const socket = connect({ host: '127.0.0.1', port: Number(new URL(url).port), localAddress });
  socket.on('error', () => undefined);
  socket.once('connect', () => socket.write(text));
  return socket;
};

/** Connections that begin a request and never end it. They get 408 when they took too long; what is too many is closed. */
async function hoards(target: Target): Promise<void> {
  const open = new Set<Socket>();
  await often(target, 30, async (n) => {
    const bodyless = n % 2 === 0;
    const text = bodyless
      ? 'GET /healthz HTTP/1.1\r\nhost: a\r\nx-slow: '
      : `POST /api/v1/services HTTP/1.1\r\nhost: a\r\nauthorization: Bearer ${target.adminToken}\r\ncontent-type: application/json\r\ncontent-length: 1000000\r\n\r\n{`;
    const socket = talk(target, '127.0.0.15', text);
    open.add(socket);
    const what = bodyless ? 'slow headers' : 'slow bodies';
    let answer = '';
    socket.on('data', (bytes: Buffer) => (answer += bytes.toString('latin1')));
    socket.once('close', () => {
      open.delete(socket);
      const status = Number(/^HTTP\/1.1 (\d{3})/.exec(answer)?.[1] ?? 0);
      const wait = /retry-after: (\d+)/i.exec(answer)?.[1];
      if (status === 0) target.tally.add(what, 'closed');
      else target.tally.answered(what, status, wait);
    });
  });
  for (const socket of open) socket.destroy();
}

/** A session that says more than it may, and reads nothing of the answers to its heartbeats. */
async function chatter(target: Target): Promise<void> {
  const socket = new WebSocket(`${target.url.replace('http', 'ws')}/register`, [subprotocol], {
    localAddress: '127.0.0.16',
    headers: { authorization: `Bearer ${target.enrolmentToken}` },
  });
  socket.on('error', (error) => {
    target.tally.fault(`chatter: ${error.message}`);
  });
  let session = 0;
  socket.on('message', (data: Buffer) => {
    const frame = JSON.parse(data.toString('utf8')) as { type: string; session?: number };
    if (frame.type === 'welcome') session = frame.session ?? 0;
    target.tally.add('frames', frame.type);
  });
  socket.once('open', () => {
    socket.send(JSON.stringify({ type: 'hello', name: 'chatter', capabilities: ['process'] }));
  });
  let sequence = 0;
  await often(target, 2_000, async (n) => {
    // Whoever keeps more than this in memory would exceed a limit of this process.
    if (session === 0 || socket.readyState !== socket.OPEN || socket.bufferedAmount > 4_000_000)
      return;
    if (n % 3 === 0) socket.ping();
    else
      socket.send(
        JSON.stringify({ type: 'report', session, sequence: (sequence += 1), instances: [] }),
      );
  });
  socket.terminate();
}

/** @returns ids of the operations that were accepted */
export async function overload(target: Target, writerToken: string): Promise<readonly string[]> {
  const [accepted] = await Promise.all([
    writes(target, writerToken),
    reads(target),
    guesses(target),
    signIns(target),
    upgrades(target),
    hoards(target),
    chatter(target),
  ]);
  return accepted;
}
