import type { Coordinates } from '../cluster/cluster.js';
import { DomainError } from '../errors.js';
import type { Resources } from '../resources.js';
import { updatePolicyErrors, type UpdatePolicy } from './update-policy.js';

export interface Port {
  readonly containerPort: number;
  readonly hostPort?: number | undefined;
  readonly protocol?: 'tcp' | 'udp' | undefined;
}

export interface Placement {
  readonly cluster?: string | undefined;
  readonly location?: string | undefined;
  readonly worker?: string | undefined;
  readonly labels?: Readonly<Record<string, string>> | undefined;
  readonly tolerations?: readonly string[] | undefined;
  readonly near?: (Coordinates & { readonly maxKm?: number | undefined }) | undefined;
  readonly spreadBy?: 'cluster' | 'location' | undefined;
}

/** What happens to an instance whose cluster is away; see `src/domain/reconcile/losing.ts`. */
export type WhenLost = 'keep' | 'move' | 'duplicate';

/** A descriptor of 2021 as its author wrote it, beside what the manager has read out of it: clusters that know the form get it whole. */
export interface Job {
  /** Unique among live services. */
  readonly name: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

/** A microservice of an SLA v2.0 as its author wrote it, beside what the manager has read out of it. */
export interface Microservice {
  /** The application of an owner of its own that it belongs to. */
  readonly applicationId: string;
  /** `application.namespace.service.namespace`, by which clusters know it; unique among live services. */
  readonly jobName: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

/** What a user wants to run. Fields and defaults are those of the contract, which has filled the defaults in. */
export interface Descriptor {
  readonly name: string;
  readonly application: string;
  readonly replicas: number;
  readonly runtime: string;
  readonly image?: string | undefined;
  readonly command?: readonly string[] | undefined;
  readonly workingDirectory?: string | undefined;
  readonly environment?: Readonly<Record<string, string>> | undefined;
  readonly resources?:
    | {
        readonly cpuCores: number;
        readonly memoryMiB: number;
        readonly gpus: number;
      }
    | undefined;
  readonly ports?: readonly Port[] | undefined;
  readonly placement?: Placement | undefined;
  /** Name of the scheduler that decides; the configured one when absent. */
  readonly scheduler?: string | undefined;
  readonly restart: 'always' | 'onFailure' | 'never';
  readonly oneShot: boolean;
  readonly whenLost: WhenLost;
  /** Absent in services that were stored before there were leases. */
  readonly leaseSeconds?: number | undefined;
  readonly update?: Partial<UpdatePolicy> | undefined;
  readonly progressDeadlineSeconds?: number | undefined;
  readonly labels?: Readonly<Record<string, string>> | undefined;
  readonly job?: Job | undefined;
  readonly microservice?: Microservice | undefined;
}

/** How long an instance may run without an answer of the manager, in milliseconds; nothing where it may run for ever. */
export const leaseOf = ({
  whenLost,
  leaseSeconds = 60,
}: Pick<Descriptor, 'whenLost' | 'leaseSeconds'>): number | undefined =>
  whenLost === 'move' ? leaseSeconds * 1000 : undefined;

/** The descriptor in our own form only. */
export const ownDescriptor = ({
  job: _job,
  microservice: _microservice,
  ...own
}: Descriptor): Descriptor => own;

/** Largest number of replicas of one service. */
export const replicasMax = 100_000;

/** What one instance reserves; CPU is rounded up to whole millicores. */
export const requestedResources = (descriptor: Pick<Descriptor, 'resources'>): Resources => ({
  cpuMillicores: Math.ceil((descriptor.resources?.cpuCores ?? 0) * 1000 - 1e-9),
  memoryMiB: descriptor.resources?.memoryMiB ?? 0,
  gpus: descriptor.resources?.gpus ?? 0,
});

/** The name that is unique among live services; `job_name` of the database API. */
export const fullName = ({
  application,
  name,
  job,
  microservice,
}: Pick<Descriptor, 'application' | 'name' | 'job' | 'microservice'>): string =>
  microservice?.jobName ?? job?.name ?? `${application}.${name}`;

/**
 * What the contract cannot say about a descriptor.
 *
 * @throws DomainError `validation-failed`, naming each field
 */
export function checkDescriptor(descriptor: Descriptor): void {
  const errors = [...updatePolicyErrors(descriptor)];
  if (descriptor.runtime === 'process' && descriptor.command === undefined)
    errors.push({ pointer: '#/command', detail: 'is required when the runtime is process' });
  if (descriptor.runtime !== 'process' && descriptor.image === undefined)
    errors.push({
      pointer: '#/image',
      detail: `is required when the runtime is ${descriptor.runtime}`,
    });
  if (descriptor.oneShot && descriptor.restart === 'always')
    errors.push({
      pointer: '#/restart',
      detail: 'must be onFailure or never when oneShot is true',
    });
  if (errors.length > 0)
    throw new DomainError(
      'validation-failed',
      errors.length === 1
        ? '1 field is wrong; see errors.'
        : `${errors.length} fields are wrong; see errors.`,
      { errors },
    );
}
