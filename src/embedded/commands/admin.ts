/** What tools ask about the server. */
import type { Command } from '../request.js';

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
      metrics: { cursor: { open: { total: store.cursors.size } } },
      ok: 1,
    }),
  },
};
