/** Turns changes of state into the entries of the history. */
import type { Change } from '../change.js';
import { workerCount, type Cluster } from '../cluster/cluster.js';
import { currentHalf, incomingHalf, type Instance } from '../instance/instance.js';
import { hasEnded, type Operation } from '../operation/operation.js';
import type { Service } from '../service/service.js';
import type { EventDraft } from './event.js';

type Of<S extends Change['subject']> = Extract<Change, { subject: S }>;
interface Telling {
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** The first rule whose field has changed tells the event. */
type Rules<T> = readonly (readonly [readonly string[], (after: T) => Telling | undefined])[];

const clusterRules: Rules<Cluster> = [
  [
    ['lifecycle'],
    (after) => ({
      type:
        after.lifecycle === 'present'
          ? 'cluster.resumed'
          : after.lifecycle === 'draining'
            ? 'cluster.draining'
            : `cluster.${after.lifecycle}`,
      data: { name: after.name },
    }),
  ],
  [['admission'], (after) => ({ type: `cluster.${after.admission}`, data: { name: after.name } })],
  [
    ['absenceConfirmedFor'],
    (after) =>
      after.absenceConfirmedFor === undefined
        ? undefined
        : { type: 'cluster.absenceConfirmed', data: { name: after.name } },
  ],
  [
    ['liveness'],
    (after) => ({
      type: after.liveness === 'active' ? 'cluster.activated' : 'cluster.inactivated',
      data: { name: after.name },
    }),
  ],
  [
    ['nodes'],
    (after) => ({
      type: 'cluster.workersCounted',
      data: { name: after.name, count: workerCount(after) },
    }),
  ],
  [
    ['cluster_location', 'coordinates', 'labels', 'taints', 'schedulable', 'technology'],
    (after) => ({
      type: 'cluster.updated',
      data: {
        name: after.name,
        location: after.location,
        labels: after.labels,
        taints: after.taints,
        schedulable: after.schedulable,
        capabilities: after.capabilities,
      },
    }),
  ],
  [
    ['capacity'],
    (after) => ({
      type: 'cluster.capacityChanged',
      data: {
        name: after.name,
        cpuCores: after.capacity.cpuMillicores / 1000,
        memoryMiB: after.capacity.memoryMiB,
        gpus: after.capacity.gpus,
      },
    }),
  ],
];

const serviceData = (after: Service) => ({
  name: after.name,
  application: after.application,
  phase: after.phase,
  replicas: after.replicas,
  revision: after.revision,
  reason: after.reason,
});

const serviceRules: Rules<Service> = [
  [['lifecycle'], (after) => ({ type: `service.${after.lifecycle}`, data: serviceData(after) })],
  [['revision'], (after) => ({ type: 'service.updated', data: serviceData(after) })],
  [['replicasWanted'], (after) => ({ type: 'service.scaled', data: serviceData(after) })],
  [
    ['paused'],
    (after) => ({
      type: after.paused === true ? 'service.updatePaused' : 'service.updateResumed',
      data: serviceData(after),
    }),
  ],
  [
    ['halted'],
    (after) => ({
      type: after.halted === undefined ? 'service.updateResumed' : 'service.updateHalted',
      data: { ...serviceData(after), reason: after.halted?.reason ?? after.reason },
    }),
  ],
  [['phase', 'reason'], (after) => ({ type: 'service.phaseChanged', data: serviceData(after) })],
];

const instanceData = (after: Instance) => {
  const half = currentHalf(after);
  return {
    phase: after.phase,
    ordinal: after.ordinal,
    revision: after.revision,
    reason: after.reason,
    clusterId: half?.clusterId,
    clusterName: half?.clusterName,
    worker: half?.worker,
  };
};

const movingData = (after: Instance) => {
  const incoming = incomingHalf(after);
  return {
    ...instanceData(after),
    toClusterId: incoming?.clusterId,
    toClusterName: incoming?.clusterName,
  };
};

const instanceRules: Rules<Instance> = [
  [
    ['clusterId', 'generation'],
    (after) => ({
      type: currentHalf(after) ? 'instance.placed' : 'instance.unplaced',
      data: instanceData(after),
    }),
  ],
  [
    ['incomingClusterId'],
    (after) =>
      incomingHalf(after)
        ? { type: 'instance.moving', data: movingData(after) }
        : { type: 'instance.moveGivenUp', data: instanceData(after) },
  ],
  [['phase', 'reason'], (after) => ({ type: 'instance.phaseChanged', data: instanceData(after) })],
];

const operationData = (after: Operation) => ({
  kind: after.kind,
  state: after.state,
  done: after.done,
  total: after.total,
  reason: after.reason,
});

const operationRules: Rules<Operation> = [
  [['state'], (after) => ({ type: `operation.${after.state}`, data: operationData(after) })],
  [
    ['done', 'total', 'reason'],
    (after) => ({ type: 'operation.progressed', data: operationData(after) }),
  ],
];

const tellUpdate = <T>(
  fields: ReadonlySet<string>,
  after: T,
  rules: Rules<T>,
): Telling | undefined =>
  rules.find(([names]) => names.some((name) => fields.has(name)))?.[1](after);

const tell = <T>(
  kind: Change['kind'],
  fields: ReadonlySet<string>,
  after: T,
  onInsert: Telling,
  rules: Rules<T>,
): Telling | undefined => (kind === 'insert' ? onInsert : tellUpdate(fields, after, rules));

const withoutUndefined = (data: Telling['data']): Telling['data'] =>
  Object.fromEntries(Object.entries(data).filter(([, value]) => value !== undefined));

const draft = (
  { subject, id, at, after }: Change,
  telling: Telling | undefined,
  relatedIds: readonly (string | undefined)[] = [],
): EventDraft | undefined =>
  telling && {
    type: telling.type,
    at,
    subjectKind: subject,
    subjectId: id,
    relatedIds: [...new Set(relatedIds.filter((related) => related !== undefined))],
    ...(after?.organizationId === undefined ? {} : { organizationId: after.organizationId }),
    data: withoutUndefined(telling.data),
  };

const instanceEvent = (change: Of<'instance'>, after: Instance): EventDraft | undefined =>
  draft(
    change,
    tell(
      change.kind,
      change.fields,
      after,
      { type: 'instance.created', data: instanceData(after) },
      instanceRules,
    ),
    [after.serviceId, ...after.halves.map((half) => half.clusterId)],
  );

/** An operation may have ended when it is written first: then both is told. */
const operationEvents = (
  change: Of<'operation'>,
  after: Operation,
): readonly (EventDraft | undefined)[] => {
  const tellings: readonly (Telling | undefined)[] =
    change.kind === 'insert'
      ? [
          { type: 'operation.accepted', data: operationData(after) },
          hasEnded(after)
            ? { type: `operation.${after.state}`, data: operationData(after) }
            : undefined,
        ]
      : [tellUpdate(change.fields, after, operationRules)];
  return tellings.map((telling) => draft(change, telling, [after.subjectId]));
};

function drafts(change: Change): readonly (EventDraft | undefined)[] {
  const { kind, fields, after } = change;
  if (kind === 'delete' || after === undefined) return [];
  switch (change.subject) {
    case 'cluster': {
      const cluster = after as Cluster;
      const registered = {
        type: 'cluster.registered',
        data: { name: cluster.name, admission: cluster.admission },
      };
      return [draft(change, tell(kind, fields, cluster, registered, clusterRules))];
    }
    case 'service': {
      const service = after as Service;
      const deployed = { type: 'service.deployed', data: serviceData(service) };
      return [draft(change, tell(kind, fields, service, deployed, serviceRules))];
    }
    case 'instance':
      return [instanceEvent(change, after as Instance)];
    case 'operation':
      return operationEvents(change, after as Operation);
  }
}

/** What a change means to users, in order; nothing where it means nothing to them. */
export const deriveEvents = (change: Change): readonly EventDraft[] =>
  drafts(change).filter((event) => event !== undefined);
