/** Writes that are repeated, conditional, concurrent, and in another notation. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestManager } from '../support/app.js';
import { parsed, problemOf, type Answer, type Call, type Schemas } from '../support/calls.js';
import { World } from '../support/world.js';

let world: World;

beforeAll(async () => {
  world = new World(await startTestManager());
});

afterAll(() => world.manager.close());

const deployCall = (key: string, json: object): Call => ({
  ...{ method: 'POST', path: '/api/v1/services', json },
  headers: { 'idempotency-key': key },
});

const servicesNamed = async (name: string) => {
  const path = `/api/v1/services?name=${name}`;
  return (await world.ask<Schemas['ServicePage']>(200, { path })).items;
};

const same = (answers: readonly Answer[]): void => {
  const [first] = answers;
  for (const { status, text, headers } of answers) {
    expect([status, text]).toEqual([first?.status, first?.text]);
    expect([headers['location'], headers['etag']]).toEqual([
      first?.headers['location'],
      first?.headers['etag'],
    ]);
  }
};

describe('an Idempotency-Key', () => {
  it('gives the same answer again, says so, and has one effect', async () => {
    const descriptor = world.descriptor();
    const call = deployCall(world.name('key'), descriptor);
    const [first, second] = [await world.send(call), await world.send(call)];
    expect([first.status, first.headers['idempotency-replayed']]).toEqual([202, undefined]);
    expect(second.headers['idempotency-replayed']).toBe('true');
    same([first, second]);
    expect(await servicesNamed(descriptor.name)).toHaveLength(1);
  });

  it('has one effect when ten requests with it come at once', async () => {
    const descriptor = world.descriptor();
    const call = deployCall(world.name('key'), descriptor);
    const answers = await Promise.all(Array.from({ length: 10 }, () => world.send(call)));
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 202));
    same(answers);
    const replayed = answers.filter(({ headers }) => headers['idempotency-replayed'] === 'true');
    expect(replayed).toHaveLength(9);
    expect(await servicesNamed(descriptor.name)).toHaveLength(1);
  });

  it('counts a worker once, however often it is sent (P5)', async () => {
    const { id } = await world.register();
    const call: Call = {
      ...{ method: 'POST', path: `/api/v1/clusters/${id}/workers`, json: {} },
      headers: { 'idempotency-key': world.name('key') },
    };
    await Promise.all(Array.from({ length: 10 }, () => world.send(call)));
    expect((await world.cluster(id)).workerCount).toBe(1);
  });

  it('is refused for another body, another address and another condition', async () => {
    const key = world.name('key');
    const { id } = await world.register();
    const path = `/api/v1/clusters/${id}/workers/count`;
    const headers = { 'idempotency-key': key };
    await world.ask(200, { method: 'PUT', path, headers, json: { count: 3 } });
    const other = await world.register();
    const others: readonly Call[] = [
      { method: 'PUT', path, headers, json: { count: 4 } },
      { method: 'PUT', path: path.replace(id, other.id), headers, json: { count: 3 } },
      { method: 'PUT', path, headers: { ...headers, 'if-match': '*' }, json: { count: 3 } },
    ];
    for (const call of others) {
      const answer = await world.send(call);
      expect([answer.status, problemOf(answer).code]).toEqual([422, 'idempotency-key-reused']);
    }
    expect((await world.cluster(id)).workerCount).toBe(3);
  });

  it('of a refused request is not used up', async () => {
    const key = world.name('key');
    const taken = await world.deploy();
    const { name } = taken.service;
    expect((await world.send(deployCall(key, world.descriptor({ name })))).status).toBe(409);
    expect((await world.send(deployCall(key, world.descriptor()))).status).toBe(202);
  });

  it('keeps its field order apart from its meaning', async () => {
    const key = world.name('key');
    const { name } = world.descriptor();
    const first = await world.send(deployCall(key, { name, command: ['serve'], replicas: 0 }));
    const second = await world.send(deployCall(key, { replicas: 0, command: ['serve'], name }));
    expect(second.headers['idempotency-replayed']).toBe('true');
    same([first, second]);
  });
});

describe('If-Match', () => {
  it('lets the first of two writers through and refuses the second', async () => {
    const { id } = await world.register();
    const path = `/api/v1/clusters/${id}`;
    const etag = (await world.send({ path })).headers['etag'] ?? '';
    const write = (tier: string) =>
      world.send({
        ...{ method: 'PATCH', path, json: { labels: { tier } } },
        headers: { 'if-match': etag },
      });
    const first = await write('gold');
    expect(first.status).toBe(200);
    expect(first.headers['etag']).not.toBe(etag);
    const second = await write('silver');
    expect([second.status, problemOf(second).code]).toEqual([412, 'version-mismatch']);
    expect((await world.cluster(id)).labels).toEqual({ tier: 'gold' });
    expect((await world.send({ path })).headers['etag']).toBe(first.headers['etag']);
  });

  it('lets exactly one of ten concurrent writers through', async () => {
    const { service } = await world.deploy({ placement: { cluster: 'nowhere' } });
    const path = `/api/v1/services/${service.id}`;
    const etag = (await world.send({ path })).headers['etag'] ?? '';
    const answers = await Promise.all(
      Array.from({ length: 10 }, () =>
        world.send({
          ...{ method: 'POST', path: `${path}/scale`, json: { by: 1 } },
          headers: { 'if-match': etag },
        }),
      ),
    );
    const statuses = answers.map(({ status }) => status).sort();
    expect(statuses).toEqual([202, ...Array.from({ length: 9 }, () => 412)]);
    expect((await world.service(service.id)).replicas).toBe(2);
  });

  it('with * or none takes any version', async () => {
    const { id } = await world.register();
    const path = `/api/v1/clusters/${id}`;
    for (const headers of [{ 'if-match': '*' }, {}])
      await world.ask(200, { method: 'PATCH', path, headers, json: { schedulable: false } });
  });
});

describe('a descriptor in YAML', () => {
  const yaml = (name: string) => `
name: ${name}
replicas: 2
command: [serve, --port, "80"]
resources: { cpuCores: 0.5, memoryMiB: 64 }
environment:
  COLOUR: red
`;
  const json = {
    replicas: 2,
    command: ['serve', '--port', '80'],
    resources: { cpuCores: 0.5, memoryMiB: 64 },
    environment: { COLOUR: 'red' },
  };

  it.each(['application/yaml', 'application/x-yaml', 'text/yaml'])(
    'as %s deploys the same as in JSON',
    async (type) => {
      const [one, other] = [world.name('service'), world.name('service')];
      const call: Call = { method: 'POST', path: '/api/v1/services' };
      const fromYaml = await world.send({ ...call, text: yaml(one), type });
      expect(fromYaml.status).toBe(202);
      const fromJson = await world.send({ ...call, json: { name: other, ...json } });
      const descriptors = [fromYaml, fromJson].map((answer) => {
        const { service } = parsed<Schemas['ServiceAccepted']>(answer);
        return { ...service.descriptor, name: '' };
      });
      expect(descriptors[0]).toEqual(descriptors[1]);
    },
  );

  it('plans the same as in JSON', async () => {
    const call: Call = { method: 'POST', path: '/api/v1/services/plan' };
    const name = world.name('service');
    const fromYaml = await world.send({ ...call, text: yaml(name), type: 'application/yaml' });
    const fromJson = await world.send({ ...call, json: { name, ...json } });
    expect(parsed(fromYaml)).toEqual(parsed(fromJson));
  });
});

describe('a worker count', () => {
  it('is exact after 50 concurrent ups and downs (P5)', async () => {
    const { id } = await world.register();
    const path = `/api/v1/clusters/${id}/workers`;
    await world.ask(200, { method: 'PUT', path: `${path}/count`, json: { count: 25 } });
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, index) =>
        world.send(
          index % 2 === 0 ? { method: 'POST', path, json: {} } : { method: 'DELETE', path },
        ),
      ),
    );
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
    expect((await world.cluster(id)).workerCount).toBe(25);
  });

  it('never goes below zero when more downs than workers race (P5)', async () => {
    const { id } = await world.register();
    const path = `/api/v1/clusters/${id}/workers`;
    await world.ask(200, { method: 'PUT', path: `${path}/count`, json: { count: 5 } });
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => world.send({ method: 'DELETE', path })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([
      ...Array.from({ length: 5 }, () => 200),
      ...Array.from({ length: 5 }, () => 409),
    ]);
    expect((await world.cluster(id)).workerCount).toBe(0);
  });
});

describe('a name', () => {
  it('goes to exactly one of ten concurrent deployments', async () => {
    const descriptor = world.descriptor();
    const answers = await Promise.all(
      Array.from({ length: 10 }, () =>
        world.send({ method: 'POST', path: '/api/v1/services', json: descriptor }),
      ),
    );
    const statuses = answers.map(({ status }) => status).sort();
    expect(statuses).toEqual([202, ...Array.from({ length: 9 }, () => 409)]);
  });

  it('may be had in another application', async () => {
    const { service } = await world.deploy();
    await world.deploy({ name: service.name, application: 'other' });
  });

  it('of a service is free again once it has ended, and not before', async () => {
    const cluster = await world.activeCluster();
    const { service } = await world.runningAt(cluster);
    const again = world.descriptor({ name: service.name });
    const call: Call = { method: 'POST', path: '/api/v1/services', json: again };
    expect((await world.send(call)).status).toBe(409);
    await world.terminateAt(cluster, service.id);
    const next = await world.ask<Schemas['ServiceAccepted']>(202, call);
    expect(next.service.id).not.toBe(service.id);
  });

  it('of a cluster is free again once it is removed', async () => {
    const { id, name } = await world.register();
    const { operation } = await world.ask<Schemas['ClusterAccepted']>(202, {
      ...{ method: 'DELETE', path: `/api/v1/clusters/${id}` },
    });
    await world.succeeded(operation);
    expect((await world.register({ name })).id).not.toBe(id);
  });
});
