import type { SchedulerRegistry } from '../../domain/scheduling/registry.js';
import { testScheduler, type SchedulerTester } from '../../domain/scheduling/test-scheduler.js';
import { defined } from '../../wire/values.js';
import type { Handlers } from '../contract.js';
import type { PortsFor } from '../ports-for.js';

export const schedulerHandlers = (
  portsFor: PortsFor,
  registry: SchedulerRegistry,
  ask: SchedulerTester,
) =>
  ({
    listSchedulers: () =>
      Promise.resolve({
        status: 200 as const,
        body: {
          items: registry.list().map(({ latency, ...each }) => ({
            ...each,
            verdicts: { ...each.verdicts },
            ...(latency ? { latency } : {}),
          })),
        },
      }),
    testScheduler: async ({ principal, path }) => {
      const result = await testScheduler(portsFor(principal), registry, ask, path.schedulerName);
      return { status: 200, body: { scheduler: path.schedulerName, ...defined(result) } };
    },
  }) satisfies Partial<Handlers>;
