import type { AuthorityStore } from '../../domain/access/ports.js';
import { isDuplicateKey } from '../errors.js';
import type { AccessModels, AuthorityDocument } from './models.js';

/** The authorities that sign client certificates of clusters, shared by all managers of the store. */
export const createAuthorityStore = ({ authorities }: AccessModels): AuthorityStore => ({
  async all() {
    const documents = await authorities.find({}).sort({ _id: -1 }).lean<AuthorityDocument[]>();
    return documents.map(({ _id, certificate, sealedKey, expiresAt }) => ({
      number: _id,
      certificate,
      sealedKey,
      expiresAt: expiresAt.getTime(),
    }));
  },
  async insert({ number, certificate, sealedKey, expiresAt }) {
    try {
      await authorities.collection.insertOne({
        _id: number as never,
        certificate,
        sealedKey,
        expiresAt: new Date(expiresAt),
      });
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
    }
  },
});
