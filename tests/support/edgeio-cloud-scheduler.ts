/**
 * A Cloud Scheduler of 2021, written from its wire contract: is asked over HTTP, answers at once, and decides in the background. It
 * reads clusters and jobs from the database with the official driver, writes its verdict there, and posts a result on success.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import mongoose from 'mongoose';
import { Happenings } from './happenings.js';
import { sendJson } from './edgeio-cluster-manager.js';

const { MongoClient, ObjectId } = mongoose.mongo;
const { EJSON } = mongoose.mongo.BSON;
type Document = mongoose.mongo.Document;
type Client = InstanceType<typeof MongoClient>;

export interface Question {
  readonly path: string;
  readonly body: Readonly<Record<string, unknown>>;
}

/** How a result is told: as a JSON text that holds it, as an object, or only in the database. */
export type Telling = 'double-encoded' | 'plain' | 'database only';

const activeSeconds = 30;

async function read(request: IncomingMessage): Promise<Record<string, unknown>> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  const text = Buffer.concat(chunks).toString('utf8');
  return text === '' ? {} : (JSON.parse(text) as Record<string, unknown>);
}

export class EdgeioCloudScheduler {
  readonly questions = new Happenings<Question>();
  telling: Telling = 'double-encoded';
  /** Questions are answered, and never decided. */
  silent = false;
  /** Questions are decided, and their answer never comes. */
  mute = false;
  /** Everything is answered with this status instead. */
  failsWith: number | undefined;
  readonly #server: Server;
  #client: Client | undefined;
  #managerUrl = '';
  #port = 0;
  readonly #deciding = new Set<Promise<void>>();

  constructor() {
    this.#server = createServer((request, response) => {
      this.#answer(request, response).catch((error: unknown) => {
        response.destroy(error instanceof Error ? error : undefined);
      });
    });
  }

  static async listen(): Promise<EdgeioCloudScheduler> {
    const scheduler = new EdgeioCloudScheduler();
    await new Promise<void>((resolve) => scheduler.#server.listen(0, '127.0.0.1', () => resolve()));
    scheduler.#port = (scheduler.#server.address() as AddressInfo).port;
    return scheduler;
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  /** The commands that its driver has sent, by name. */
  readonly commands: { readonly name: string; readonly command: Document }[] = [];

  async connect(managerUrl: string, mongoUri: string): Promise<void> {
    this.#managerUrl = managerUrl;
    this.#client = await new MongoClient(mongoUri, { monitorCommands: true }).connect();
    this.#client.on('commandStarted', ({ commandName: name, command }) => {
      this.commands.push({ name, command });
    });
  }

  get jobs() {
    return this.#database('jobs').collection('jobs');
  }

  get clusters() {
    return this.#database('clusters').collection('clusters');
  }

  async close(): Promise<void> {
    await Promise.allSettled(this.#deciding);
    await this.#client?.close();
    this.#server.closeAllConnections();
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }

  /** Posts a result as it would by itself. */
  async post(kind: 'deploy' | 'replicate', jobId: string, cluster: Document | null, replicas = 1) {
    const job = await this.jobs.findOne({ _id: new ObjectId(jobId) });
    const result = { job_id: jobId, job: job?.['file_content'] as unknown, replicas, cluster };
    const text = EJSON.stringify(result, { relaxed: true });
    const body = this.telling === 'double-encoded' ? JSON.stringify(text) : text;
    return sendJson('POST', `${this.#managerUrl}/api/result/${kind}`, body);
  }

  #database(name: string) {
    if (this.#client === undefined) throw new Error('the scheduler has no database yet');
    return this.#client.db(name);
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await read(request);
    const path = request.url ?? '';
    if (this.failsWith !== undefined) {
      response.writeHead(this.failsWith).end('failed');
      return;
    }
    if (!this.mute) response.writeHead(200, { 'content-type': 'text/plain' }).end('ok');
    if (path === '/status') return;
    this.questions.add({ path, body });
    if (this.silent) return;
    const deciding = this.#decide(path, body).finally(() => this.#deciding.delete(deciding));
    this.#deciding.add(deciding);
  }

  async #decide(path: string, body: Readonly<Record<string, unknown>>): Promise<void> {
    if (path === '/api/calculate/deploy') {
      const job = body['job'] as Document;
      await this.#conclude('deploy', String(body['system_job_id']), job, 1);
      return;
    }
    const id = String(body['job']);
    const job = await this.jobs.findOne({ _id: new ObjectId(id) });
    const replicas = Number(body['replicas']);
    await this.#conclude('replicate', id, job?.['file_content'] as Document, replicas);
  }

  async #conclude(
    kind: 'deploy' | 'replicate',
    id: string,
    job: Document,
    replicas: number,
  ): Promise<void> {
    const verdict = await this.#place(job);
    const fields =
      typeof verdict === 'string'
        ? { status: verdict }
        : { status: 'CLUSTER_SCHEDULED', cluster: verdict['_id'] as unknown, replicas };
    await this.jobs.updateOne({ _id: new ObjectId(id) }, { $set: fields });
    if (typeof verdict !== 'string' && this.telling !== 'database only')
      await this.post(kind, id, verdict, replicas);
  }

  /** The cluster, or why there is none. */
  async #place(job: Document): Promise<Document | string> {
    const location: unknown = job['cluster_location'];
    if (location === undefined) return 'NoActiveClusterWithCapacity';
    const cluster = await this.clusters.findOne({ cluster_location: location });
    if (cluster === null) return 'TargetClusterNotFound';
    const age = Date.now() / 1000 - Number(cluster['last_modified_timestamp'] ?? 0);
    if (age > activeSeconds) return 'TargetClusterNotActive';
    const { cpu = 0, memory = 0 } = (job['requirements'] ?? {}) as Record<string, number>;
    const roomy =
      Number(cluster['total_cpu_cores']) >= cpu && Number(cluster['memory_in_mb']) >= memory;
    return roomy ? cluster : 'TargetClusterNoCapacity';
  }
}
