/** What tools ask about the server. */
import { writeBackup } from '../backup.js';
import { StoreError } from '../errors.js';
import type { Command, Reply, Request } from '../request.js';
import type { Store } from '../store.js';

/** It writes a file where it is told to: only whoever may write that anyway can open the socket. */
async function storeBackup(store: Store, request: Request): Promise<Reply> {
  if (!request.connection.local)
    throw new StoreError('Unauthorized', 'storeBackup is taken on the unix socket only');
  const path = request.text('path');
  if (path === undefined) throw new StoreError('BadValue', "storeBackup needs 'path'");
  const { bytes } = await writeBackup(store.kv, store.settings.storeId, path);
  return { bytes, ok: 1 };
}

/** Administration commands by name. */
export const adminCommands: Record<string, Command> = {
  getParameter: {
    fields: ['featureCompatibilityVersion', 'allParameters'],
    run: (_store, request) => ({
      ...(request.flag('featureCompatibilityVersion') && {
        featureCompatibilityVersion: { version: '7.0' },
      }),
      ok: 1,
    }),
  },
  serverStatus: {
    fields: [],
    run: (store) => ({
      host: store.settings.address,
      version: '7.0.0',
      process: 'embedded-store',
      pid: process.pid,
      uptime: (Date.now() - store.startedAt) / 1000,
      localTime: new Date(),
      storageEngine: { name: 'lmdb', persistent: true },
      logicalSessionRecordCache: { activeSessionsCount: store.kv.retriesCount() },
      metrics: { cursor: { open: { total: store.cursors.size } } },
      ok: 1,
    }),
  },
  storeBackup: { fields: ['path'], run: storeBackup },
};
