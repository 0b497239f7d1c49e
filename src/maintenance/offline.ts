/** A data directory opened without a server, for maintenance. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { openDirectory } from '../embedded/directory.js';
import { Kv } from '../embedded/kv.js';

/** An opened directory; nobody else can use it until it is closed. */
export interface OfflineStore {
  readonly kv: Kv;
  readonly storeId: string;
  close(): Promise<void>;
}

/**
 * Opens an existing data directory for this process alone.
 *
 * @throws Error - there is no store, it is in use, damaged, or of a newer format
 */
export async function openOffline(directory: string): Promise<OfflineStore> {
  if (!existsSync(join(directory, 'data.mdb')))
    throw new Error(`there is no store in ${directory}`);
  const { storeId, release } = await openDirectory(directory);
  try {
    const kv = new Kv(directory);
    const close = async (): Promise<void> => {
      await kv.close();
      await release();
    };
    return { kv, storeId, close };
  } catch (error) {
    await release();
    throw error;
  }
}
