/** Hands every operation of the contract to its handler, with the ports that it needs. */
import type { Core } from './app.js';
import { portsFor } from './domain/access/tenancy.js';
import type { WebhookPorts } from './domain/webhook/ports.js';
import type { OpenIdOptions } from './openid-config.js';
import { SharedSummaries } from './domain/summary/shared-summaries.js';
import type { Handlers } from './http/contract.js';
import { apiKeyHandlers, sessionHandlers, userHandlers } from './http/handlers/access.js';
import { auditHandlers } from './http/handlers/audit.js';
import { clusterHandlers } from './http/handlers/clusters.js';
import { enrolmentTokenHandlers } from './http/handlers/enrolment-tokens.js';
import { eventHandlers } from './http/handlers/events.js';
import { instanceHandlers } from './http/handlers/instances.js';
import { organizationHandlers } from './http/handlers/organizations.js';
import { openIdHandlers, type ForeignSignIn } from './http/handlers/openid.js';
import { operationHandlers } from './http/handlers/operations.js';
import { schedulerHandlers } from './http/handlers/schedulers.js';
import { serviceHandlers } from './http/handlers/services.js';
import { stormHandlers } from './http/handlers/storm.js';
import { summaryHandlers } from './http/handlers/summary.js';
import type { systemHandlers } from './http/handlers/system.js';
import { webhookHandlers } from './http/handlers/webhooks.js';
import { workerHandlers } from './http/handlers/workers.js';
import { createPlanner } from './scheduler/remote/planner.js';
import { createSchedulerTester } from './scheduler/remote/tester.js';
import type { PortsFor } from './http/ports-for.js';
import { secrets } from './secrets.js';

/** Loaded only where a provider is configured. @returns nothing where none is */
export const buildForeignSignIn = async (
  openid: OpenIdOptions | undefined,
  adminToken: string,
  now: () => number,
): Promise<ForeignSignIn | undefined> => {
  if (openid === undefined) return undefined;
  const { createOpenId } = await import('./access/openid.js');
  const { roles, otherwise, organizationClaim } = openid;
  return {
    provider: createOpenId(openid, adminToken, now),
    rules: { roles, otherwise, withOrganization: organizationClaim !== undefined },
  };
};

export const createHandlers = (
  { ports, access, signingKeys, registry, scheduling, waiter, watch }: Core,
  webhooks: WebhookPorts,
  foreign: ForeignSignIn | undefined,
  system: ReturnType<typeof systemHandlers>,
  own: PortsFor = (principal) => portsFor(ports, access.organizations, principal),
): Handlers => ({
  ...sessionHandlers(access, signingKeys),
  ...openIdHandlers(access, foreign),
  ...userHandlers(access),
  ...apiKeyHandlers(access),
  ...organizationHandlers(access, { ...ports, webhooks: webhooks.webhooks }),
  ...enrolmentTokenHandlers(access),
  ...clusterHandlers(own),
  ...workerHandlers(own),
  ...serviceHandlers(own, createPlanner({ registry, ...scheduling })),
  ...instanceHandlers(own, registry.builtIn),
  ...operationHandlers(own, (id, waitMs, signal) => waiter.wait(id, waitMs, signal)),
  ...eventHandlers(own),
  ...webhookHandlers(webhooks),
  ...summaryHandlers(own, new SharedSummaries(() => performance.now())),
  ...schedulerHandlers(own, registry, createSchedulerTester(registry, scheduling.deadlineMs)),
  ...stormHandlers(ports, async () => {
    watch.look(await ports.clusters.presences());
    return watch.storm;
  }),
  ...auditHandlers(access.audit, (text) => secrets.hash(text)),
  ...system,
});
