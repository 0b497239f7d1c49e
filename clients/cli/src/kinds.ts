/** The kinds of resources: what they are called, how they are listed, and what is shown of them. */
import type {
  Cluster,
  Event,
  Instance,
  Operation,
  Resources,
  Scheduler,
  Service,
} from '@system-manager/client';
import type { Tone } from './io.js';
import { ageOf, type Column, type Printed } from './output.js';

/** Names that may be typed for each kind. */
export const kindNames = {
  clusters: ['clusters', 'cluster'],
  workers: ['workers', 'worker'],
  services: ['services', 'service', 'svc'],
  instances: ['instances', 'instance'],
  operations: ['operations', 'operation', 'op'],
  events: ['events', 'event'],
  schedulers: ['schedulers', 'scheduler'],
} as const;

export type Kind = keyof typeof kindNames;

/** The kind that is meant; undefined where there is none. */
export const toKind = (typed: string): Kind | undefined =>
  (Object.keys(kindNames) as Kind[]).find((kind) =>
    (kindNames[kind] as readonly string[]).includes(typed),
  );

const good = new Set(['RUNNING', 'COMPLETED', 'active', 'succeeded', 'settled']);
const bad = new Set(['FAILED', 'DEAD', 'LOST', 'inactive', 'failed', 'halted']);

/** What a state or phase says; one that is not known says nothing. */
export const toneOf = (state: string): Tone | undefined => {
  if (good.has(state)) return 'good';
  if (bad.has(state)) return 'bad';
  return state === state.toUpperCase() || state === 'running' ? 'busy' : undefined;
};

const of = (resources: Resources, what: keyof Resources): string => String(resources[what] ?? 0);

/** `1.5/8`: what is taken, and what there is. */
const share = ({ reserved, capacity }: Cluster, what: keyof Resources): string =>
  `${of(reserved, what)}/${of(capacity, what)}`;

const age = <Row extends { readonly createdAt: string }>(): Column<Row> => ({
  title: 'AGE',
  value: ({ createdAt }) => ageOf(createdAt, Date.now()),
});

export const clusters: Printed<Cluster> = {
  none: 'There are no clusters. smctl enrol NAME says how to bring one.',
  name: ({ name }) => `cluster/${name}`,
  columns: [
    { title: 'NAME', value: ({ name }) => name },
    { title: 'STATE', value: ({ state }) => state, tone: ({ state }) => toneOf(state) },
    {
      title: 'PLACING',
      value: ({ draining, schedulable }) =>
        draining ? 'draining' : schedulable ? 'open' : 'closed',
    },
    { title: 'LOCATION', value: ({ location }) => location ?? '-' },
    { title: 'WORKERS', value: ({ workerCount }) => String(workerCount) },
    { title: 'CPU', value: (cluster) => share(cluster, 'cpuCores') },
    { title: 'MEMORY MiB', value: (cluster) => share(cluster, 'memoryMiB') },
    { title: 'HEARD', value: ({ lastHeardAt }) => ageOf(lastHeardAt, Date.now()) },
    { title: 'CAPABILITIES', wide: true, value: ({ capabilities }) => capabilities.join(',') },
    { title: 'AGENT', wide: true, value: ({ agentVersion }) => agentVersion ?? '-' },
    { title: 'ID', wide: true, value: ({ id }) => id },
  ],
};

export const services: Printed<Service> = {
  none: 'There are no services. smctl deploy -f FILE deploys one.',
  name: ({ name }) => `service/${name}`,
  columns: [
    { title: 'NAME', value: ({ name }) => name },
    { title: 'APPLICATION', value: ({ application }) => application },
    { title: 'PHASE', value: ({ phase }) => phase, tone: ({ phase }) => toneOf(phase) },
    {
      title: 'RUNNING',
      value: ({ instances, replicas }) => `${instances['RUNNING'] ?? 0}/${replicas}`,
    },
    { title: 'REVISION', value: ({ revision }) => String(revision) },
    {
      title: 'ROLLOUT',
      value: ({ rollout }) => rollout.state,
      tone: ({ rollout }) => toneOf(rollout.state),
    },
    age(),
    { title: 'REASON', wide: true, value: ({ reason }) => reason ?? '' },
    { title: 'ID', wide: true, value: ({ id }) => id },
  ],
};

