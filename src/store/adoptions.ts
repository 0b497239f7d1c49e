/**
 * Documents that an installation of 2021 has left in the collections that the manager shares with it. They are none of ours (they have
 * no `version`), and nobody here reads them, until they are adopted: then they are what they were, under the same id, with our fields
 * beside those of the database API.
 */
import type mongoose from 'mongoose';
import { DomainError } from '../domain/errors.js';
import type { Cluster } from '../domain/cluster/cluster.js';
import type { Instance } from '../domain/instance/instance.js';
import type { Service } from '../domain/service/service.js';
import { toClusterDocument } from './clusters.js';
import { isDuplicateKey } from './errors.js';
import { toObjectId } from './ids.js';
import { toInstanceDocument } from './instances.js';
import type { Models } from './models.js';
import { toServiceDocument } from './services.js';
import type { Transactions } from './unit-of-work.js';

type Document = mongoose.mongo.Document;
type Collection = mongoose.mongo.Collection;

/** A document as others have written it; ids in it are hexadecimal. */
export interface ForeignDocument {
  readonly id: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

/** Each of them is adopted once, by whoever is first; a manager that does not lead any more does no harm. */
export interface Adoptions {
  clusters(): Promise<readonly ForeignDocument[]>;
  jobs(): Promise<readonly ForeignDocument[]>;
  /** @returns false when it was adopted, or removed, meanwhile */
  adoptCluster(cluster: Cluster): Promise<boolean>;
  /** Takes a job over with the instances that its cluster has already. @returns false when it was adopted, or removed, meanwhile */
  adoptJob(service: Service, instances: readonly Instance[]): Promise<boolean>;
  /** Adds instances that run at their clusters already, and reserves what they have there. */
  addInstances(instances: readonly Instance[]): Promise<void>;
}

const foreign = { version: { $exists: false } } as const;

const isId = (value: unknown): value is { toHexString(): string } =>
  typeof value === 'object' && value !== null && 'toHexString' in value;

const toForeign = ({ _id, ...fields }: Document): ForeignDocument => ({
  id: String(_id),
  fields: Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [
      name,
      isId(value) ? value.toHexString() : value,
    ]),
  ),
});

async function read(collection: Collection): Promise<readonly ForeignDocument[]> {
  const documents = await collection.find(foreign).toArray();
  // Others may use ids of another kind; those were never given by a manager.
  return documents.filter(({ _id }) => isId(_id)).map(toForeign);
}

export const createAdoptions = (
  { clusters, services, instances }: Models,
  transactions: Transactions,
): Adoptions => {
  /** Told as a removal and an insert, so that the history begins with it. @throws DomainError `validation-failed` - its name is taken */
  const exchange = async (collection: Collection, document: Document): Promise<boolean> => {
    const filter = { _id: document['_id'] as never, ...foreign };
    const old = await collection.findOne(filter, transactions.options());
    if (old === null) return false;
    await collection.deleteOne(filter, transactions.options());
    try {
      await collection.insertOne({ ...old, ...document }, transactions.options());
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
      throw new DomainError('validation-failed', 'its name is taken', { cause: error });
    }
    return true;
  };

  const reserve = async ({ halves }: Instance): Promise<void> => {
    for (const { clusterId, resources } of halves)
      await clusters.collection.updateOne(
        { _id: toObjectId(clusterId) },
        {
          $inc: {
            'reserved.cpuMillicores': resources.cpuMillicores,
            'reserved.memoryMiB': resources.memoryMiB,
            'reserved.gpus': resources.gpus,
            ledgerVersion: 1,
          },
        },
        transactions.options(),
      );
  };

  const addInstances = async (there: readonly Instance[]): Promise<void> => {
    for (const instance of there) {
      await instances.collection.insertOne(toInstanceDocument(instance), transactions.options());
      await reserve(instance);
    }
  };

  return {
    clusters: () => read(clusters.collection as unknown as Collection),
    jobs: () => read(services.collection as unknown as Collection),
    adoptCluster: (cluster) =>
      transactions.transaction(() =>
        exchange(clusters.collection as unknown as Collection, toClusterDocument(cluster)),
      ),
    adoptJob: (service, there) =>
      transactions.transaction(async () => {
        const jobs = services.collection as unknown as Collection;
        if (!(await exchange(jobs, toServiceDocument(service)))) return false;
        await addInstances(there);
        return true;
      }),
    addInstances: (there) => transactions.transaction(() => addInstances(there)),
  };
};
