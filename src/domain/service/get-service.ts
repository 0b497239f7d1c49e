import { DomainError } from '../errors.js';
import type { ServiceStore } from '../ports.js';
import type { Service } from './service.js';

/** @throws DomainError `service-not-found` */
export async function getService(services: ServiceStore, id: string): Promise<Service> {
  const service = await services.find(id);
  if (service === undefined)
    throw new DomainError('service-not-found', `There is no service with the id ${id}.`);
  return service;
}