export const instances: Printed<Instance> = {
  none: 'There are no instances.',
  name: ({ id }) => `instance/${id}`,
  columns: [
    { title: 'ID', value: ({ id }) => id },
    { title: 'SERVICE', value: ({ serviceName, ordinal }) => `${serviceName}/${ordinal}` },
    { title: 'PHASE', value: ({ phase }) => phase, tone: ({ phase }) => toneOf(phase) },
    { title: 'CLUSTER', value: ({ clusterName }) => clusterName ?? '-' },
    { title: 'WORKER', value: ({ worker }) => worker ?? '-' },
    {
      title: 'ADDRESS',
      value: ({ addresses = [] }) =>
        addresses.map(({ host, port }) => `${host}:${port}`).join(',') || '-',
    },
    { title: 'RESTARTS', value: ({ restarts }) => String(restarts ?? 0) },
    age(),
    { title: 'REVISION', wide: true, value: ({ revision }) => String(revision) },
    { title: 'REASON', wide: true, value: ({ reason }) => reason ?? '' },
  ],
};

export const operations: Printed<Operation> = {
  none: 'There are no operations.',
  name: ({ id }) => `operation/${id}`,
  columns: [
    { title: 'ID', value: ({ id }) => id },
    { title: 'KIND', value: ({ kind }) => kind },
    {
      title: 'SUBJECT',
      value: ({ subjectKind, subjectName }) => `${subjectKind}/${subjectName}`,
    },
    { title: 'STATE', value: ({ state }) => state, tone: ({ state }) => toneOf(state) },
    { title: 'DONE', value: ({ progress: { done, total } }) => `${done}/${total}` },
    age(),
    { title: 'REASON', value: ({ reason }) => reason ?? '' },
  ],
};

/** What an event says that is worth a line. */
const saying = ({ data }: Event): string =>
  ['name', 'serviceName', 'ordinal', 'phase', 'clusterName', 'state', 'reason']
    .flatMap((field) => {
      const value = data[field];
      return typeof value === 'string' || typeof value === 'number' ? [`${field}=${value}`] : [];
    })
    .join(' ');

export const events: Printed<Event> = {
  none: 'Nothing has happened.',
  name: ({ sequence }) => `event/${sequence}`,
  columns: [
    { title: 'SEQUENCE', value: ({ sequence }) => String(sequence) },
    { title: 'AT', value: ({ at }) => at },
    { title: 'TYPE', value: ({ type }) => type },
    { title: 'SUBJECT', wide: true, value: ({ subjectId }) => subjectId },
    { title: 'WHAT', value: saying },
  ],
};

export const schedulers: Printed<Scheduler> = {
  none: 'There are no schedulers.',
  name: ({ name }) => `scheduler/${name}`,
  columns: [
    { title: 'NAME', value: ({ name }) => name },
    { title: 'KIND', value: ({ kind }) => kind },
    {
      title: 'AVAILABLE',
      value: ({ available }) => (available ? 'yes' : 'no'),
      tone: ({ available }) => (available ? 'good' : 'bad'),
    },
    { title: 'DECISIONS', value: ({ decisions }) => String(decisions) },
    { title: 'REFUSED', value: ({ refused }) => String(refused) },
    { title: 'LATE', value: ({ late }) => String(late) },
    { title: 'P50 ms', value: ({ latency }) => latency?.p50Ms.toFixed(1) ?? '-' },
    { title: 'P99 ms', value: ({ latency }) => latency?.p99Ms.toFixed(1) ?? '-' },
  ],
};

/** A worker, with the cluster that it belongs to. */
export interface WorkerRow {
  readonly cluster: string;
  readonly name: string;
  readonly capacity?: Resources;
  readonly use?: { readonly cpuCores?: number; readonly memoryMiB?: number };
}

const number = (value: number | undefined): string =>
  value === undefined ? '-' : String(Math.round(value * 100) / 100);

export const workers: Printed<WorkerRow> = {
  none: 'No worker is known by name.',
  name: ({ cluster, name }) => `worker/${cluster}/${name}`,
  columns: [
    { title: 'CLUSTER', value: ({ cluster }) => cluster },
    { title: 'NAME', value: ({ name }) => name },
    { title: 'CPU', value: ({ capacity }) => number(capacity?.cpuCores) },
    { title: 'MEMORY MiB', value: ({ capacity }) => number(capacity?.memoryMiB) },
    { title: 'CPU USED', value: ({ use }) => number(use?.cpuCores) },
    { title: 'MEMORY USED', value: ({ use }) => number(use?.memoryMiB) },
  ],
};
