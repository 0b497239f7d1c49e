import type { SchedulerRegistry } from '../../domain/scheduling/registry.js';
import type { SchedulerTester } from '../../domain/scheduling/test-scheduler.js';
import { askInTime } from './ask.js';

/** Asks one scheduler one thing, and waits no longer than the deadline. */
export const createSchedulerTester =
  (registry: SchedulerRegistry, deadlineMs: number): SchedulerTester =>
  async (name, request, picture) => {
    const { builtIn } = registry;
    if (name === builtIn.name) return (await builtIn.place([request], picture))[0];
    const remote = registry.find(name);
    if (remote === undefined) return undefined;
    const { answers } = await askInTime(remote, [request], picture, deadlineMs);
    return answers.find(({ instanceId }) => instanceId === request.instanceId);
  };
