/** How clusters register over gRPC, byte by byte, and what they cannot make the manager do. */
import { status } from '@grpc/grpc-js';
import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { RegistrationDoor } from '../../../src/compat/oakestra/registration/door.js';
import { parseNetworks } from '../../../src/networks.js';
import { startTestManager, type TestManager } from '../../support/app.js';
import { RegistrationClient } from './stand-ins/registration-client.js';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let manager: TestManager;
let door: RegistrationDoor;
let client: RegistrationClient;
let port: number;
const closing: (() => Promise<void> | void)[] = [];

async function openDoor(clients: string, host = '127.0.0.1') {
  const opened = new RegistrationDoor({
    ports: manager.app.ports,
    networks: parseNetworks(clients),
    logger: pino({ level: 'silent' }),
  });
  return { opened, at: await opened.listen(host, 0) };
}

beforeAll(async () => {
  manager = await startTestManager();
  const { opened, at } = await openDoor('127.0.0.0/8,::1/128', '::');
  door = opened;
  port = at;
  client = new RegistrationClient(port);
});

afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

afterAll(async () => {
  client.close();
  await door.close();
  await manager.close();
});

const introduction = {
  manager_port: 10100,
  network_component_port: 10110,
  cluster_name: 'c1',
  cluster_info: [{ key: '', value: '' }],
  cluster_location: '48.1,11.5,1000',
};

const cluster = (id: string) => manager.app.ports.clusters.find(id);

describe('a registration', () => {
  it('is greeted', async () => {
    expect(await client.greet()).toBe('please send your cluster info');
  });

  it('gives an id of 24 hexadecimal digits, and a cluster at the address of the connection', async () => {
    const id = await client.introduce({ ...introduction, cluster_name: 'plain' });
    expect(id).toMatch(/^[0-9a-f]{24}$/);
    expect(await cluster(id)).toMatchObject({
      name: 'plain',
      location: '48.1,11.5,1000',
      endpoint: { host: '127.0.0.1', port: 10100, protocol: 'oakestra' },
      info: { networkPort: 10110 },
      capacity: { cpuMillicores: 0, memoryMiB: 0, gpus: 0 },
    });
  });

  it('reads the bytes of the originals, and answers with bytes', async () => {
    const bytes = Buffer.concat([
      Buffer.from([0x08, 0xf4, 0x4e, 0x10, 0xfe, 0x4e, 0x1a, 0x02]),
      Buffer.from('c2'),
      Buffer.from([0x22, 0x00, 0x2a, 0x0e]),
      Buffer.from('48.1,11.5,1000'),
    ]);
    const answer = await client.send('handle_init_final', bytes);
    expect([...answer.subarray(0, 2)]).toEqual([0x0a, 24]);
    const id = answer.subarray(2).toString('ascii');
    expect(await cluster(id)).toMatchObject({
      name: 'c2',
      location: '48.1,11.5,1000',
      endpoint: { port: 10100 },
      info: { networkPort: 10110 },
    });
    const greeting = await client.send('handle_init_greeting', Buffer.from([0x0a, 0x01, 0x7b]));
    const text = 'please send your cluster info';
    expect(greeting.toString('latin1')).toBe(`\n${String.fromCharCode(text.length)}${text}`);
  });

  it('under the same name gives the same id, with the new port and place', async () => {
    const first = await client.introduce({ ...introduction, cluster_name: 'again' });
    const second = await client.introduce({
      ...introduction,
      cluster_name: 'again',
      manager_port: 10200,
      cluster_location: 'elsewhere',
    });
    expect(second).toBe(first);
    expect(await cluster(first)).toMatchObject({
      location: 'elsewhere',
      endpoint: { port: 10200 },
    });
  });

  it.each([
    ['no location', { cluster_location: '' }],
    ['no info', { cluster_info: [] }],
    ['no port of a network component', { network_component_port: 0 }],
  ])('is taken with %s', async (what, fields) => {
    const name = what.replaceAll(' ', '-');
    const id = await client.introduce({ ...introduction, cluster_name: name, ...fields });
    expect(await cluster(id)).toMatchObject({ name, endpoint: { port: 10100 } });
  });

  it('keeps what the cluster tells of itself', async () => {
    const id = await client.introduce({
      ...introduction,
      cluster_name: 'told',
      cluster_info: [{ key: 'arch', value: 'arm64' }],
    });
    expect((await cluster(id))?.info).toEqual({ arch: 'arm64', networkPort: 10110 });
  });

  it('over IPv6 has that address', async () => {
    const six = new RegistrationClient(port, '[::1]');
    closing.push(() => {
      six.close();
    });
    const id = await six.introduce({ ...introduction, cluster_name: 'six' });
    expect((await cluster(id))?.endpoint).toEqual({
      host: '::1',
      port: 10100,
      protocol: 'oakestra',
    });
  });

  it.each([
    ['manager_port', { manager_port: 0 }],
    ['cluster_name', { cluster_name: '' }],
  ])('without %s is refused in the words of the originals', async (field, fields) => {
    expect(await client.refusalOf({ ...introduction, ...fields })).toEqual({
      code: status.UNKNOWN,
      details: `Exception calling application: '${field}'`,
    });
  });

  it.each([
    ['a port that needs a privilege', { manager_port: 22 }],
    ['a port that is none', { manager_port: 70_000 }],
    ['a name that is a path', { cluster_name: '../etc' }],
    ['an operator in its info', { cluster_info: [{ key: '$where', value: '1' }] }],
  ])('with %s is refused, and leaves nothing', async (_what, fields) => {
    const before = (await manager.app.ports.clusters.all()).length;
    const refusal = await client.refusalOf({ ...introduction, cluster_name: 'bad', ...fields });
    expect(refusal.code).toBe(status.INVALID_ARGUMENT);
    expect((await manager.app.ports.clusters.all()).length).toBe(before);
  });

  it('under the name of a cluster that has a credential is refused', async () => {
    const body = JSON.stringify({ name: 'proven', capabilities: ['docker'] });
    const answer = await fetch(`${manager.url}/api/v1/clusters`, {
      method: 'POST',
      headers: {
        authorization: 'Bearer test-admin-token-0123456789',
        'content-type': 'application/json',
      },
      body,
    });
    expect(answer.status).toBe(201);
    const refusal = await client.refusalOf({ ...introduction, cluster_name: 'proven' });
    expect(refusal.code).toBe(status.ALREADY_EXISTS);
  });

  it('from outside of the networks is refused, also the greeting', async () => {
    const { opened, at } = await openDoor('10.0.0.0/8');
    const stranger = new RegistrationClient(at);
    closing.push(
      () => {
        stranger.close();
      },
      () => opened.close(),
    );
    expect((await stranger.refusalOf(introduction)).code).toBe(status.PERMISSION_DENIED);
    await expect(stranger.greet()).rejects.toMatchObject({ code: status.PERMISSION_DENIED });
  });
});
