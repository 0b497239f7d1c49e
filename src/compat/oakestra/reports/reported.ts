/** What was reported, for those who show it. */
import type { ClusterStore } from '../../../domain/ports.js';
import type { Reported, ReportedCluster, ReportedInstance } from '../documents.js';
import { isFields } from '../input.js';
import type { Measurements } from './measurements.js';

/** @param clusters - where the last report of a cluster is kept; its measurements over time are not */
export const createReported = (
  measurements: Measurements,
  clusters: Pick<ClusterStore, 'find'>,
): Reported => ({
  instancesOf(serviceIds) {
    const found = new Map<string, ReportedInstance>();
    for (const serviceId of serviceIds)
      for (const [number, fields] of measurements.instancesOf(serviceId))
        found.set(`${serviceId}/${number}`, fields);
    return Promise.resolve(found);
  },
  async clusters(ids) {
    const found = new Map<string, ReportedCluster>();
    for (const id of ids) {
      const known = measurements.cluster(id);
      if (known) {
        found.set(id, known);
        continue;
      }
      const cluster = await clusters.find(id);
      const { endpoint, more } = cluster ?? {};
      if (endpoint?.protocol === 'oakestra' && isFields(more)) found.set(id, more);
    }
    return found;
  },
});
