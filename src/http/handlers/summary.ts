import type { SharedSummaries } from '../../domain/summary/shared-summaries.js';
import { summarise, type Summary } from '../../domain/summary/summary.js';
import { toResources, toTimestamp } from '../../wire/values.js';
import type { Handlers, Schema } from '../contract.js';
import type { PortsFor } from '../ports-for.js';

const toSummary = (summary: Summary): Schema<'Summary'> => ({
  clusters: { ...summary.clusters },
  workers: summary.workers,
  capacity: toResources(summary.capacity),
  reserved: toResources(summary.reserved),
  services: { ...summary.services },
  instances: { ...summary.instances },
  runningOperations: summary.runningOperations,
  lastSequence: summary.lastSequence,
  countedAt: toTimestamp(summary.countedAt),
});

export const summaryHandlers = (portsFor: PortsFor, shared: SharedSummaries) =>
  ({
    getSummary: async ({ principal }) => {
      const ports = portsFor(principal);
      const summary = await shared.get(ports.organizationId, () => summarise(ports));
      return { status: 200, body: toSummary(summary) };
    },
  }) satisfies Partial<Handlers>;
