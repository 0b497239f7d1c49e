import type { ClusterFilter } from '../domain/ports.js';
import { toObjectId } from './ids.js';

/** What an organization can use: its own clusters, and those of the installation. */
export const visibleFilter = (organizationId: string | undefined): object =>
  organizationId === undefined
    ? {}
    : {
        $or: [
          { organizationId: { $exists: false } },
          { organizationId: toObjectId(organizationId) },
        ],
      };

/** The field is there only where it says something else. */
export const approved = { admission: { $exists: false } };

export function stateFilter(state: ClusterFilter['state']): object {
  if (state === undefined) return {};
  if (state === 'removing') return { lifecycle: 'removing' };
  const staying = { lifecycle: { $ne: 'removing' } };
  return state === 'pending' || state === 'rejected' || state === 'revoked'
    ? { ...staying, admission: state }
    : { ...staying, ...approved, liveness: state };
}
