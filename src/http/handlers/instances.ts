import { explainPlacement } from '../../domain/instance/explain-placement.js';
import { getInstance } from '../../domain/instance/get-instance.js';
import type { Scheduler } from '../../domain/scheduling/scheduling.js';
import type { Handlers } from '../contract.js';
import type { PortsFor } from '../ports-for.js';
import { fromPage, toPageRequest } from '../paging.js';
import { etag, toExplanation, toInstance } from '../views.js';

export const instanceHandlers = (portsFor: PortsFor, scheduler: Scheduler) =>
  ({
    listInstances: async ({ principal, query }) => {
      const { serviceId, clusterId, phase } = query;
      const page = await portsFor(principal).instances.list(
        { serviceId, clusterId, phase },
        toPageRequest(query),
      );
      return { status: 200, body: fromPage(page, toInstance) };
    },
    getInstance: async ({ principal, path }) => {
      const instance = await getInstance(portsFor(principal).instances, path.instanceId);
      return { status: 200, headers: { ETag: etag(instance) }, body: toInstance(instance) };
    },
    explainPlacement: async ({ principal, path }) => ({
      status: 200,
      body: toExplanation(await explainPlacement(portsFor(principal), scheduler, path.instanceId)),
    }),
  }) satisfies Partial<Handlers>;
