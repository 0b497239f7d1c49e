/** How clusters of 2021 register over Socket.IO, and what a peer cannot make the manager do. */
import { io, type Socket } from 'socket.io-client';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { parseNetworks } from '../../src/networks.js';
import { PeerClient } from '../../src/compat/delivery/peer-client.js';
import { sendJson, type EdgeioClusterManager } from '../support/edgeio-cluster-manager.js';
import { EdgeioSite } from '../support/edgeio-site.js';

vi.setConfig({ testTimeout: 90_000, hookTimeout: 90_000 });

let site: EdgeioSite;
let names = 0;

beforeAll(async () => {
  site = await EdgeioSite.start();
});

afterAll(() => site.close());

const create = (location = 'munich'): Promise<EdgeioClusterManager> => {
  names += 1;
  return site.createPeer({ name: `cluster-${names}`, location });
};

const stored = async (id: string): Promise<Record<string, unknown>> => {
  const all = JSON.parse((await site.plain('/api/clusters_all')).text) as Record<string, unknown>[];
  return all.find(({ _id }) => (_id as { $oid: string }).$oid === id) ?? {};
};

describe('a registration', () => {
  it('is greeted, and ends with the id in a JSON text', async () => {
    const socket: Socket = io(`${site.url}/register`, {
      transports: ['websocket'],
      forceNew: true,
    });
    const greeting = await new Promise<unknown>((resolve) => socket.once('sc1', resolve));
    expect(greeting).toEqual({ 'Hello-Cluster_Manager': expect.any(String) as string });
    const answer = new Promise<unknown>((resolve) => socket.once('sc2', resolve));
    socket.emit('cs1', {
      port: '10100',
      cluster_name: 'by-hand',
      cluster_info: { any: ['thing'] },
      cluster_location: 'munich',
    });
    const message = await answer;
    expect(message).toMatch(/^\{"id": ?"[0-9a-f]{24}"\}$/);
    socket.disconnect();
    const { id } = JSON.parse(String(message)) as { id: string };
    expect(await stored(id)).toEqual({
      _id: { $oid: id },
      cluster_name: 'by-hand',
      cluster_location: 'munich',
      ip: '127.0.0.1',
      port: '10100',
      clusterinfo: { any: ['thing'] },
      nodes: 0,
      technology: ['docker'],
    });
  });

  it.each([[['polling', 'websocket']], [['websocket']], [['polling']]])(
    'may use the transports %j',
    async (transports) => {
      expect(await (await create()).register({}, { transports })).toMatch(/^[0-9a-f]{24}$/);
    },
  );

  it('under the same name gives the same id, and updates address, port, info and location', async () => {
    const peer = await create();
    const id = await peer.register({ cluster_info: { old: 1 } });
    await peer.moveElsewhere();
    expect(await peer.register({ cluster_info: { new: 2 }, cluster_location: 'garching' })).toBe(
      id,
    );
    expect(await stored(id)).toMatchObject({
      port: String(peer.port),
      clusterinfo: { new: 2 },
      cluster_location: 'garching',
    });
    expect((await site.cluster(id)).location).toBe('garching');
  });

  it('takes the address of the connection, never one of the message or of a header', async () => {
    const peer = await create();
    const extraHeaders = {
      'x-forwarded-for': '10.9.8.7',
      forwarded: 'for=10.9.8.7',
      'x-real-ip': '10.9.8.7',
    };
    const id = await peer.register({ ip: '10.9.8.7', address: '10.9.8.7' }, { extraHeaders });
    expect(await stored(id)).toMatchObject({ ip: '127.0.0.1', port: String(peer.port) });
  });

  it.each([
    ['a port that needs a privilege', { port: '22' }],
    ['port 1023', { port: 1023 }],
    ['a port that is none', { port: '70000' }],
    ['a port with an address', { port: '80@10.0.0.1' }],
    ['no port', { port: null }],
    ['no name', { cluster_name: undefined }],
    ['a name that is a path', { cluster_name: '../etc' }],
    ['an operator in its info', { cluster_info: { $where: '1' } }],
  ])('with %s is refused by closing', async (_what, fields) => {
    const before = (await site.plain('/api/clusters/count')).text;
    await expect((await create()).register(fields)).rejects.toThrow('disconnected');
    expect((await site.plain('/api/clusters/count')).text).toBe(before);
  });

  it('with the port of the manager itself is refused', async () => {
    const port = new URL(site.url).port;
    await expect((await create()).register({ port })).rejects.toThrow('disconnected');
  });

  it('from outside of SM_COMPAT_CLIENTS is refused, whatever its headers say', async () => {
    const closed = await EdgeioSite.start({ edgeio: { clients: '10.0.0.0/8' } });
    try {
      const peer = await closed.createPeer({ name: 'stranger' });
      const extraHeaders = { 'x-forwarded-for': '10.0.0.1', forwarded: 'for=10.0.0.1' };
      await expect(peer.register({}, { extraHeaders })).rejects.toThrow();
      const headers = { ...extraHeaders, 'x-real-ip': '10.0.0.1' };
      expect((await closed.plain('/api/jobs', { headers })).status).toBe(403);
      expect((await closed.plain('/status', { headers })).status).toBe(403);
    } finally {
      await closed.close();
    }
  });
});

describe('a call to a cluster', () => {
  it.each([
    ['a port that needs a privilege', { host: '127.0.0.1', port: 80 }],
    ['port 1023', { host: '127.0.0.1', port: 1023 }],
    ['a port that is none', { host: '127.0.0.1', port: 65_536 }],
    ['another network', { host: '169.254.169.254', port: 8080 }],
    ['another network, written in IPv6', { host: '::ffff:169.254.169.254', port: 8080 }],
    ['a name', { host: 'localhost', port: 8080 }],
    ['no address', { host: '', port: 8080 }],
  ])('does not go to %s, also where the database says so', async (_what, endpoint) => {
    const client = new PeerClient(parseNetworks('127.0.0.0/8,::1/128'));
    const call = client.call(endpoint, { method: 'GET', path: '/status' });
    await expect(call).rejects.toThrow('is not an address that may be called');
    await client.close();
  });
});

describe('a report', () => {
  it('is kept in the fields of the database API, and makes the cluster active', async () => {
    const peer = await create();
    const id = await peer.register();
    expect((await site.cluster(id)).state).not.toBe('registered');
    await peer.report({
      cpu_percent: 12,
      cpu_cores: 3.5,
      memory_percent: 41.5,
      cumulative_memory_in_mb: 2048,
      number_of_nodes: 4,
      technology: ['docker', 'unikernel'],
      more: { any: [1] },
    });
    expect(await stored(id)).toMatchObject({
      aggregated_cpu_percent: 12,
      total_cpu_cores: 3.5,
      aggregated_memory_percent: 41.5,
      memory_in_mb: 2048,
      active_nodes: 4,
      technology: ['docker', 'unikernel'],
      more: { any: [1] },
    });
    expect(await site.cluster(id)).toMatchObject({
      state: 'active',
      capabilities: ['docker', 'unikernel'],
      capacity: { cpuCores: 3.5, memoryMiB: 2048 },
    });
  });

  it('of a size that no cluster needs is refused', async () => {
    const peer = await create();
    const id = await peer.register();
    const url = `${site.url}/api/information/${id}`;
    const answer = await sendJson('POST', url, { more: 'x'.repeat(3 << 20) }).catch(() => ({
      status: 413,
    }));
    expect(answer.status).toBe(413);
  });
});
