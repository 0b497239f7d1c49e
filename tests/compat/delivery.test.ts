/** Orders to clusters that do not answer as they should: kept and tried again, told with the same bytes, and not any more once outdated. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Writable } from 'node:stream';
import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { EdgeioClusterManager, Order, PeerAnswer } from '../support/edgeio-cluster-manager.js';
import { EdgeioSite, quickTiming } from '../support/edgeio-site.js';
import { Happenings } from '../support/happenings.js';

vi.setConfig({ testTimeout: 90_000, hookTimeout: 90_000 });

interface Line {
  readonly msg: string;
  readonly failures?: number;
  readonly err?: { readonly message: string };
}

let site: EdgeioSite;
let munich: EdgeioClusterManager;
let trap: Server;
let trapped = 0;
let names = 0;
const log = new Happenings<Line>();

beforeAll(async () => {
  trap = createServer((_request, response) => {
    trapped += 1;
    response.end('ok');
  });
  await new Promise<void>((resolve) => trap.listen(0, '127.0.0.1', () => resolve()));
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      log.add(JSON.parse(chunk.toString()) as Line);
      done();
    },
  });
  site = await EdgeioSite.start({
    edgeio: { clients: '127.0.0.0/8', timing: { ...quickTiming, callMsMax: 500 } },
    logger: pino({ level: 'warn' }, stream),
  });
  munich = await site.join({ name: 'munich-1', location: 'munich', cores: 64, memory: 64_000 });
});

afterEach(() => {
  munich.intercept = () => undefined;
});

afterAll(async () => {
  await site.close();
  await new Promise<void>((resolve) => trap.close(() => resolve()));
});

const deploy = (): Promise<string> => {
  names += 1;
  return site.deployJob({ job_name: `job-${names}`, cluster_location: 'munich' });
};

const running = (job: string, count = 1): Promise<void> =>
  site.reportingUntil([munich], `${job} runs`, async () => {
    const { phase, instances } = await site.service(job);
    return phase === 'RUNNING' && instances.RUNNING === count;
  });

const deploymentsOf = (job: string): readonly Order[] =>
  munich
    .told('/api/deploy')
    .filter(({ body }) => (body as { system_job_id: string }).system_job_id === job);

/** A failed try that was written to the log since. */
const failure = (from: number): Promise<Line> =>
  log.find('a failed try', (line): line is Line => line.msg.includes('tried again'), from);

/** A failed try of an order that was made out after this: the first one may have been on its way already. */
async function freshFailure(): Promise<void> {
  const from = log.all.length;
  const first = await failure(from);
  await failure(log.all.indexOf(first) + 1);
}

/** How many instances of it are to run at the cluster. */
async function wantedOf(job: string): Promise<number> {
  const instances = await site.instancesOf(job);
  return instances.filter(({ halves }) => halves.some(({ action }) => action === 'run')).length;
}

const failures: readonly (readonly [string, () => PeerAnswer | Promise<PeerAnswer>, RegExp])[] = [
  ['500', () => ({ status: 500, text: 'no' }), /answered with 500/],
  ['no answer in time', () => new Promise<PeerAnswer>(() => undefined), /timeout|aborted/i],
  [
    'an answer that never ends',
    () => ({ status: 200, text: 'o', stalls: true }),
    /timeout|aborted/i,
  ],
  [
    'an answer of 4 MiB',
    () => ({ status: 200, text: 'x'.repeat(4 << 20) }),
    /size|too large|exceed/i,
  ],
  [
    'a redirect',
    () => {
      const { port } = trap.address() as AddressInfo;
      return { status: 302, text: '', headers: { location: `http://127.0.0.1:${port}/` } };
    },
    /answered with 302/,
  ],
];

describe('an order that is answered with', () => {
  it.each(failures)(
    '%s is told again with the same bytes until it is taken',
    async (_name, fail, said) => {
      let left = 2;
      const from = log.all.length;
      munich.intercept = ({ path }) => (path === '/api/deploy' && left-- > 0 ? fail() : undefined);
      const job = await deploy();
      await running(job);
      const told = deploymentsOf(job);
      expect(told.length).toBeGreaterThanOrEqual(3);
      expect(new Set(told.map(({ body }) => JSON.stringify(body))).size).toBe(1);
      expect(munich.jobs.get(job)).toMatchObject({ starts: 1, replicas: 1 });
      expect((await failure(from)).err?.message).toMatch(said);
      expect(trapped).toBe(0);
    },
  );
});

