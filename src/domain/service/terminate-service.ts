import { endOperation } from '../operation/operation.js';
import type { Ports } from '../ports.js';
import { requireVersion } from '../versions.js';
import { serviceOperation, type ServiceWish } from './deploy-service.js';
import { getService } from './get-service.js';

/**
 * Wishes that nothing of the service is left anywhere. Repeating the wish is answered with the operation that is under way, or
 * with one that has succeeded already.
 *
 * @throws DomainError `service-not-found`, `version-mismatch`
 */
export const terminateService = (
  ports: Ports,
  id: string,
  expectedVersion?: number,
): Promise<ServiceWish> =>
  ports.work.transaction(async () => {
    const service = await getService(ports.services, id);
    requireVersion(service, expectedVersion);
    const open = (await ports.operations.openFor([id])).find((each) => each.kind === 'terminate');
    if (open) return { service, operation: open };
    const now = ports.now();
    const operation = serviceOperation(ports, service, 'terminate');
    if (service.lifecycle === 'terminated') {
      const ended = endOperation(operation, 'succeeded', now);
      await ports.operations.insert(ended);
      return { service, operation: ended };
    }
    const terminating = await ports.services.replace({
      ...service,
      lifecycle: 'terminating',
      phase: 'UNDEPLOYING',
      updatedAt: now,
    });
    await ports.operations.insert(operation);
    return { service: terminating, operation };
  });
