import { explainPlacement } from '../../domain/instance/explain-placement.js';
import { getInstance } from '../../domain/instance/get-instance.js';
import type { Ports } from '../../domain/ports.js';
import type { Scheduler } from '../../domain/scheduling/scheduling.js';
import type { Handlers } from '../contract.js';
import { fromPage, toPageRequest } from '../paging.js';
import { etag, toExplanation, toInstance } from '../views.js';

export const instanceHandlers = (ports: Ports, scheduler: Scheduler) =>
  ({
    listInstances: async ({ query }) => {
      const { serviceId, clusterId, phase } = query;
      const page = await ports.instances.list(
        { serviceId, clusterId, phase },
        toPageRequest(query),
      );
      return { status: 200, body: fromPage(page, toInstance) };
    },
    getInstance: async ({ path }) => {
      const instance = await getInstance(ports.instances, path.instanceId);
      return { status: 200, headers: { ETag: etag(instance) }, body: toInstance(instance) };
    },
    explainPlacement: async ({ path }) => ({
      status: 200,
      body: toExplanation(await explainPlacement(ports, scheduler, path.instanceId)),
    }),
  }) satisfies Partial<Handlers>;