describe('an order to a cluster that is away', () => {
  it('is kept, and carried out on its return', async () => {
    await munich.goAway();
    const from = log.all.length;
    const job = await deploy();
    expect((await failure(from)).err?.message).toMatch(/ECONNREFUSED/);
    expect(await site.jobStatus(job)).toBe('CLUSTER_SCHEDULED');
    await munich.comeBack();
    await running(job);
    expect(munich.jobs.get(job)).toMatchObject({ starts: 1 });
  });

  it('goes to its new address once it has registered there', async () => {
    await munich.goAway();
    const from = log.all.length;
    const job = await deploy();
    await failure(from);
    const { port } = munich;
    await munich.moveElsewhere();
    expect(munich.port).not.toBe(port);
    const { id } = munich;
    expect(await munich.register()).toBe(id);
    await running(job);
  });

  it('is not told any more once the job is deleted; that is', async () => {
    await munich.goAway();
    const from = log.all.length;
    const job = await deploy();
    await failure(from);
    expect((await site.plain(`/api/delete/${job}`)).status).toBe(200);
    await site.until('it is to be stopped', async () =>
      (await site.instancesOf(job)).every(({ halves }) =>
        halves.every(({ action }) => action === 'stop'),
      ),
    );
    await freshFailure();
    await munich.comeBack();
    await site.reportingUntil(
      [munich],
      'it is gone',
      async () => (await site.jobStatus(job)) === 'UNDEPLOYED',
    );
    expect(deploymentsOf(job)).toEqual([]);
    expect(munich.told(`/api/delete/${job}`).length).toBeGreaterThan(0);
    expect(munich.jobs.has(job)).toBe(false);
  });

  it('tells the last number of replicas only', async () => {
    const job = await deploy();
    await running(job);
    await munich.goAway();
    for (const replicas of [2, 5, 3]) {
      await site.post('/api/replicate', { job_id: job, replicas });
      await site.until(`${replicas} are wanted`, async () => (await wantedOf(job)) === replicas);
      await freshFailure();
    }
    await munich.comeBack();
    await running(job, 3);
    const told = munich
      .told('/api/replicate/')
      .map(({ body }) => body as { job: string; replicas: number })
      .filter((body) => body.job === job);
    expect(told.map(({ replicas }) => replicas)).toEqual([3]);
  });
});

describe('an order that is refused', () => {
  it('has the reason of the cluster told, and the job is placed anew', async () => {
    let left = 1;
    munich.intercept = ({ path }) =>
      path === '/api/deploy' && left-- > 0
        ? { status: 400, text: 'no room in the rack' }
        : undefined;
    const job = await deploy();
    await site.until('the reason is told', async () => {
      const [instance] = await site.instancesOf(job);
      return instance?.reason?.includes('no room in the rack') === true;
    });
    await running(job);
    expect(munich.jobs.get(job)).toMatchObject({ starts: 1 });
  });

  it('as a deletion is told again, since it cannot be refused', async () => {
    const job = await deploy();
    await running(job);
    let left = 2;
    munich.intercept = ({ path }) =>
      path.startsWith('/api/delete/') && left-- > 0 ? { status: 409, text: 'busy' } : undefined;
    await site.plain(`/api/delete/${job}`);
    await site.reportingUntil(
      [munich],
      'it is gone',
      async () => (await site.jobStatus(job)) === 'UNDEPLOYED',
    );
    expect(munich.told(`/api/delete/${job}`).length).toBeGreaterThanOrEqual(3);
  });

  it('as a deletion of what is gone already has come to its end', async () => {
    const job = await deploy();
    await running(job);
    munich.jobs.delete(job);
    munich.intercept = ({ path }) =>
      path.startsWith('/api/delete/') ? { status: 404, text: 'Job Not Found' } : undefined;
    await site.plain(`/api/delete/${job}`);
    await site.until('it is gone', async () => (await site.jobStatus(job)) === 'UNDEPLOYED');
  });
});

describe('a cluster', () => {
  it('that has lost a job is told of it again', async () => {
    const job = await deploy();
    await running(job);
    munich.jobs.delete(job);
    await running(job);
    await site.reportingUntil([munich], 'it has it again', () => munich.jobs.has(job));
  });

  it('that has a job which was moved away is told to delete it', async () => {
    const job = await deploy();
    await running(job);
    const kept = munich.jobs.get(job);
    await site.plain(`/api/delete/${job}`);
    await site.reportingUntil(
      [munich],
      'it is gone',
      async () => (await site.jobStatus(job)) === 'UNDEPLOYED',
    );
    if (kept) munich.jobs.set(job, kept);
    await site.reportingUntil([munich], 'it is gone there too', () => !munich.jobs.has(job));
  });
});
