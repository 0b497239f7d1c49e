import { DomainError } from '../errors.js';
import type { InstanceStore } from '../ports.js';
import type { Instance } from './instance.js';

/** @throws DomainError `instance-not-found` */
export async function getInstance(instances: InstanceStore, id: string): Promise<Instance> {
  const instance = await instances.find(id);
  if (instance === undefined)
    throw new DomainError('instance-not-found', `There is no instance with the id ${id}.`);
  return instance;
}
