/** The HTTP frame with handlers that answer with the examples of the contract, for tests of the frame itself. */
import type { FastifyInstance } from 'fastify';
import { pino } from 'pino';
import { openDoor } from '../../src/door.js';
import type { Principal } from '../../src/domain/access/principal.js';
import type { IdempotentWrites, RememberedAnswer } from '../../src/domain/idempotency.js';
import { withoutHandler, type Handlers } from '../../src/http/contract.js';
import { ownContract } from '../../src/http/compat.js';
import { loadContract, type Contract } from '../../src/http/contract-document.js';
import { createMetrics, type Metrics } from '../../src/http/metrics.js';
import { loadDashboard } from '../../src/http/dashboard.js';
import { buildHttp, type HttpOptions } from '../../src/http/server.js';

export const contract = ownContract(loadContract());

export const clusterId = '66b2f0a1c3d4e5f607182930';

export const tokens = {
  administrator: 'admin',
  enrolment: 'enrol',
  cluster: 'own',
  user: 'ada',
  reader: 'reader',
} as const;

const principals: Readonly<Record<string, Principal>> = {
  admin: { kind: 'administrator' },
  enrol: { kind: 'enrolment', requiresApproval: false },
  own: { kind: 'cluster', clusterId },
  reader: { kind: 'apiKey', keyId: clusterId, name: 'reader', permissions: ['schedulers:read'] },
  ada: { kind: 'user', userId: clusterId, name: 'ada', sessionId: clusterId, permissions: [] },
};

export const as = (kind: keyof typeof tokens): { authorization: string } => ({
  authorization: `Bearer ${tokens[kind]}`,
});

interface Example {
  readonly value?: unknown;
  readonly $ref?: string;
}

const exampleValue = (example: Example | undefined): unknown => {
  const name = example?.$ref?.split('/').at(-1) ?? '';
  const shared = contract.document.components['examples'] as Record<string, Example>;
  return example?.value ?? shared[name]?.value;
};

/** The first declared success of an operation, with its first example. */
const exampleAnswer = (operation: Contract['operations'][number]): RememberedAnswer => {
  const [status, media] = [...operation.responses].find(([key]) => key.startsWith('2')) ?? [];
  const [content] = Object.values(media ?? {}) as { examples?: Record<string, Example> }[];
  const [example] = Object.values(content?.examples ?? {});
  return { status: Number(status), headers: {}, body: exampleValue(example) };
};

export type StubHandler = (request: {
  readonly body: unknown;
  readonly query: Readonly<Record<string, unknown>>;
  readonly header: Readonly<Record<string, unknown>>;
  readonly signal: AbortSignal;
}) => Promise<{ status: number; body: unknown; headers?: Record<string, string> }>;

const elsewhere: readonly string[] = withoutHandler;

/** A handler for each operation; `special` replaces some. */
export const stubHandlers = (special: Readonly<Record<string, StubHandler>> = {}): Handlers => {
  const examples = contract.operations
    .filter(({ id }) => !elsewhere.includes(id))
    .map((operation) => [operation.id, async () => exampleAnswer(operation)] as const);
  return { ...Object.fromEntries(examples), ...special } as unknown as Handlers;
};

/** Remembers in memory, like the store does on disk. */
export const rememberInMemory = (): IdempotentWrites => {
  const answers = new Map<string, RememberedAnswer>();
  return {
    once: async (key, work) => {
      const name = JSON.stringify(key);
      const known = answers.get(name);
      if (known) return { answer: known, replayed: true };
      const answer = await work();
      answers.set(name, answer);
      return { answer, replayed: false };
    },
  };
};

export interface StubServer {
  readonly app: FastifyInstance;
  readonly metrics: Metrics;
  /** Lines of the log, parsed. */
  readonly log: Record<string, unknown>[];
}

/** A server whose handlers are stubs. Close it after use. */
export const stubServer = async (
  special: Readonly<Record<string, StubHandler>> = {},
  options: Partial<HttpOptions> = {},
): Promise<StubServer> => {
  const log: Record<string, unknown>[] = [];
  const write = (line: string): void => {
    log.push(JSON.parse(line) as Record<string, unknown>);
  };
  const metrics = createMetrics(false);
  const door = openDoor({}, () => performance.now());
  const app = await buildHttp({
    handlers: stubHandlers(special),
    authenticator: { authenticate: async (token) => principals[token] },
    idempotency: rememberInMemory(),
    logger: pino({ level: 'debug' }, { write }),
    metrics,
    ready: () => true,
    checkResponses: true,
    audit: { record: () => undefined, requireRoom: () => undefined },
    now: Date.now,
    rates: door.limits,
    remote: door.remote,
    connections: door.guard,
    contract,
    dashboard: loadDashboard(),
    ...options,
  });
  return { app, metrics, log };
};
