/** The database API as a tool of 2021 sees it: names and BSON types to the byte, and the commands that its driver sends. */
import mongoose from 'mongoose';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { EdgeioClusterManager } from '../support/edgeio-cluster-manager.js';
import { EdgeioSite } from '../support/edgeio-site.js';

const { BSON, MongoClient, ObjectId } = mongoose.mongo;

vi.setConfig({ testTimeout: 90_000, hookTimeout: 90_000 });

let site: EdgeioSite;
let munich: EdgeioClusterManager;
let client: InstanceType<typeof MongoClient>;
let job: string;

beforeAll(async () => {
  // Whole seconds: a number without a fraction is where a float becomes an integer.
  const now = (): number => Math.floor(Date.now() / 1000) * 1000;
  site = await EdgeioSite.start({ tcp: true, now });
  munich = await site.join({ name: 'munich-1', location: 'munich', cores: 8, memory: 8192 });
  await site.plain(`/api/cluster/${munich.id}/nodes/2`);
  client = await new MongoClient(`${site.manager.tcpUri}`).connect();
  job = await site.deployJob({ cluster_location: 'munich', port: 8080, surplus: { kept: [1] } });
  await site.reportingUntil(
    [munich],
    'it runs',
    async () => (await site.jobStatus(job)) === 'RUNNING',
  );
});

afterAll(async () => {
  await client.close();
  await site.close();
});

/** A document as it lies in the store, with its BSON types. */
async function raw(database: string, id: string): Promise<Record<string, unknown>> {
  const bytes: unknown = await client
    .db(database)
    .collection(database)
    .findOne({ _id: new ObjectId(id) }, { raw: true });
  return BSON.deserialize(bytes as Uint8Array, { promoteValues: false, promoteLongs: false });
}

const typeOf = (value: unknown): string => {
  if (Array.isArray(value)) return 'array';
  if (value instanceof Date) return 'date';
  if (typeof value !== 'object' || value === null) return typeof value;
  return (value as { _bsontype?: string })._bsontype ?? 'object';
};

const typesOf = (document: Record<string, unknown>, names: readonly string[]) =>
  Object.fromEntries(names.map((name) => [name, typeOf(document[name])]));

describe('a document', () => {
  it('of a cluster has the fields and the types of 2021', async () => {
    const document = await raw('clusters', munich.id);
    const types = {
      _id: 'ObjectId',
      cluster_name: 'string',
      cluster_location: 'string',
      ip: 'string',
      port: 'string',
      clusterinfo: 'object',
      nodes: 'Int32',
      aggregated_cpu_percent: 'Double',
      total_cpu_cores: 'Int32',
      aggregated_memory_percent: 'Int32',
      memory_in_mb: 'Int32',
      active_nodes: 'Int32',
      technology: 'array',
      more: 'Int32',
      last_modified: 'date',
      last_modified_timestamp: 'Double',
    };
    expect(typesOf(document, Object.keys(types))).toEqual(types);
    const seconds = Number(document['last_modified_timestamp']);
    expect((document['last_modified'] as Date).getTime()).toBe(Math.round(seconds * 1000));
    expect(Math.abs(Date.now() / 1000 - seconds)).toBeLessThan(60);
  });

  it('of a job has the fields and the types of 2021, and the descriptor as it was uploaded', async () => {
    const document = await raw('jobs', job);
    const types = {
      _id: 'ObjectId',
      job_name: 'string',
      file_content: 'object',
      status: 'string',
      cluster: 'ObjectId',
      replicas: 'Int32',
    };
    expect(typesOf(document, Object.keys(types))).toEqual(types);
    expect(String(document['cluster'])).toBe(munich.id);
    const found = await client
      .db('jobs')
      .collection('jobs')
      .findOne({ _id: new ObjectId(job) });
    expect(found?.['file_content']).toEqual({
      api_version: 'v0.1',
      job_name: 'web',
      image: 'docker.io/library/nginx:1.27',
      requirements: { cpu: 1, memory: 128 },
      cluster_location: 'munich',
      port: 8080,
      surplus: { kept: [1] },
    });
  });
});

/** What PyMongo 3 sends with a read, and with a write; the session is the driver's. */
const reading = { $readPreference: { mode: 'primaryPreferred' } } as const;
let writes = 0;
const writing = (): object => ({ txnNumber: BSON.Long.fromNumber((writes += 1)) });

describe('the commands that PyMongo sends', () => {
  const clusters = () => client.db('clusters');
  const jobs = () => client.db('jobs');

  it.each(['ismaster', 'isMaster', 'hello'])('%s', async (name) => {
    const answer = await client.db('admin').command({ [name]: 1, helloOk: true });
    expect(answer).toMatchObject({ ok: 1, maxBsonObjectSize: 16_777_216 });
  });

  it('find_one reads a cluster by its location', async () => {
    const answer = await clusters().command({
      find: 'clusters',
      filter: { cluster_location: 'munich' },
      limit: 1,
      singleBatch: true,
      ...reading,
    });
    const [first] = (answer['cursor'] as { firstBatch: Record<string, unknown>[] }).firstBatch;
    expect(first?.['cluster_name']).toBe('munich-1');
  });

  it('find reads all clusters, and a batch at a time', async () => {
    const answer = await clusters().command({
      find: 'clusters',
      filter: {},
      batchSize: 1,
      ...reading,
    });
    expect((answer['cursor'] as { firstBatch: unknown[] }).firstBatch).toHaveLength(1);
  });

  it('find reads a job by its id, and by its name', async () => {
    for (const filter of [{ _id: new ObjectId(job) }, { job_name: 'web' }]) {
      const command = { find: 'jobs', filter, limit: 1, singleBatch: true, ...reading };
      const answer = await jobs().command(command);
      expect((answer['cursor'] as { firstBatch: unknown[] }).firstBatch).toHaveLength(1);
    }
  });

  it('update_one writes a decision', async () => {
    const answer = await jobs().command({
      update: 'jobs',
      ordered: true,
      ...writing(),
      updates: [
        {
          q: { _id: new ObjectId(job) },
          u: { $set: { status: 'CLUSTER_SCHEDULED', cluster: new ObjectId(munich.id) } },
          multi: false,
          upsert: false,
        },
      ],
    });
    expect(answer).toMatchObject({ n: 1, nModified: 1, ok: 1 });
  });

  it('find_one_and_update writes a decision, and reads what it has become', async () => {
    const answer = await jobs().command({
      findAndModify: 'jobs',
      query: { _id: new ObjectId(job) },
      update: { $set: { status: 'CLUSTER_SCHEDULED' } },
      new: true,
      upsert: false,
      ...writing(),
    });
    expect((answer['value'] as { status: string }).status).toBe('CLUSTER_SCHEDULED');
  });

  it('count_documents counts', async () => {
    const answer = await clusters().command({
      aggregate: 'clusters',
      pipeline: [{ $match: {} }, { $group: { _id: 1, n: { $sum: 1 } } }],
      cursor: {},
      ...reading,
    });
    expect((answer['cursor'] as { firstBatch: unknown[] }).firstBatch).toEqual([{ _id: 1, n: 1 }]);
  });
});
