/** A scheduler in another process, killed while it is asked. `make prove-scheduler` runs the same at its whole size. */
import { describe, expect, it } from 'vitest';
import { provePlacing } from '../proof/placing.js';

describe('a scheduler that is killed again and again', () => {
  it('places all instances in the end, and none twice (P1, P2, P3)', async () => {
    const size = { clusters: 20, services: 4, replicas: 50, kills: 2, requestsMax: 10 };
    const proof = await provePlacing(size, () => undefined);
    expect(proof).toMatchObject({
      instances: 200,
      placed: 200,
      twice: 0,
      overcommitted: 0,
      wrongLedgers: 0,
      kills: 2,
      clustersUsed: 20,
    });
  }, 180_000);
});
