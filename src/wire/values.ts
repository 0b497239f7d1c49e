/** The small shapes that the HTTP API and the gateway share, in both directions between contract and domain. */
import type { components } from '../../generated/openapi.js';
import type { Worker } from '../domain/cluster/cluster.js';
import type { InstanceObservation, Report } from '../domain/instance/record-report.js';
import type { AgentIntroduction } from '../domain/ports.js';
import type { Resources } from '../domain/resources.js';

type Schemas = components['schemas'];

/** Points in time are RFC 3339 texts outside and epoch milliseconds inside. */
export const toTimestamp = (ms: number): string => new Date(ms).toISOString();

/** CPU is told in cores outside and counted in whole millicores inside. */
export const fromResources = (resources: Partial<Schemas['Resources']>): Resources => ({
  cpuMillicores: Math.round((resources.cpuCores ?? 0) * 1000),
  memoryMiB: resources.memoryMiB ?? 0,
  gpus: resources.gpus ?? 0,
});

export const toResources = (resources: Resources): Required<Schemas['Resources']> => ({
  cpuCores: resources.cpuMillicores / 1000,
  memoryMiB: resources.memoryMiB,
  gpus: resources.gpus,
});

type WorkerInput = Omit<Schemas['Worker'], 'capacity'> & {
  capacity?: Partial<Schemas['Resources']>;
};

const fromWorker = ({ name, capacity, use }: WorkerInput): Worker => ({
  name,
  ...(capacity ? { capacity: fromResources(capacity) } : {}),
  ...(use ? { use } : {}),
});

export const toWorker = ({ name, capacity, use }: Worker): Schemas['Worker'] => ({
  name,
  ...(capacity ? { capacity: toResources(capacity) } : {}),
  ...(use ? { use: defined(use) } : {}),
});

/** The same object without the properties that are undefined. */
export const defined = <T extends object>(value: T): { [K in keyof T]: Exclude<T[K], undefined> } =>
  Object.fromEntries(Object.entries(value).filter(([, each]) => each !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  };

/** A report as it comes over HTTP or in a frame. */
export type ReportInput = Pick<Schemas['Report'], 'session' | 'sequence' | 'use'> & {
  readonly full?: boolean;
  readonly capacity?: Partial<Schemas['Resources']>;
  readonly workers?: readonly WorkerInput[];
  readonly instances: readonly Schemas['InstanceReport'][];
};

const fromInstanceReport = ({
  reason,
  ...report
}: Schemas['InstanceReport']): InstanceObservation => ({
  ...report,
  reason: reason ?? (report.exitCode === undefined ? undefined : `exit code ${report.exitCode}`),
});

export const fromReport = (report: ReportInput): Report => ({
  session: report.session,
  sequence: report.sequence,
  full: report.full ?? false,
  capacity: report.capacity && fromResources(report.capacity),
  use: report.use,
  workers: report.workers?.map(fromWorker),
  instances: report.instances.map(fromInstanceReport),
});

interface IntroductionInput {
  readonly location?: string;
  readonly coordinates?: Schemas['Coordinates'];
  readonly capabilities?: readonly string[];
  readonly labels?: Readonly<Record<string, string>>;
  readonly capacity?: Partial<Schemas['Resources']>;
  readonly agentVersion?: string;
}

/** What a registration or a `hello` tells of a cluster. Without capabilities it runs processes. */
export const fromIntroduction = (input: IntroductionInput): AgentIntroduction => ({
  location: input.location,
  coordinates: input.coordinates,
  capabilities: input.capabilities ?? ['process'],
  labels: input.labels,
  capacity: input.capacity && fromResources(input.capacity),
  agentVersion: input.agentVersion,
});
