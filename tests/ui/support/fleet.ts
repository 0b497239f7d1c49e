/** A manager that has very much to look after. Nobody is behind the clusters. */
import { loadDashboard } from '../../../src/http/dashboard.js';
import { startTestManager, type TestManager } from '../../support/app.js';
import { fill } from '../../support/filled-store.js';

/** @param instances - a multiple of 100 */
export const startFleet = (clusters: number, instances: number): Promise<TestManager> =>
  startTestManager({
    dashboard: loadDashboard(),
    checkResponses: false,
    // Nobody reports, and nobody is to be missed.
    inactiveAfterMs: 24 * 3_600_000,
    lostAfterMs: 48 * 3_600_000,
    prepare: (store) => fill(store, { clusters, instances }),
  });
