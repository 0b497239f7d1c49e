/** One store for a test file: the embedded one, or the server named by MONGODB_URI. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EJSON } from 'bson';
import mongoose from 'mongoose';
import {
  startEmbeddedStore,
  type EmbeddedStore,
  type EmbeddedStoreOptions,
} from '../../src/embedded/index.js';
import type { StoreLimits } from '../../src/embedded/store.js';

export const { MongoClient } = mongoose.mongo;
export type Client = InstanceType<typeof MongoClient>;

/** Set when the suites shall run against a real server instead. */
export const SERVER_URI = process.env['MONGODB_URI'];

/** A temporary data directory. */
export const makeDirectory = (): string => mkdtempSync(join(tmpdir(), 'store-test-'));

/** Removes a data directory. */
export const removeDirectory = (path: string): void =>
  rmSync(path, { recursive: true, force: true });

/** Starts the embedded store on a directory. */
export const startStore = (
  dataDir: string,
  options: Partial<EmbeddedStoreOptions> = {},
): Promise<EmbeddedStore> => startEmbeddedStore({ dataDir, ...options });

/** A connected client and how to get rid of all that belongs to it. */
export interface TestStore {
  readonly client: Client;
  readonly uri: string;
  stop(): Promise<void>;
}

/** The store under test, with a client. */
export async function openTestStore(limits: Partial<StoreLimits> = {}): Promise<TestStore> {
  const directory = makeDirectory();
  const store = SERVER_URI === undefined ? await startStore(directory, { limits }) : undefined;
  const uri = store?.uri ?? SERVER_URI ?? '';
  const client = await MongoClient.connect(uri);
  return {
    client,
    uri,
    stop: async () => {
      await client.close();
      await store?.close();
      removeDirectory(directory);
    },
  };
}

let counter = 0;

/** A collection name no other test uses. */
export const freshName = (): string => `c${process.pid}_${Date.now().toString(36)}_${counter++}`;

/** A value with its BSON types, as text to compare. */
export const exact = (value: unknown): string => EJSON.stringify(value, { relaxed: false });

/** Code of the error a promise fails with; undefined when it does not fail. */
export async function codeOf(promise: Promise<unknown>): Promise<number | undefined> {
  try {
    await promise;
    return undefined;
  } catch (error) {
    return typeof error === 'object' && error !== null && 'code' in error ? Number(error.code) : -1;
  }
}

/** What stands at a dotted path of something the driver returned. */
export const at = (value: unknown, path: string): unknown =>
  path
    .split('.')
    .reduce<unknown>(
      (inner, part) => (inner as Record<string, unknown> | null | undefined)?.[part],
      value,
    );
