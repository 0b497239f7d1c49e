import type { Ports } from '../ports.js';
import { toPicture } from '../reconcile/state.js';
import { draftRequest } from '../reconcile/wants.js';
import type { Verdict } from '../instance/instance.js';
import type { Scheduler } from './scheduling.js';

/** Asks a scheduler for one placement of a process that needs nothing. Binds nothing. */
export async function testScheduler(
  ports: Ports,
  scheduler: Scheduler,
): Promise<{ latencyMs: number; verdict: Verdict }> {
  const picture = (await ports.clusters.all()).map(toPicture);
  const request = draftRequest(
    {
      name: 'test',
      application: 'default',
      replicas: 1,
      runtime: 'process',
      restart: 'never',
      oneShot: true,
      whenLost: 'keep',
    },
    ports.newId(),
  );
  const startedAt = performance.now();
  const [result] = await scheduler.place([request], picture);
  return {
    latencyMs: performance.now() - startedAt,
    verdict: result?.verdict ?? 'NoActiveClusterWithCapacity',
  };
}
