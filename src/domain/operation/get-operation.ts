import { DomainError } from '../errors.js';
import type { OperationStore } from '../ports.js';
import type { Operation } from './operation.js';

/** @throws DomainError `operation-not-found` */
export async function getOperation(operations: OperationStore, id: string): Promise<Operation> {
  const operation = await operations.find(id);
  if (operation === undefined)
    throw new DomainError('operation-not-found', `There is no operation with the id ${id}.`);
  return operation;
}
