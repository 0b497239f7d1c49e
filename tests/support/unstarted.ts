/** The application on a store, composed like in production and not yet started. */
import { pino } from 'pino';
import { buildApp, type App } from '../../src/app.js';
import type { AppOptions } from '../../src/app-options.js';
import type { Store } from '../../src/store/store.js';
import { adminToken, enrolmentToken } from './app.js';

export const buildTestApp = (store: Store, options: Partial<AppOptions> = {}): Promise<App> =>
  buildApp({
    store,
    storeKind: 'embedded',
    adminToken,
    enrolmentToken,
    logger: pino({ level: 'silent' }),
    checkResponses: true,
    heartbeatMs: 15_000,
    reportMs: 15_000,
    inactiveAfterMs: 45_000,
    lostAfterMs: 105_000,
    eventsKept: 1_000_000,
    leaseMs: 5_000,
    ...options,
  });
