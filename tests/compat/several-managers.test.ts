/** Clusters of 2021 know one address, and any manager may be behind it: two of them on one store, of which one is killed. */
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { ManagerFleet, type Member } from '../scenarios/manager-fleet.js';
import { EdgeioClusterManager, type Order } from '../support/edgeio-cluster-manager.js';
import { jobYaml } from '../support/edgeio-site.js';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

let fleet: ManagerFleet;
let leader: Member;
let follower: Member;
let munich: EdgeioClusterManager;

beforeAll(async () => {
  fleet = await ManagerFleet.start({
    names: ['north', 'south'],
    leaseSeconds: 1,
    more: { SM_COMPAT: 'edgeio', SM_COMPAT_CLIENTS: '127.0.0.0/8' },
  });
  const roles = await fleet.roles();
  leader = roles.leader;
  follower = roles.followers[0] as Member;
  munich = await EdgeioClusterManager.join(follower.url, { name: 'munich-1' });
});

afterAll(async () => {
  await fleet.close();
  await munich.goAway();
});

async function deploy({ url }: Member, name: string): Promise<string> {
  const body = new FormData();
  body.set('file', new File([jobYaml({ job_name: name, cluster_location: 'munich' })], 'job.yaml'));
  const answer = await fetch(`${url}/api/deploy`, { method: 'POST', body });
  return ((await answer.json()) as { job_id: string }).job_id;
}

/** Has the cluster report to the manager that it knows, until another one says this of its job. */
async function reportingUntil({ url }: Member, job: string, status: string): Promise<void> {
  const told = async (): Promise<string> => {
    await munich.report();
    return (await (await fetch(`${url}/api/job/status/${job}`)).text()).trim();
  };
  await expect.poll(told, { timeout: 60_000, interval: 50 }).toBe(status);
}

const isDeployment = (order: Order): order is Order => order.path === '/api/deploy';

it('a cluster that registered and reports at the follower gets its orders, and both managers say the same', async () => {
  const job = await deploy(follower, 'through-the-follower');
  await reportingUntil(leader, job, 'RUNNING');
  await reportingUntil(follower, job, 'RUNNING');
  expect(munich.jobs.get(job)).toMatchObject({ starts: 1, replicas: 1 });
});

it('an order whose answer the killed leader did not hear is told again by the next, and takes effect once', async () => {
  const from = munich.orders.all.length;
  munich.intercept = async (order) => {
    if (!isDeployment(order)) return undefined;
    munich.intercept = () => undefined;
    leader.signal('SIGKILL');
    await leader.manager.child.exited;
    return undefined;
  };
  const job = await deploy(follower, 'across-a-failover');
  await leader.manager.child.exited;
  await follower.is('leader');
  await reportingUntil(follower, job, 'RUNNING');
  const told = munich.orders.all.slice(from).filter(isDeployment);
  expect(told.length).toBeGreaterThan(1);
  expect(new Set(told.map((order) => JSON.stringify(order))).size).toBe(1);
  expect(munich.jobs.get(job)).toMatchObject({ starts: 1, replicas: 1 });
});
