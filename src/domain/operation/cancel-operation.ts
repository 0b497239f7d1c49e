/** Taking a wish back. What that means follows from the kind of the operation. */
import { resumeCluster } from '../cluster/evacuate-cluster.js';
import { DomainError } from '../errors.js';
import type { Ports } from '../ports.js';
import { acceptWish } from '../service/change-service.js';
import { getService } from '../service/get-service.js';
import { switchRevision } from '../service/revisions.js';
import type { Service } from '../service/service.js';
import { terminateService } from '../service/terminate-service.js';
import { getOperation } from './get-operation.js';
import { endOperation, hasEnded, type Operation } from './operation.js';

/** Back to the revision and the number of replicas before; what was wished anew since then stays. */
function takeBack(service: Service, { before, after }: Operation): Service {
  if (before === undefined || after === undefined) return service;
  const replicas = service.replicas === after.replicas ? before.replicas : service.replicas;
  const turned =
    service.revision === after.revision && before.revision !== after.revision
      ? { ...switchRevision(service, before.revision), paused: undefined }
      : service;
  return { ...turned, replicas };
}

/** Does what taking the wish back means. @returns what there is to say about it */
async function undo(ports: Ports, operation: Operation): Promise<string> {
  const { kind, subjectId } = operation;
  switch (kind) {
    case 'deploy': {
      const { operation: ending } = await terminateService(ports, subjectId);
      return `taken back; the service is being terminated (operation ${ending.id})`;
    }
    case 'update':
    case 'rollback': {
      const service = await getService(ports.services, subjectId);
      const turned = takeBack(service, operation);
      if (turned.revision === service.revision) return 'cancelled; another revision is wished';
      const { operation: back } = await acceptWish(ports, service, {
        kind: 'rollback',
        service: turned,
      });
      return `aborted; it goes back to revision ${turned.revision} (operation ${back.id})`;
    }
    case 'scale': {
      const service = await getService(ports.services, subjectId);
      const { replicas } = await ports.services.replace(takeBack(service, operation));
      return `cancelled; ${replicas} replicas are wished`;
    }
    case 'migrate': {
      // A new version of the service has it looked at.
      await ports.services.replace(await getService(ports.services, subjectId));
      return 'cancelled; what has not moved yet stays where it is';
    }
    case 'drain':
    case 'removeCluster':
      await resumeCluster(ports, subjectId);
      return 'cancelled; the cluster takes instances again';
    case 'terminate':
      throw new DomainError(
        'operation-not-cancellable',
        'A termination cannot be taken back; deploy the service anew.',
      );
  }
}

/**
 * Takes the wish of an operation that is under way back. Cancelling one that was cancelled changes nothing.
 *
 * @throws DomainError `operation-not-found`; `operation-not-cancellable` - it has ended, or is of a kind that has no way back
 */
export const cancelOperation = (ports: Ports, id: string): Promise<Operation> =>
  ports.work.transaction(async () => {
    const operation = await getOperation(ports.operations, id);
    if (operation.state === 'cancelled') return operation;
    if (hasEnded(operation))
      throw new DomainError('operation-not-cancellable', `The operation has ${operation.state}.`);
    const reason = await undo(ports, operation);
    // Resuming a cluster has ended its drain already.
    const now = await getOperation(ports.operations, id);
    if (hasEnded(now)) return now;
    const cancelled = endOperation(now, 'cancelled', ports.now(), reason);
    await ports.operations.replace(cancelled);
    return cancelled;
  });
