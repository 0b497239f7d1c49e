/**
 * Deliberate bugs, to see that they are found. Each stands between the managers and their surroundings (the ports, the collections, the
 * scheduler); the product knows nothing of them.
 */
import type { Half } from '../../src/domain/instance/instance.js';
import type { ServiceState } from '../../src/domain/reconcile/state.js';
import { builtInScheduler } from '../../src/scheduler/built-in/built-in-scheduler.js';
import type { StoreLead } from '../../src/store/lead.js';
import type { Store } from '../../src/store/store.js';
import type { ManagerParts } from './actors/manager.js';
import type { Collection } from './database/collection.js';

export interface Mutation {
  readonly name: string;
  readonly what: string;
  readonly parts: Partial<ManagerParts>;
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Changes the data layer as the leader uses it, in each of its terms. */
const whileLeading = (store: Store, change: (lead: StoreLead) => Partial<StoreLead>): Store => ({
  ...store,
  leases: {
    read: () => store.leases.read(),
    take: async (seen, holder) => {
      const lead = await store.leases.take(seen, holder);
      return lead && { ...lead, ...change(lead) };
    },
  },
});

const withHalves = (state: ServiceState, change: (half: Half) => Half): ServiceState => ({
  ...state,
  instances: state.instances.map((instance) => ({
    ...instance,
    halves: instance.halves.map(change),
  })),
});

const withoutVersion = <T extends { readonly version?: unknown }>(filter: T): T => {
  const { version: _version, ...rest } = filter;
  return rest as T;
};

/** Writes whatever others have written meanwhile. */
function ignoreVersions(collection: Collection): void {
  const updateOne = collection.updateOne.bind(collection);
  const bulkWrite = collection.bulkWrite.bind(collection);
  collection.updateOne = (filter, update, options) =>
    updateOne(withoutVersion(filter), update, options);
  collection.bulkWrite = (updates, options) =>
    bulkWrite(
      updates.map(({ updateOne: { filter, update } }) => ({
        updateOne: { filter: withoutVersion(filter), update },
      })),
      options,
    );
}

/** Writes whoever leads meanwhile. */
function ignoreFence(collection: Collection): void {
  const updateOne = collection.updateOne.bind(collection);
  collection.updateOne = (filter, update, options) => {
    const { fence: _fence, ...rest } = filter as { fence?: unknown };
    return updateOne(rest as typeof filter, update, options);
  };
}

const versioned: ReadonlySet<string> = new Set(['instances', 'services', 'operations']);

/** Decides now and then on what it has seen before. */
function staleLoads(store: Store): Store {
  const seen = new Map<string, ServiceState>();
  return whileLeading(store, ({ reconciliation }) => ({
    reconciliation: {
      ...reconciliation,
      load: async (ids) => {
        const fresh = await reconciliation.load(ids);
        return fresh.map((state) => {
          const before = seen.get(state.service.id);
          seen.set(state.service.id, state);
          return before !== undefined && Math.random() < 0.2 ? before : state;
        });
      },
    },
  }));
}

export const mutations: readonly Mutation[] = [
  {
    name: 'forget-capacity',
    what: 'the scheduler sees every cluster as empty',
    parts: {
      scheduler: {
        name: builtInScheduler.name,
        place: (requests, picture) =>
          builtInScheduler.place(
            requests,
            picture.map((each) => ({ ...each, free: each.capacity })),
          ),
        explain: (request, picture) => builtInScheduler.explain(request, picture),
      },
    },
  },
  {
    name: 'answer-before-write',
    what: 'a request is answered before what it changed is committed',
    parts: {
      store: (store) => ({
        ...store,
        idempotency: {
          once: (key, work) =>
            new Promise((resolve, reject) => {
              store.idempotency
                .once(key, async () => {
                  const answer = await work();
                  resolve({ answer, replayed: false });
                  await pause(50);
                  return answer;
                })
                .then(resolve, reject);
            }),
        },
      }),
    },
  },
  {
    name: 'count-twice',
    what: 'a request that is repeated with its key is carried out again',
    parts: {
      store: (store) => ({
        ...store,
        idempotency: {
          once: (key, work) =>
            store.idempotency.once({ ...key, key: `${key.key}/${Math.random()}` }, work),
        },
      }),
    },
  },
  {
    name: 'lose-acknowledged-reports',
    what: 'what agents report is answered as taken in, and lost now and then',
    parts: {
      store: (store) => ({
        ...store,
        instances: {
          ...store.instances,
          saveAll: async (instances) => {
            if (Math.random() < 0.3) return true;
            return store.instances.saveAll(instances);
          },
        },
      }),
    },
  },
  {
    name: 'tell-stops-once',
    what: 'a stop that was told to a session that broke is not told again',
    parts: {
      store: (store) => ({
        ...store,
        instances: {
          ...store.instances,
          atCluster: async (id) =>
            (await store.instances.atCluster(id)).map((instance) => ({
              ...instance,
              halves: instance.halves.map((half) =>
                half.action === 'stop' ? { ...half, acknowledged: true } : half,
              ),
            })),
        },
      }),
    },
  },
  {
    name: 'promote-early',
    what: 'a migration stops the source before the target runs',
    parts: {
      store: (store) =>
        whileLeading(store, ({ reconciliation }) => ({
          reconciliation: {
            ...reconciliation,
            load: async (ids) =>
              (await reconciliation.load(ids)).map((state) =>
                withHalves(state, (half) =>
                  half.role === 'incoming' && half.phase !== 'UNDEPLOYED'
                    ? { ...half, phase: 'RUNNING' }
                    : half,
                ),
              ),
          },
        })),
    },
  },
  {
    name: 'forget-retiring-half',
    what: 'what has to go is forgotten before its cluster has said that it is gone',
    parts: {
      store: (store) =>
        whileLeading(store, ({ reconciliation }) => ({
          reconciliation: {
            ...reconciliation,
            commit: (changes, ...rest) =>
              reconciliation.commit(
                {
                  ...changes,
                  instances: changes.instances.map((instance) => ({
                    ...instance,
                    halves: instance.halves.filter((half) => half.role !== 'retiring'),
                  })),
                },
                ...rest,
              ),
          },
        })),
    },
  },
  {
    name: 'apply-stale-report',
    what: 'a report counts however old it is',
    parts: {
      store: (store) => ({
        ...store,
        clusters: {
          ...store.clusters,
          find: async (id) => {
            const cluster = await store.clusters.find(id);
            return cluster && { ...cluster, sequence: -1 };
          },
          observe: async (id, observation) => {
            await store.clusters.observe(id, observation);
            return true;
          },
        },
      }),
    },
  },
  {
    name: 'drop-event',
    what: 'an entry of the history is lost now and then',
    parts: {
      collection: (name, collection) => {
        if (name !== 'events') return;
        const insertMany = collection.insertMany.bind(collection);
        collection.insertMany = (docs, options) =>
          insertMany(
            docs.filter(() => Math.random() > 0.02),
            options,
          );
      },
    },
  },
  {
    name: 'skip-version-check',
    what: 'instances, services and operations are written whatever others have written meanwhile',
    parts: {
      collection: (name, collection) => {
        if (versioned.has(name)) ignoreVersions(collection);
      },
    },
  },
  {
    name: 'reconcile-stale-state',
    what: 'decisions are made on what was seen before, and written all the same',
    parts: {
      store: staleLoads,
      collection: (name, collection) => {
        if (versioned.has(name)) ignoreVersions(collection);
      },
    },
  },
  {
    name: 'take-silent-for-gone',
    what: 'a cluster that is not heard of counts as removed',
    parts: {
      store: (store) =>
        whileLeading(store, ({ clusters }) => ({
          clusters: {
            ...clusters,
            all: async () =>
              (await clusters.all()).filter(({ liveness }) => liveness !== 'inactive'),
          },
        })),
    },
  },
  {
    name: 'forget-leases',
    what: 'what is lost is placed elsewhere although its lease may still run',
    parts: {
      store: (store) =>
        whileLeading(store, ({ reconciliation }) => ({
          reconciliation: {
            ...reconciliation,
            load: async (ids) =>
              (await reconciliation.load(ids)).map((state) =>
                withHalves(state, ({ leaseMs: _leaseMs, ...half }) => half),
              ),
          },
        })),
    },
  },
  {
    name: 'skip-fence',
    what: 'a manager that leads no more goes on, and is not refused',
    parts: {
      store: (store) => ({
        ...store,
        leases: {
          read: () => store.leases.read(),
          take: (seen) => store.leases.take(seen, { mayAct: () => true, onRefused: () => {} }),
        },
      }),
      collection: (name, collection) => {
        if (name === 'leases' || name === 'feed') ignoreFence(collection);
      },
    },
  },
];

/** @throws RangeError - there is none of that name */
export function findMutation(name: string): Mutation {
  const found = mutations.find((each) => each.name === name);
  if (found === undefined) throw new RangeError(`there is no mutation ${name}`);
  return found;
}
