/** Services as Cluster Managers, the scheduler and the network component are sent them. */
import { numberOf, type Instance } from '../../domain/instance/instance.js';
import type { ClusterStore } from '../../domain/ports.js';
import type { Service } from '../../domain/service/service.js';
import { plainId, serviceDocument, unknownLocation } from './documents.js';
import type { Fields } from './input.js';

/** A service without its instances; its id is a plain text. */
export const describeService = (service: Service): Fields =>
  plainId(serviceDocument(service, { instances: [], clusters: new Map(), reported: new Map() }));

/** A service with the one instance that a cluster is to run. */
export async function describeDeployment(
  clusters: Pick<ClusterStore, 'find'>,
  service: Service,
  instance: Instance,
  clusterId: string,
): Promise<Fields> {
  const cluster = await clusters.find(clusterId);
  return {
    ...describeService(service),
    instance_list: [
      {
        instance_number: numberOf(instance),
        cluster_id: clusterId,
        cluster_location: cluster?.location ?? unknownLocation,
        status: 'CLUSTER_SCHEDULED',
      },
    ],
  };
}
