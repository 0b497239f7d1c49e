import type { Phase } from '../domain/phase.js';
import type { TotalsStore } from '../domain/summary/summary.js';
import { visibleFilter } from './cluster-filters.js';
import type { ClusterDocument, ServiceDocument } from './documents.js';
import type { Models } from './models.js';
import { fromOwnerFields, ownerFields } from './owner.js';

const clusterFields = {
  organizationId: 1,
  lifecycle: 1,
  admission: 1,
  liveness: 1,
  capacity: 1,
  reserved: 1,
  nodes: 1,
} as const;
type ClusterFields = Pick<ClusterDocument, keyof typeof clusterFields>;

/** Reads only the few fields that are added up. Instances are counted by their services, so their number costs nothing. */
export const createTotalsStore = ({ clusters, services, operations }: Models): TotalsStore => ({
  async clusters(organizationId) {
    const documents = await clusters
      .find({ live: true, ...visibleFilter(organizationId) }, clusterFields)
      .lean<ClusterFields[]>();
    return documents.map((document) => ({
      organizationId: fromOwnerFields(document),
      workerCount: document.nodes,
      lifecycle: document.lifecycle,
      admission: document.admission ?? 'approved',
      liveness: document.liveness,
      capacity: document.capacity,
      reserved: document.reserved,
    }));
  },
  async services(organizationId) {
    const documents = await services
      .find({ live: true, ...ownerFields(organizationId) }, { phase: 1, status: 1, phaseCounts: 1 })
      .lean<Pick<ServiceDocument, 'phase' | 'status' | 'phaseCounts'>[]>();
    return documents.map(({ phase, status, phaseCounts }) => ({
      phase: phase ?? (status as Phase),
      phaseCounts,
    }));
  },
  async runningOperations(organizationId) {
    return operations.countDocuments({ state: 'running', ...ownerFields(organizationId) });
  },
});
