/** `make prove-scheduler`: the whole size. */
import { provePlacing } from './placing.js';

const proof = await provePlacing(
  { clusters: 1_000, services: 100, replicas: 100, kills: 5, requestsMax: 200 },
  (step) => console.log(`  ${step}`),
);
console.log(JSON.stringify(proof, null, 2));
const right =
  proof.instances === 10_000 &&
  proof.placed === proof.instances &&
  proof.twice === 0 &&
  proof.overcommitted === 0 &&
  proof.wrongLedgers === 0;
console.log(
  right
    ? `proved: ${proof.placed} instances over ${proof.clustersUsed} clusters in ${proof.seconds.toFixed(1)} s, none twice`
    : 'NOT proved',
);
process.exitCode = right ? 0 : 1;
