/** What clusters prove themselves with: hashes of credentials, and of the keys in client certificates. */
import type { Cluster } from '../domain/cluster/cluster.js';
import type { ClusterStore } from '../domain/ports.js';
import { durably } from '../failpoints.js';
import type { ClusterDocument } from './documents.js';
import { toObjectId } from './ids.js';
import type { Models } from './models.js';
import type { Transactions } from './unit-of-work.js';

type Proofs =
  | 'renewCredential'
  | 'proveCredential'
  | 'offerCredential'
  | 'takeCredential'
  | 'pinKey'
  | 'unpinKey';

export const createClusterProofs = (
  { clusters }: Pick<Models, 'clusters'>,
  transactions: Transactions,
  from: (document: ClusterDocument) => Cluster,
): Pick<ClusterStore, Proofs> => ({
  async renewCredential(name, enrolledWith, hash) {
    const cluster = await clusters
      .findOne({ cluster_name: name, live: true }, null, transactions.options())
      .lean<ClusterDocument>();
    if (!cluster) return undefined;
    const document = await durably('cluster.renewCredential', () =>
      clusters.collection.findOneAndUpdate(
        {
          _id: cluster._id,
          live: true,
          enrolledWith,
          last_modified: { $exists: false },
          credentialProved: { $exists: false },
        },
        { $set: { credentialHash: hash(cluster._id.toHexString()) } },
        { returnDocument: 'after', ...transactions.options() },
      ),
    );
    return document ? from(document as unknown as ClusterDocument) : undefined;
  },
  async proveCredential(id) {
    await clusters.collection.updateOne(
      { _id: toObjectId(id), admission: 'pending' },
      { $set: { credentialProved: true } },
      transactions.options(),
    );
  },
  async offerCredential(id, hash) {
    const result = await clusters.collection.updateOne(
      { _id: toObjectId(id), live: true },
      { $set: { nextCredentialHash: hash } },
      transactions.options(),
    );
    return result.matchedCount === 1;
  },
  async takeCredential(id, hash) {
    const result = await clusters.collection.updateOne(
      { _id: toObjectId(id), nextCredentialHash: hash },
      { $set: { credentialHash: hash }, $unset: { nextCredentialHash: '' } },
      transactions.options(),
    );
    return result.matchedCount === 1;
  },
  async pinKey(id, keyHash, replaced) {
    const result = await clusters.collection.updateOne(
      {
        _id: toObjectId(id),
        live: true,
        certificateKey: replaced ?? { $exists: false },
      },
      { $set: { certificateKey: keyHash } },
      transactions.options(),
    );
    return result.matchedCount === 1;
  },
  async unpinKey(id) {
    await clusters.collection.updateOne(
      { _id: toObjectId(id), live: true },
      { $unset: { certificateKey: '' } },
      transactions.options(),
    );
  },
});
