/** The command lines of Oakestra do all that they can do, and the native API agrees with them. */
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { adminToken } from '../../support/app.js';
import type { Schemas } from '../../support/calls.js';
import { OakSite } from './oak-site.js';
import { aMicroservice, anApplication, anSla } from './slas.js';
import { CommandLine } from './stand-ins/command-line.js';

vi.setConfig({ testTimeout: 90_000, hookTimeout: 90_000 });

let site: OakSite;
let cli: CommandLine;

beforeAll(async () => {
  site = await OakSite.open();
  await site.enrolObedient({
    name: 'munich',
    location: '48.1,11.5,1000',
    capabilities: ['docker'],
    capacity: { cpuCores: 16, memoryMiB: 16_000, gpus: 1 },
  });
  cli = new CommandLine(site.oak, 'Admin', adminToken);
});

afterAll(() => site.close());

const native = (id: string): Promise<Schemas['Service']> =>
  site.ask<Schemas['Service']>(200, { path: `/api/v1/services/${id}` });

const running = (id: string, count: number): Promise<unknown> =>
  site.until(`${count} instances run`, async () => {
    const { instance_list: instances, status } = await cli.inspect(id);
    const all = instances.length === count && instances.every((each) => each.status === status);
    return all && status === 'RUNNING';
  });

const gone = (id: string): Promise<unknown> =>
  site.until('it is gone', async () => (await native(id)).phase === 'UNDEPLOYED');

describe('the command line', () => {
  it('deploys, looks, scales, undeploys and deletes', async () => {
    const [shop] = await cli.createApplication(anSla(), true);
    expect(shop).toMatchObject({ application_name: 'shop', application_namespace: 'prod' });
    const [id = ''] = shop?.microservices ?? [];
    await running(id, 1);

    const service = await cli.inspect('web');
    expect(service).toMatchObject({
      job_name: 'shop.prod.web.front',
      microserviceID: id,
      virtualization: 'docker',
      memory: 100,
      vcpus: 1,
      image: 'docker.io/library/nginx:latest',
      RR_ip: '10.30.30.30',
      status: 'RUNNING',
      next_instance_progressive_number: 1,
    });
    expect(service.instance_list).toMatchObject([
      { instance_number: 0, cluster_location: '48.1,11.5,1000', cpu_history: [] },
    ]);
    expect(await native(id)).toMatchObject({
      name: 'web-front',
      application: 'shop-prod',
      replicas: 1,
      phase: 'RUNNING',
      descriptor: {
        runtime: 'docker',
        image: 'docker.io/library/nginx:latest',
        environment: { A: '1' },
        ports: [{ containerPort: 80, hostPort: 8080, protocol: 'tcp' }],
      },
    });

    await cli.deploy(id);
    await running(id, 2);
    await cli.undeploy(id, 0);
    await running(id, 1);
    expect((await cli.inspect(id)).instance_list[0]?.instance_number).toBe(1);
    await cli.deploy(id);
    await running(id, 2);
    const numbers = (await cli.inspect(id)).instance_list.map((each) => each.instance_number);
    expect(numbers).toEqual([1, 2]);
    await cli.undeploy(id);
    await running(id, 0);

    await cli.deleteApplication(shop?.applicationID ?? '');
    expect(await cli.applications()).toEqual([]);
    expect(await cli.services()).toEqual([]);
    await gone(id);
  });

  it('makes an application again that was deleted a moment ago', async () => {
    for (let round = 0; round < 3; round += 1) {
      await cli.createApplication(anSla(), true);
      await cli.deleteApplication('shop');
    }
    expect(await cli.applications()).toEqual([]);
  });

  it('follows redirects with method and body', async () => {
    cli.sent.length = 0;
    await cli.createApplication(anSla(anApplication({ application_name: 'moved' })));
    expect(cli.sent).toEqual(['POST /api/application', 'POST /api/application/']);
    await cli.deleteApplication('moved');
  });

  it('shows services of one application, and what was written of them', async () => {
    const sla = anSla(
      anApplication({
        application_name: 'two',
        microservices: [
          aMicroservice({ cmd: ['run'], one_shot: true, custom: { kept: [1] } }),
          aMicroservice({ microservice_name: 'db', virtualization: 'unikernel', arch: ['amd64'] }),
        ],
      }),
    );
    const [two] = await cli.createApplication(sla);
    const services = await cli.services(two?.applicationID);
    expect(services).toMatchObject([
      { microservice_name: 'web', cmd: ['run'], one_shot: true, custom: { kept: [1] } },
      { microservice_name: 'db', virtualization: 'unikernel', arch: ['amd64'] },
    ]);
    expect(services.map((each) => each.status)).toEqual([undefined, undefined]);
    await cli.deleteApplication('two');
  });

  it('lists clusters, also those that have never reported', async () => {
    const [munich] = await cli.clusters();
    expect(munich).toMatchObject({
      cluster_name: 'munich',
      cluster_location: '48.1,11.5,1000',
      virtualization: ['docker'],
      active: true,
      total_cpu_cores: 16,
      memory_in_mb: 16_000,
    });
    await site.register({ name: 'silent' });
    expect((await cli.clusters()).map((each) => each.cluster_name)).toEqual(['munich']);
    expect(await cli.cluster('silent')).toMatchObject({
      active: false,
      active_nodes: 0,
      supported_addons: [],
      last_modified_timestamp: 0,
    });
  });

  it('has all that the Python command line reads without asking whether it is there', async () => {
    const [shop] = await cli.createApplication(
      anSla(anApplication({ application_name: 'python', application_desc: undefined })),
      true,
    );
    const [id = ''] = shop?.microservices ?? [];
    await running(id, 1);
    const has = (shown: object | undefined, keys: string): void => {
      for (const key of keys.split(' ')) expect(shown).toHaveProperty(key);
    };
    const [application] = await cli.applications();
    has(
      application,
      'application_name application_namespace application_desc applicationID microservices userId',
    );
    const service = await cli.inspect(id);
    has(service, 'microservice_name microserviceID instance_list app_name applicationID image');
    has(service.instance_list[0], 'instance_number status');
    const [cluster] = await cli.clusters(true);
    has(
      cluster,
      'cluster_name cluster_location active active_nodes aggregated_cpu_percent memory_in_mb ip port',
    );
    has(
      cluster,
      'virtualization supported_addons last_modified_timestamp total_cpu_cores total_gpu_cores',
    );
    await cli.deleteApplication('python');
  });

  it('sees services that were deployed otherwise', async () => {
    const { service } = await site.deploy({ name: 'native', runtime: 'docker', image: 'nginx' });
    const shown = await cli.inspect('native');
    expect(shown).toMatchObject({
      microserviceID: service.id,
      image: 'nginx',
      app_name: 'default',
    });
    await site.terminate(service.id);
  });
});
