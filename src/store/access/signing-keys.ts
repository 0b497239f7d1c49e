import type { SigningKeyStore } from '../../domain/access/ports.js';
import type mongoose from 'mongoose';
import type { SigningKeyDocument } from './models.js';

/** The keys that sign access tokens, shared by all managers of the store. */
export const createSigningKeyStore = (
  signingKeys: mongoose.Model<SigningKeyDocument>,
): SigningKeyStore => ({
  async all() {
    const documents = await signingKeys.find({}).lean<SigningKeyDocument[]>();
    return documents
      .map(({ _id, publicJwk, sealedPrivateJwk, createdAt, expiresAt }) => ({
        kid: _id,
        publicJwk,
        sealedPrivateJwk,
        createdAt: createdAt.getTime(),
        expiresAt: expiresAt.getTime(),
      }))
      .sort((one, other) => other.createdAt - one.createdAt);
  },
  async insert({ kid, publicJwk, sealedPrivateJwk, createdAt, expiresAt }) {
    await signingKeys.collection.insertOne({
      _id: kid as never,
      publicJwk,
      sealedPrivateJwk,
      createdAt: new Date(createdAt),
      expiresAt: new Date(expiresAt),
    });
  },
});
