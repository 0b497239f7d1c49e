/** The endpoints of 2021, each a thin translation onto the verbs of the domain. */
import { Readable } from 'node:stream';
import { addWorker, removeWorker, setWorkerCount } from '../../domain/cluster/count-workers.js';
import { workerCount } from '../../domain/cluster/cluster.js';
import { getCluster } from '../../domain/cluster/get-cluster.js';
import { DomainError } from '../../domain/errors.js';
import { recordJobs } from '../../domain/instance/record-jobs.js';
import type { Ports } from '../../domain/ports.js';
import { getService } from '../../domain/service/get-service.js';
import { json, ok, text, type Answer, type Request } from './answers.js';
import type { Courier } from './courier.js';
import { countOf, idOf, parseFields } from '../input.js';
import { deleteJob, deployJob, jobStatus, replicate } from './jobs.js';
import { moveBetweenClusters, moveBetweenNodes } from './moves.js';
import { readReport } from './report.js';
import { readResult, type SchedulerResult } from './results.js';
import { readUpload } from './upload.js';

/** The documents that the database API names, one text each. */
export interface Documents {
  clusters(reportedAfter?: number): AsyncIterable<string>;
  jobs(): AsyncIterable<string>;
}

/** The Cloud Scheduler, where there is one. */
export interface CloudScheduler {
  /** Takes a decision over that it has sent. @returns whether somebody waited for it */
  take(result: SchedulerResult): Promise<boolean>;
  /** @returns the status that it answers with, or nothing when it does not answer */
  probe(): Promise<number | undefined>;
}

export interface HandlerOptions {
  readonly ports: Ports;
  readonly documents: Documents;
  readonly courier: Pick<Courier, 'mayForget' | 'discard'>;
  readonly scheduler: CloudScheduler | undefined;
}

/** How long after its last report a cluster is active. */
const activeSeconds = 45;
const workersMax = 1_000_000;

async function* arrayOf(items: AsyncIterable<string>): AsyncIterable<string> {
  let first = true;
  for await (const item of items) {
    yield first ? `[${item}` : `,${item}`;
    first = false;
  }
  yield first ? '[]' : ']';
}

const list = (items: AsyncIterable<string>): Answer => json(Readable.from(arrayOf(items)));

/** @throws DomainError `cluster-not-found` - it is no id at all */
function requireCluster(value: unknown): string {
  const id = idOf(value);
  if (id === undefined) throw new DomainError('cluster-not-found', 'Error: no such cluster');
  return id;
}

async function removeOne(ports: Ports, clusterId: string): Promise<Answer> {
  const cluster = await getCluster(ports.clusters, clusterId);
  if (workerCount(cluster) > 0) await removeWorker(ports, clusterId, undefined);
  return ok;
}

async function takeReport(
  { ports, courier }: HandlerOptions,
  { path, body }: Request,
): Promise<Answer> {
  const clusterId = requireCluster(path['clusterId']);
  const report = readReport(parseFields(body));
  const strangers = await recordJobs(ports, clusterId, report, (serviceId) =>
    courier.mayForget(clusterId, serviceId),
  );
  for (const serviceId of strangers)
    // What this manager never knew is somebody else's.
    if (await ports.services.find(serviceId)) courier.discard(clusterId, serviceId);
  return ok;
}

async function takeResult(
  { ports, scheduler }: HandlerOptions,
  { body }: Request,
  scales: boolean,
): Promise<Answer> {
  const result = readResult(body);
  const { serviceId, replicas } = result;
  if (scales && replicas !== undefined) await replicate(ports, serviceId, replicas);
  // Somebody may wait for it who only wanted to know: then there is no such service.
  if ((await scheduler?.take(result)) !== true) await getService(ports.services, serviceId);
  return ok;
}

async function testScheduler({ scheduler }: HandlerOptions): Promise<Answer> {
  const status = await scheduler?.probe();
  return status === undefined
    ? text(503, 'Scheduler Request failed.')
    : text(status, 'Scheduler Request successfull.');
}

/** One for each operation of the tag `edgeio`. */
export const createHandlers = (
  options: HandlerOptions,
): Readonly<Record<string, (request: Request) => Promise<Answer>>> => {
  const { ports, documents } = options;
  const always = (): Promise<Answer> => Promise.resolve(ok);
  const down = ({ path }: Request): Promise<Answer> =>
    replicate(ports, path['jobId'], path['replicas'], 'down');
  const report = (request: Request): Promise<Answer> => takeReport(options, request);
  return {
    edgeioStatus: always,
    edgeioFeedback: always,
    edgeioDeploy: async ({ contentType, body }) => {
      const id = await deployJob(ports, await readUpload(contentType, body));
      return json(JSON.stringify({ job_id: id }));
    },
    edgeioListJobs: () => Promise.resolve(list(documents.jobs())),
    edgeioJobStatus: ({ path }) => jobStatus(ports, path['jobId']),
    edgeioDelete: ({ path }) => deleteJob(ports, path['jobId']),
    edgeioDeployResult: (request) => takeResult(options, request, false),
    edgeioReplicateResult: (request) => takeResult(options, request, true),
    edgeioReadReport: report,
    edgeioReport: report,
    edgeioTestScheduler: () => testScheduler(options),
    edgeioListClusters: () => Promise.resolve(list(documents.clusters())),
    edgeioListActiveClusters: () =>
      Promise.resolve(list(documents.clusters(ports.now() / 1000 - activeSeconds))),
    edgeioCountClusters: async () => text(200, String((await ports.clusters.all()).length)),
    edgeioMoveBetweenClusters: ({ body }) => moveBetweenClusters(ports, parseFields(body)),
    edgeioMoveBetweenNodes: ({ body }) => moveBetweenNodes(ports, parseFields(body)),
    edgeioReplicateUp: ({ body }) => {
      const fields = parseFields(body);
      return replicate(ports, fields['job_id'], fields['replicas'], 'up');
    },
    edgeioReplicateDown: down,
    edgeioReplicateDownByPost: down,
    edgeioReplicate: ({ body }) => {
      const fields = parseFields(body);
      return replicate(ports, fields['job_id'], fields['replicas']);
    },
    edgeioAddNode: async ({ path }) => {
      await addWorker(ports, requireCluster(path['clusterId']), undefined);
      return ok;
    },
    edgeioRemoveNode: ({ path }) => removeOne(ports, requireCluster(path['clusterId'])),
    edgeioSetNodes: async ({ path }) => {
      const id = requireCluster(path['clusterId']);
      await setWorkerCount(ports, id, countOf(path['count'], 'the number', workersMax));
      return ok;
    },
  };
};
