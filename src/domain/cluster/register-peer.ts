import { DomainError } from '../errors.js';
import type { Ports } from '../ports.js';
import { requireAdmitted } from './admission.js';
import type { Cluster, Endpoint } from './cluster.js';
import { registerCluster } from './register-cluster.js';

/** A cluster that takes its orders over HTTP, as it introduces itself. */
export interface PeerRegistration {
  readonly name: string;
  readonly location?: string | undefined;
  readonly endpoint: Endpoint;
  readonly info?: unknown;
}

/** What it runs until its first report says it. */
const capabilities = ['docker'];

/**
 * Registers a cluster that takes its orders over HTTP, or takes over what has changed about one of that name.
 *
 * @throws DomainError `cluster-name-in-use` - the name is that of a cluster whose agent proves itself by a credential;
 *   `cluster-revoked`
 */
export const registerPeer = (ports: Ports, registration: PeerRegistration): Promise<Cluster> =>
  ports.work.transaction(async () => {
    const { name, location, endpoint, info } = registration;
    const [known] = (await ports.clusters.list({ name }, { limit: 1 })).items;
    if (known === undefined) {
      const { cluster } = await registerCluster(ports, { ...registration, capabilities });
      await ports.clusters.heard(cluster.id, cluster.session, ports.now());
      return cluster;
    }
    if (known.endpoint === undefined)
      throw new DomainError(
        'cluster-name-in-use',
        `A cluster with the name ${name} is registered already, and has a credential to prove itself.`,
      );
    requireAdmitted(known);
    const cluster = await ports.clusters.replace({ ...known, location, endpoint, info });
    await ports.clusters.heard(cluster.id, cluster.session, ports.now());
    return cluster;
  });
