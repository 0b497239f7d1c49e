import type { SystemManagerClient } from '@system-manager/client';
import { MemoryCluster } from '../scenarios/memory-cluster.js';
import { percentile, type Run } from './measure.js';

let services = 0;

/** From the wish to the answer that its instance runs, one after the other, with an agent that needs no time itself. */
async function timeOne(client: SystemManagerClient): Promise<number> {
  services += 1;
  const startedAt = performance.now();
  const { operation } = await client.post('/api/v1/services', {
    body: { name: `run-${services}`, command: ['bench'] },
  });
  const { state, reason } = await client.waitForOperation(operation.id, { timeoutMs: 20_000 });
  if (state !== 'succeeded') throw new Error(`the instance does not run: ${reason ?? state}`);
  return performance.now() - startedAt;
}

export async function withStubAgent<T>(
  { url, token }: { url: string; token: string },
  client: SystemManagerClient,
  work: (run: Run) => Promise<T>,
): Promise<T> {
  const cluster = new MemoryCluster('bench-stub');
  try {
    await cluster.connect(url, token);
    return await work(async (seconds) => {
      const deadline = performance.now() + seconds * 1000;
      const times: number[] = [];
      while (performance.now() < deadline) times.push(await timeOne(client));
      return { p50: percentile(times, 0.5), p99: percentile(times, 0.99) };
    });
  } finally {
    await cluster.disconnect();
  }
}
