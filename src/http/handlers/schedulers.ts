import { DomainError } from '../../domain/errors.js';
import type { Ports } from '../../domain/ports.js';
import type { SchedulerRegistry } from '../../domain/scheduling/registry.js';
import { testScheduler } from '../../domain/scheduling/test-scheduler.js';
import type { Handlers } from '../contract.js';

export const schedulerHandlers = (ports: Ports, registry: SchedulerRegistry) =>
  ({
    listSchedulers: () =>
      Promise.resolve({
        status: 200 as const,
        body: {
          items: registry.list().map((each) => ({ ...each, verdicts: { ...each.verdicts } })),
        },
      }),
    testScheduler: async ({ path }) => {
      const scheduler = registry.find(path.schedulerName);
      if (scheduler === undefined)
        throw new DomainError(
          'scheduler-not-found',
          `There is no scheduler named ${path.schedulerName}.`,
        );
      const { latencyMs, verdict } = await testScheduler(ports, scheduler);
      return {
        status: 200,
        body: { scheduler: scheduler.name, answered: true, latencyMs, verdict },
      };
    },
  }) satisfies Partial<Handlers>;
