/** Every query that the data layer sends is answered from an index: each method is called, and what it sent is explained. */
import type mongoose from 'mongoose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestStore, type TestStore } from '../support/app.js';
import { takeLead, trimHistory } from '../support/lead.js';
import { aCluster, anInstance, anOperation, aService, id } from '../support/builders.js';

type Doc = Record<string, unknown>;
interface Sent {
  readonly db: string;
  readonly coll: string;
  readonly filter: Doc;
  readonly sort: Doc | undefined;
}

/** Filters that a command carries. Inserts have none. */
function filtersOf(name: string, command: Doc): readonly { filter: Doc; sort?: Doc }[] {
  if (name === 'find') return [{ filter: command['filter'] as Doc, sort: command['sort'] as Doc }];
  if (name === 'findAndModify') return [{ filter: command['query'] as Doc }];
  const statements = (command['updates'] ?? command['deletes'] ?? []) as readonly { q: Doc }[];
  return statements.map(({ q }) => ({ filter: q }));
}

const stagesOf = (plan: Doc): readonly string[] => {
  const input = plan['inputStage'] as Doc | undefined;
  return [String(plan['stage']), ...(input ? stagesOf(input) : [])];
};

describe('queries of the data layer', () => {
  const sent: Sent[] = [];
  let test: TestStore;

  beforeAll(async () => {
    test = await startTestStore(Date.now, {
      onCommand: (name, command) => {
        const coll = String(command[name]);
        for (const { filter, sort } of filtersOf(name, command))
          sent.push({ db: String(command['$db']), coll, filter, sort });
      },
    });
  });

  afterAll(async () => {
    await test.close();
  });

  const explain = async ({ db, coll, filter, sort }: Sent): Promise<readonly string[]> => {
    const client = test.store.databases.connection.getClient();
    const answer = (await client.db(db).command({
      explain: { find: coll, filter, ...(sort && { sort }) },
    })) as { queryPlanner: { winningPlan: Doc } };
    return stagesOf(answer.queryPlanner.winningPlan);
  };

  it.each<[string, (store: TestStore['store']) => Promise<unknown>]>([
    ['insert a cluster', (store) => store.clusters.insert(aCluster())],
    ['find a cluster', (store) => store.clusters.find(id(0xc1))],
    ['renew a credential', (store) => store.clusters.renewCredential('c1', 'installation', () => 'x')],
    ['use an enrolment token', (store) => store.access.enrolmentTokens.use(id(1), 1)],
    ['list enrolment tokens', (store) => store.access.enrolmentTokens.list({ organizationId: id(1) }, { limit: 5 })],
    ['find a foreign user', (store) => store.access.users.findByIdentity('issuer', 'subject')],
    ['read the webhooks', (store) => store.webhooks.enabled()],
    ['list webhooks', (store) => store.webhooks.list({ organizationId: id(1) }, { limit: 5 })],
    ['move a webhook', (store) => store.webhooks.progress(id(1), 0, { cursor: 1, failures: 0 })],
    ['list dead letters', (store) => store.deadLetters.list(id(1), { limit: 5 })],
    ['list clusters', (store) => store.clusters.list({}, { limit: 5, after: id(1) })],
    ['list active clusters', (store) => store.clusters.list({ state: 'active' }, { limit: 5 })],
    ['read all clusters', (store) => store.clusters.all()],
    ['read which clusters are there', (store) => store.clusters.presences()],
    ['change a cluster', (store) => store.clusters.replace(aCluster())],
    ['begin a session', (store) => store.clusters.beginSession(id(0xc1), { capabilities: [] }, 1)],
    ['take a report over', (store) => store.clusters.observe(aCluster(), { session: 2, sequence: 1, heardAt: 1 })],
    ['note a heartbeat', (store) => store.clusters.heard(id(0xc1), 1, 1)],
    ['mark the silent', (store) => store.clusters.markInactive([aCluster()])],
    ['insert a service', (store) => store.services.insert(aService())],
    ['find a service', (store) => store.services.find(id(0x5e))],
    ['list services', (store) => store.services.list({}, { limit: 5, after: id(1) })],
    ['list services by application', (store) => store.services.list({ application: 'default' }, { limit: 5 })],
    ['list services by name', (store) => store.services.list({ name: 'hello' }, { limit: 5 })],
    ['list services by phase', (store) => store.services.list({ phase: 'RUNNING' }, { limit: 5 })],
    ['change a service', (store) => store.services.replace(aService())],
    ['find instances', (store) => store.instances.findMany([id(1), id(2)])],
    ['list instances', (store) => store.instances.list({}, { limit: 5, after: id(1) })],
    ['list instances of a service', (store) => store.instances.list({ serviceId: id(0x5e) }, { limit: 5 })],
    ['list instances at a cluster', (store) => store.instances.list({ clusterId: id(0xc1) }, { limit: 5 })],
    ['list instances by phase', (store) => store.instances.list({ phase: 'LOST' }, { limit: 5 })],
    ['read what is at a cluster', (store) => store.instances.atCluster(id(0xc1))],
    ['read what is at many clusters', (store) => Promise.all([store.instances.atCluster(id(0xc1)), store.instances.atCluster(id(0xc2))])],
    ['read the live of a service', (store) => store.instances.liveOf(id(0x5e))],
    ['find the services at clusters', (store) => store.instances.servicesAt([id(0xc1), id(0xc2)])],
    ['save instances', (store) => store.instances.saveAll([anInstance()])],
    ['insert an operation', (store) => store.operations.insert(anOperation())],
    ['find an operation', (store) => store.operations.find(id(0x0f))],
    ['list operations', (store) => store.operations.list({}, { limit: 5, after: id(0xff) })],
    ['list operations of a subject', (store) => store.operations.list({ subjectId: id(0x5e) }, { limit: 5 })],
    ['list operations by state', (store) => store.operations.list({ state: 'running' }, { limit: 5 })],
    ['read open operations', (store) => store.operations.openFor([id(0x5e)])],
    ['change an operation', (store) => store.operations.replace(anOperation())],
    ['load what is reconciled, and count what migrates', (store) => takeLead(store).then(({ reconciliation }) => Promise.all([reconciliation.load([id(0x5e)]), reconciliation.migratingTo()]))],
    ['read events', (store) => store.events.read(0, 10)],
    ['read events of a subject', (store) => store.events.read(0, 10, id(0x5e))],
    ['read events back', (store) => store.events.readBack(9, 10)],
    ['add clusters up', (store) => store.totals.clusters()],
    ['add services up', (store) => store.totals.services()],
    ['count what is under way', (store) => store.totals.runningOperations()],
    ['trim events', (store) => trimHistory(store, 0)],
  ])('%s without a scan of the collection', async (_, call) => {
    sent.length = 0;
    await call(test.store);
    for (const query of sent) {
      const stages = await explain(query);
      expect(stages, JSON.stringify(query.filter)).not.toContain('COLLSCAN');
    }
  });

  it.each<[string, (store: TestStore['store']) => Promise<unknown>]>([
    ['clusters', (store) => store.clusters.list({}, { limit: 5, after: id(1) })],
    ['services', (store) => store.services.list({}, { limit: 5, after: id(1) })],
    ['instances', (store) => store.instances.list({}, { limit: 5, after: id(1) })],
    ['instances of a service', (store) => store.instances.list({ serviceId: id(0x5e) }, { limit: 5 })],
    ['operations of a subject', (store) => store.operations.list({ subjectId: id(0x5e) }, { limit: 5 })],
    ['events', (store) => store.events.read(0, 10)],
    ['services of an organization', (store) => store.services.list({ organizationId: id(0x06) }, { limit: 5 })],
    ['instances of an organization', (store) => store.instances.list({ organizationId: id(0x06) }, { limit: 5 })],
    ['operations of an organization', (store) => store.operations.list({ organizationId: id(0x06) }, { limit: 5 })],
    ['the newest events', (store) => store.events.readBack(undefined, 10)],
    ['events of a subject, newest first', (store) => store.events.readBack(9, 10, id(0x5e))],
    ['events of an organization, newest first', (store) => store.events.readBack(9, 10, undefined, id(0x06))],
    ['events of an organization', (store) => store.events.read(0, 10, undefined, id(0x06))],
    ['clusters that an organization can use', (store) => store.clusters.list({ visibleTo: id(0x06) }, { limit: 5 })],
    ['users of an organization', (store) => store.access.users.list({ organizationId: id(0x06) }, { limit: 5 })],
    ['API keys of an organization', (store) => store.access.apiKeys.list({ organizationId: id(0x06) }, { limit: 5 })],
    ['events of a subject', (store) => store.events.read(0, 10, id(0x5e))],
  ])('pages of %s come sorted from an index', async (_, call) => {
    sent.length = 0;
    await call(test.store);
    expect(sent.length).toBeGreaterThan(0);
    for (const query of sent) expect(await explain(query)).not.toContain('SORT');
  });

  it('would be told by a scan, if there were one', async () => {
    const stages = await explain({
      db: 'jobs',
      coll: 'instances',
      filter: { serviceName: 'hello' },
      sort: { ordinal: 1 },
    });
    expect(stages).toEqual(expect.arrayContaining(['COLLSCAN', 'SORT']));
  });

  it('has built every index that a model names', async () => {
    for (const model of Object.values(test.store.models) as mongoose.Model<unknown>[]) {
      const indexes = (await model.listIndexes()) as readonly { name: string }[];
      const built = indexes.map((index) => index.name);
      const wanted = model.schema.indexes().map(([, options]) => (options as { name?: string }).name);
      expect(built).toEqual(expect.arrayContaining(wanted));
    }
  });
});
