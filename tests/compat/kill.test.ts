/** The real manager as a process, killed by `kill -9` while a cluster of 2021 has an order and has not answered yet. */
import mongoose from 'mongoose';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { freePort } from '../../scripts/plant.js';
import { CrashingManager } from '../scenarios/crashing-manager.js';
import {
  EdgeioClusterManager,
  type Order,
  type PeerAnswer,
} from '../support/edgeio-cluster-manager.js';
import { jobYaml } from '../support/edgeio-site.js';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

let manager: CrashingManager;
let munich: EdgeioClusterManager;
let storePort: number;

beforeAll(async () => {
  storePort = await freePort();
  manager = await CrashingManager.start({
    SM_COMPAT: 'edgeio',
    SM_COMPAT_CLIENTS: '127.0.0.0/8',
    SM_STORE_PORT: String(storePort),
  });
  munich = await EdgeioClusterManager.join(manager.url, { name: 'munich-1' });
});

afterAll(async () => {
  await manager.close();
  await munich.goAway();
});

const ask = async (path: string, init: RequestInit = {}): Promise<string> =>
  (await fetch(`${manager.url}${path}`, init)).text();

async function deploy(name: string): Promise<string> {
  const body = new FormData();
  body.set('file', new File([jobYaml({ job_name: name, cluster_location: 'munich' })], 'job.yaml'));
  return (JSON.parse(await ask('/api/deploy', { method: 'POST', body })) as { job_id: string })
    .job_id;
}

/** Has the cluster report until its job has this status. */
async function reportingUntil(job: string, status: string): Promise<void> {
  await expect
    .poll(
      async () => {
        await munich.report();
        return (await ask(`/api/job/status/${job}`)).trim();
      },
      { timeout: 60_000, interval: 50 },
    )
    .toBe(status);
}

const isDeployment = (order: Order): order is Order => order.path === '/api/deploy';

/** The next deployment is not answered until `release`. */
function holdDeployment(): { release: (answer?: PeerAnswer) => void } {
  let release: (answer?: PeerAnswer) => void = () => undefined;
  const held = new Promise<PeerAnswer | undefined>((resolve) => {
    release = resolve;
  });
  munich.intercept = (order) => (isDeployment(order) ? held : undefined);
  return {
    release: (answer) => {
      munich.intercept = () => undefined;
      release(answer);
    },
  };
}

describe('kill -9 between an order and its answer', () => {
  it('has the order told again, the same to the byte, and it takes effect once', async () => {
    const from = munich.orders.all.length;
    const held = holdDeployment();
    const job = await deploy('killed');
    const first = await munich.orders.find('the deployment', isDeployment, from);
    await manager.kill();
    // The cluster carries it out, and nobody is there to hear that.
    held.release();
    await manager.restart();
    const again = await munich.orders.find('it once more', isDeployment, from + 1);
    expect(JSON.stringify(again)).toBe(JSON.stringify(first));
    await reportingUntil(job, 'RUNNING');
    expect(munich.jobs.get(job)).toMatchObject({ starts: 1, replicas: 1 });
  });

  it('does not have an order told again that is outdated', async () => {
    const from = munich.orders.all.length;
    const held = holdDeployment();
    const job = await deploy('outdated');
    await munich.orders.find('the deployment', isDeployment, from);
    expect(await ask(`/api/delete/${job}`)).toBe('ok\n');
    await manager.kill();
    held.release({ status: 503, text: 'too late' });
    await manager.restart();
    await reportingUntil(job, 'UNDEPLOYED');
    const later = munich.orders.all.slice(from).map(({ path }) => path);
    expect(later.filter((path) => path === '/api/deploy')).toHaveLength(1);
    expect(later).toContain(`/api/delete/${job}`);
    expect(munich.jobs.has(job)).toBe(false);
  });

  it('leaves the embedded store where a scheduler finds it, at SM_STORE_PORT', async () => {
    const uri = `mongodb://127.0.0.1:${storePort}/?directConnection=true`;
    const client = await new mongoose.mongo.MongoClient(uri).connect();
    const found = await client
      .db('clusters')
      .collection('clusters')
      .findOne({ cluster_name: 'munich-1' });
    expect(found?.['_id']).toEqual(new mongoose.mongo.ObjectId(munich.id));
    await client.close();
  });
});
