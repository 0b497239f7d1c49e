/** Inserts into the embedded store by the bare driver, each of them durable: what a write costs at the least. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import mongoose from 'mongoose';
import { startEmbeddedStore } from '../../src/embedded/index.js';
import { hands } from './http-load.js';
import { ratePerSecond, type Run } from './measure.js';

const textBytes = 400;

/** Runs some work on a fresh store, and gives its connection string to it. */
export async function withStoreUri<T>(work: (uri: string) => Promise<T>): Promise<T> {
  const dataDir = await mkdtemp(join(tmpdir(), 'sm-bench-store-'));
  const embedded = await startEmbeddedStore({ dataDir });
  try {
    return await work(embedded.uri);
  } finally {
    await embedded.close();
    await rm(dataDir, { recursive: true, force: true });
  }
}

export const withStore = <T>(work: (insert: Run) => Promise<T>): Promise<T> =>
  withStoreUri(async (uri) => {
    const driver = new mongoose.mongo.MongoClient(uri);
    try {
      const documents = driver.db('bench').collection('documents');
      const text = 'x'.repeat(textBytes);
      const insert = async (): Promise<void> => {
        await documents.insertOne({ text, at: new Date() });
      };
      return await work(async (seconds) => ({ rate: await ratePerSecond(hands, seconds, insert) }));
    } finally {
      await driver.close();
    }
  });
