import { createTestManager } from '@system-manager/client/testing';
import { describe, expect, it } from 'vitest';

const program = new URL('../../dist/src/main.js', import.meta.url).pathname;
const startTimeoutMs = 60_000;

describe('a manager for tests', () => {
  it('keeps its address and what it was told over a kill', async () => {
    const manager = await createTestManager({ program, startTimeoutMs });
    try {
      const body = { name: 'munich-1' };
      const { cluster } = await manager.client.post('/api/v1/clusters', { body });
      await manager.kill();
      await manager.start();
      const path = { clusterId: cluster.id };
      const found = await manager.client.get('/api/v1/clusters/{clusterId}', { params: { path } });
      expect(found.name).toBe('munich-1');
    } finally {
      await manager.close();
    }
  }, 180_000);

  it('says what is wrong when it does not start', async () => {
    const settings = { SM_HEARTBEAT_SECONDS: 'often' };
    await expect(createTestManager({ program, settings, startTimeoutMs })).rejects.toThrow(
      /did not get ready: it ended with \d+\n[^]*SM_HEARTBEAT_SECONDS/,
    );
  }, 90_000);

  it('that is not there is told with what to do', async () => {
    await expect(createTestManager({ program: '/nowhere/system-manager' })).rejects.toThrow(
      /ENOENT/,
    );
  });
});
