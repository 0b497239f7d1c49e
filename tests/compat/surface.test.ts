/** What all endpoints of 2021 have in common: who may come in, in which form they answer, and that they can be away. */
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { compatOperations } from '../support/contract.js';
import type { EdgeioClusterManager } from '../support/edgeio-cluster-manager.js';
import { EdgeioSite } from '../support/edgeio-site.js';

vi.setConfig({ testTimeout: 90_000, hookTimeout: 90_000 });

const nobody = '000000000000000000000000';

let site: EdgeioSite;
let closed: EdgeioSite;
let munich: EdgeioClusterManager;

beforeAll(async () => {
  site = await EdgeioSite.start();
  closed = await EdgeioSite.start({ edgeio: { clients: '10.0.0.0/8' } });
  munich = await site.join({ name: 'munich-1', location: 'munich' });
});

afterAll(async () => {
  await site.close();
  await closed.close();
});

describe('every endpoint', () => {
  it.each(compatOperations('edgeio').map(({ id, method, url }) => ({ id, method, url })))(
    '$id is closed to addresses outside of SM_COMPAT_CLIENTS',
    async ({ method, url }) => {
      const path = url.replaceAll(/:\w+/g, nobody);
      const answer = await closed.plain(path, { method });
      expect(answer).toMatchObject({ status: 403, text: 'This address may not use this surface.' });
    },
  );

  it('answers with plain texts, also what it cannot find', async () => {
    const answer = await site.plain(`/api/job/status/${nobody}`);
    expect(answer.type).toBe('text/plain; charset=utf-8');
    expect((await site.plain('/api/jobs')).type).toBe('application/json; charset=utf-8');
  });

  it('takes a report with GET and with POST', async () => {
    expect(await munich.report({}, 'GET')).toEqual({ status: 200, text: 'ok' });
    expect(await munich.report({}, 'POST')).toEqual({ status: 200, text: 'ok' });
    expect((await munich.report({ cpu_cores: 'many' }, 'GET')).status).toBe(400);
    expect((await munich.report({ cpu_cores: 'many' })).text).toBe('cpu_cores must be a number');
    expect((await munich.report({ more: { $where: 1 } })).status).toBe(400);
  });

  it('has clusters_all with all, and clusters with those that reported within 45 seconds', async () => {
    const silent = await site.createPeer({ name: 'silent-1', location: 'silent' });
    await silent.register();
    await munich.report();
    const names = async (path: string): Promise<string[]> =>
      (JSON.parse((await site.plain(path)).text) as { cluster_name: string }[]).map(
        ({ cluster_name }) => cluster_name,
      );
    expect(await names('/api/clusters_all')).toContain('silent-1');
    const active = await names('/api/clusters');
    expect(active).toContain('munich-1');
    expect(active).not.toContain('silent-1');
  });

  it('tells clusters without their credentials', async () => {
    const [first] = JSON.parse((await site.plain('/api/clusters_all')).text) as object[];
    expect(Object.keys(first ?? {}).sort()).toEqual([
      '_id',
      'active_nodes',
      'aggregated_cpu_percent',
      'aggregated_memory_percent',
      'cluster_location',
      'cluster_name',
      'clusterinfo',
      'ip',
      'last_modified',
      'last_modified_timestamp',
      'memory_in_mb',
      'more',
      'nodes',
      'port',
      'technology',
      'total_cpu_cores',
    ]);
  });
});

describe('without SM_COMPAT', () => {
  it('has none of the routes, and no Socket.IO', async () => {
    const plain = await EdgeioSite.start({ edgeio: undefined });
    try {
      for (const { method, url } of compatOperations('edgeio'))
        expect((await plain.plain(url.replaceAll(/:\w+/g, nobody), { method })).status).toBe(404);
      expect((await plain.plain('/socket.io/?EIO=4&transport=polling')).status).toBe(404);
    } finally {
      await plain.close();
    }
  });
});
