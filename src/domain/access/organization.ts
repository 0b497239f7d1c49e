import { DomainError } from '../errors.js';
import { requestedResources } from '../service/descriptor.js';
import type { Service } from '../service/service.js';
import type { Role } from './permissions.js';

/** What services want: whole numbers, so that sums are exact. */
export interface Amounts {
  readonly instances: number;
  readonly cpuMillicores: number;
  readonly memoryMiB: number;
}

/** Bounds of what the services of an organization may want together; what is absent is not bounded. */
export type Quota = { readonly [Name in keyof Amounts]?: number | undefined };

/** Somebody who belongs elsewhere and acts for the organization as well, where an interface lets people choose for whom they act. */
export interface Guest {
  readonly userId: string;
  readonly roles: readonly Role[];
}

/** A team that shares the installation with others. Services, users, keys and clusters may belong to it. */
export interface Organization {
  readonly id: string;
  /** Unique; a DNS label. */
  readonly name: string;
  readonly displayName?: string | undefined;
  readonly quota: Quota;
  readonly guests?: readonly Guest[] | undefined;
  /** What its live services want. */
  readonly used: Amounts;
  readonly createdAt: number;
  readonly updatedAt: number;
  /** Rises with every change by users; the ETag. */
  readonly version: number;
  /** Rises whenever `used` changes, or something begins to belong to the organization. */
  readonly ledgerVersion: number;
}

export const noAmounts: Amounts = { instances: 0, cpuMillicores: 0, memoryMiB: 0 };

const names = ['instances', 'cpuMillicores', 'memoryMiB'] as const;

const inWords: Readonly<Record<keyof Amounts, (amount: number) => string>> = {
  instances: (amount) => `${amount} instances`,
  cpuMillicores: (amount) => `${amount / 1000} CPU cores`,
  memoryMiB: (amount) => `${amount} MiB of memory`,
};

export const sameAmounts = (one: Amounts, other: Amounts): boolean =>
  names.every((name) => one[name] === other[name]);

/** What a service wants; nothing once it is being terminated. */
export function wantedBy(
  service: Pick<Service, 'lifecycle' | 'replicas' | 'descriptor'> | undefined,
): Amounts {
  if (service?.lifecycle !== 'live') return noAmounts;
  const { cpuMillicores, memoryMiB } = requestedResources(service.descriptor);
  const { replicas } = service;
  return {
    instances: replicas,
    cpuMillicores: replicas * cpuMillicores,
    memoryMiB: replicas * memoryMiB,
  };
}

/**
 * What is used after a service has changed what it wants. Wanting less is always allowed, also above a quota that was lowered.
 *
 * @throws DomainError `quota-exceeded`
 */
export function charge(
  { name, quota, used }: Organization,
  before: Amounts,
  after: Amounts,
): Amounts {
  const next = { ...noAmounts };
  for (const each of names) {
    const more = after[each] - before[each];
    const bound = quota[each];
    next[each] = used[each] + more;
    if (more > 0 && bound !== undefined && next[each] > bound)
      throw new DomainError(
        'quota-exceeded',
        `The organization ${name} may want ${inWords[each](bound)}; it would be ${inWords[each](next[each])}.`,
      );
  }
  return next;
}
