/** The documents of the database API of 2021, as Extended JSON, with the fields that it names and no other. */
import mongoose from 'mongoose';
import type { Models } from './models.js';

const { EJSON } = mongoose.mongo.BSON;

const clusterFields = [
  'cluster_name',
  'cluster_location',
  'ip',
  'port',
  'clusterinfo',
  'nodes',
  'aggregated_cpu_percent',
  'total_cpu_cores',
  'aggregated_memory_percent',
  'memory_in_mb',
  'active_nodes',
  'technology',
  'more',
  'last_modified',
  'last_modified_timestamp',
];
const jobFields = ['job_name', 'file_content', 'status', 'cluster', 'replicas'];

const only = (names: readonly string[]): Record<string, 1> =>
  Object.fromEntries(names.map((name) => [name, 1 as const]));

/** One text for each document. */
export interface DatabaseApi {
  /** @param reportedAfter - only clusters that have reported since (seconds since 1970) */
  clusters(reportedAfter?: number): AsyncIterable<string>;
  jobs(): AsyncIterable<string>;
}

async function* texts(documents: AsyncIterable<unknown>): AsyncIterable<string> {
  for await (const document of documents)
    yield EJSON.stringify(document as object, { relaxed: true });
}

export const createDatabaseApi = ({ clusters, services }: Models): DatabaseApi => ({
  clusters: (reportedAfter) =>
    texts(
      clusters.collection
        .find({
          live: true,
          ...(reportedAfter === undefined
            ? {}
            : { last_modified_timestamp: { $gte: reportedAfter } }),
        })
        .sort({ _id: 1 })
        .project(only(clusterFields)),
    ),
  jobs: () =>
    texts(services.collection.find({ live: true }).sort({ _id: 1 }).project(only(jobFields))),
});
