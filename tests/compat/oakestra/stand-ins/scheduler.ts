/**
 * The scheduler of Oakestra, written from its contract: takes any question at once, reads the clusters from the port for resources, picks
 * one, and posts what it has decided.
 */
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Happenings } from '../../../support/happenings.js';
import { askRaw } from '../raw-http.js';

type Fields = Readonly<Record<string, unknown>>;

interface Candidate {
  readonly _id: string;
  readonly virtualization: readonly string[] | null;
  readonly csi_drivers: readonly string[] | null;
  readonly memory: number;
  readonly vcpus: number;
  readonly cpu_percent: number;
}

interface Constraint {
  readonly type: string;
  readonly cluster?: string;
}

async function read(request: IncomingMessage): Promise<Fields> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  return JSON.parse(Buffer.concat(chunks).toString('utf8')) as Fields;
}

export class SchedulerStandIn {
  readonly questions = new Happenings<Fields>();
  readonly posted = new Happenings<Fields>();
  /** How often each decision is posted. */
  times = 1;
  /** It takes questions, and decides nothing. */
  silent = false;
  /** What it answers to a question; 200 is all that the original ever does. */
  answers = 200;
  #manager = '';
  #resources = '';
  readonly #server: Server;
  readonly #deciding = new Set<Promise<void>>();

  private constructor() {
    this.#server = createServer((request, response) => {
      read(request).then(
        (question) => {
          response.writeHead(this.answers).end();
          this.questions.add(question);
          if (this.silent || this.answers !== 200) return;
          const deciding = this.#decide(question).finally(() => this.#deciding.delete(deciding));
          this.#deciding.add(deciding);
        },
        () => response.destroy(),
      );
    });
  }

  static async listen(): Promise<SchedulerStandIn> {
    const scheduler = new SchedulerStandIn();
    await new Promise<void>((resolve) => scheduler.#server.listen(0, '127.0.0.1', () => resolve()));
    return scheduler;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Tells it where the manager and its port for resources are. */
  pointTo(manager: string, resources: string): void {
    this.#manager = manager;
    this.#resources = resources;
  }

  async close(): Promise<void> {
    await Promise.allSettled(this.#deciding);
    this.#server.closeAllConnections();
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }

  /** Posts a decision. @returns status and body of the answer */
  async post(decision: unknown): Promise<{ status: number; body: string }> {
    const { status, body } = await askRaw(this.#manager, {
      method: 'POST',
      path: '/api/result/deploy',
      body: decision,
    });
    return { status, body };
  }

  async #decide(question: Fields): Promise<void> {
    const candidates = await this.#candidates((question['constraints'] ?? []) as Constraint[]);
    const chosen = this.#choose(question, candidates);
    const decision =
      typeof chosen === 'string'
        ? { job_id: question['_id'], status: chosen }
        : { job_id: question['_id'], candidate_id: chosen._id };
    for (let time = 1; time <= this.times; time += 1) await this.post(decision);
    this.posted.add(decision);
  }

  /** With the slash and the parameter without a value that the original sends. */
  async #candidates(constraints: readonly Constraint[]): Promise<readonly Candidate[]> {
    const direct = constraints.find(({ type }) => type === 'direct')?.cluster;
    const name = direct === undefined || direct === '' ? '' : `&candidate_name=${direct}`;
    const fields = 'constraints,_id,virtualization,csi_drivers,volumes,memory,vcpus,cpu_percent';
    const { body } = await askRaw(this.#resources, {
      path: `/api/v1/resources/?active=true${name}&${fields}`,
    });
    return JSON.parse(body) as readonly Candidate[];
  }

  /** The least busy one that has room, or why there is none. */
  #choose(question: Fields, candidates: readonly Candidate[]): Candidate | string {
    if (candidates.length === 0) return 'TargetClusterNotActive';
    const roomy = candidates.filter(
      ({ virtualization, vcpus, memory }) =>
        virtualization?.includes(String(question['virtualization'])) === true &&
        vcpus >= Number(question['vcpus'] ?? 0) &&
        memory >= Number(question['memory'] ?? 0),
    );
    const [best] = [...roomy].sort((a, b) => a.cpu_percent - b.cpu_percent);
    return best ?? 'NoActiveClusterWithCapacity';
  }
}
