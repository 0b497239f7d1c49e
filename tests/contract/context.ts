/** What the cases of the contract stand on: one manager, and subjects that they act on. */
import type { ErrorCode } from '../../src/domain/errors.js';
import type { OperationId } from '../../src/http/contract.js';
import type { Answer, Call, Schemas } from '../support/calls.js';
import type { HttpCluster, World } from '../support/world.js';

/** A cluster with a service whose only instance runs there. */
export interface Subject {
  readonly cluster: HttpCluster;
  readonly service: Schemas['Service'];
  readonly instanceId: string;
  readonly operationId: string;
}

export interface Context {
  readonly world: World;
  /** Refused requests are aimed at it; nothing may change it. */
  readonly resident: Subject;
  /** An `Idempotency-Key` that the administrator has used already. */
  readonly usedKey: string;
}

/** Produces one documented answer of one operation. */
export interface Case {
  readonly operationId: OperationId;
  readonly status: number;
  readonly name: string;
  /** What a refusal says; a refusal leaves the state as it was. */
  readonly problem?: { readonly code: ErrorCode; readonly pointers?: readonly string[] };
  /** Prepares what is needed and tells the request. */
  readonly request: (context: Context) => Call | Promise<Call>;
  /** How the request is sent, where it cannot go through `inject`. */
  readonly transport?: (context: Context, call: Call) => Promise<Answer>;
  /** What else holds of the answer. */
  readonly check?: (answer: Answer, context: Context, call: Call) => void | Promise<void>;
}

export async function createSubject(world: World): Promise<Subject> {
  const cluster = await world.activeCluster({ location: 'munich', labels: { tier: 'gold' } });
  const { service, operation } = await world.runningAt(cluster);
  const [instance] = await world.instancesOf(service.id);
  if (instance === undefined) throw new Error('the service has no instance');
  return {
    cluster,
    service: await world.service(service.id),
    instanceId: instance.id,
    operationId: operation.id,
  };
}

export async function createContext(world: World): Promise<Context> {
  const resident = await createSubject(world);
  const usedKey = 'used-by-another-request';
  await world.ask(200, {
    method: 'POST',
    path: `/api/v1/clusters/${resident.cluster.id}/workers`,
    headers: { 'idempotency-key': usedKey },
    json: { name: 'worker-1' },
  });
  return { world, resident, usedKey };
}
