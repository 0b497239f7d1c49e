import { DomainError } from '../errors.js';
import type { Verdict } from '../instance/instance.js';
import type { Ports } from '../ports.js';
import { toPicture } from '../reconcile/state.js';
import { draftRequest } from '../reconcile/wants.js';
import type { SchedulerRegistry } from './registry.js';
import type { PlacementAnswer } from './remote.js';
import type { ClusterPicture, PlacementRequest } from './scheduling.js';
import { verify } from './verify.js';

/** Asks a scheduler for one placement. @returns nothing when it is away or does not answer in time */
export type SchedulerTester = (
  name: string,
  request: PlacementRequest,
  picture: readonly ClusterPicture[],
) => Promise<PlacementAnswer | undefined>;

export interface SchedulerTestResult {
  readonly answered: boolean;
  readonly latencyMs: number;
  readonly verdict?: Verdict | undefined;
  /** Why there is no answer, why it does not hold, or what the scheduler said of it. */
  readonly reason?: string | undefined;
}

/**
 * Really asks a scheduler for one placement of a process that needs nothing. Binds nothing.
 *
 * @throws DomainError `scheduler-not-found`
 */
export async function testScheduler(
  ports: Ports,
  registry: SchedulerRegistry,
  ask: SchedulerTester,
  name: string,
): Promise<SchedulerTestResult> {
  if (!registry.knows(name))
    throw new DomainError('scheduler-not-found', `There is no scheduler named ${name}.`);
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
    ports.organizationId,
  );
  const startedAt = performance.now();
  let answer: PlacementAnswer | undefined;
  let reason = 'It is not connected, or did not answer in time.';
  try {
    answer = await ask(name, request, picture);
  } catch (error) {
    reason = error instanceof DomainError ? error.detail : 'It could not be asked.';
  }
  const latencyMs = performance.now() - startedAt;
  if (answer === undefined) return { answered: false, latencyMs, reason };
  const target = picture.find(({ id }) => id === answer.clusterId);
  const refusal = verify(request, answer, target, target?.free ?? request.resources);
  const said = refusal?.detail ?? answer.reason;
  return { answered: true, latencyMs, verdict: answer.verdict, reason: said };
}
