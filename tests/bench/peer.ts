/**
 * `make bench-peer PEER_URL=http://…`: the same load over the endpoints of 2021 on this manager and on any other server that speaks
 * them, in the same run. Each gets a few Cluster Managers, then reports, lists and deployments, in turn with the other one.
 */
import { EdgeioClusterManager } from '../support/edgeio-cluster-manager.js';
import { ratePerSecond, toMetric, type Metric } from './measure.js';
import { withManager } from './plant.js';
import { toTable } from './table.js';

const seconds = 3;
const rounds = 5;
const hands = 8;
const boundary = 'bench-peer-boundary';
const ours = 'this manager';
const theirs = 'the peer';

let jobs = 0;

/** A form with the file of a descriptor, as browsers and curl send it. */
function form(): string {
  jobs += 1;
  const name = `b${process.pid % 10_000}j${jobs}`;
  // By one name, and by the four that make it up: servers know the one or the others.
  const descriptor = `
api_version: v0.1
job_name: ${name}.bench.${name}.bench
app_name: ${name}
app_ns: bench
service_name: ${name}
service_ns: bench
image: none
cluster_location: bench
requirements: { cpu: 0.001, memory: 1 }
`;
  return [
    `--${boundary}`,
    'Content-Disposition: form-data; name="file"; filename="job.yaml"',
    'Content-Type: application/yaml',
    '',
    descriptor,
    `--${boundary}--`,
    '',
  ].join('\r\n');
}

const report = JSON.stringify({
  cpu_percent: 12.5,
  cpu_cores: 64,
  memory_percent: 30,
  cumulative_memory_in_mb: 262_144,
  number_of_nodes: 4,
  technology: ['docker'],
  more: 0,
  jobs: [],
});

interface Load {
  readonly name: string;
  readonly path: (peer: EdgeioClusterManager) => string;
  readonly type?: string;
  readonly body?: () => string;
}

const loads: readonly Load[] = [
  {
    name: 'report',
    path: ({ id }) => `/api/information/${id}`,
    type: 'application/json',
    body: () => report,
  },
  { name: 'list clusters', path: () => '/api/clusters' },
  {
    name: 'deploy',
    path: () => '/api/deploy',
    type: `multipart/form-data; boundary=${boundary}`,
    body: form,
  },
];

/** Each hand is a cluster, which has one report under way at a time, as in life. */
async function rateOf(
  url: string,
  peers: readonly EdgeioClusterManager[],
  { name, path, type, body }: Load,
): Promise<number> {
  const once = async (peer: EdgeioClusterManager): Promise<void> => {
    const answer = await fetch(`${url}${path(peer)}`, {
      ...(body === undefined ? {} : { method: 'POST', body: body() }),
      ...(type === undefined ? {} : { headers: { 'content-type': type } }),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${name} at ${url} is answered ${answer.status} ${text}`);
  };
  const rates = await Promise.all(peers.map((peer) => ratePerSecond(1, seconds, () => once(peer))));
  return rates.reduce((sum, rate) => sum + rate, 0);
}

const joinAt = (url: string): Promise<EdgeioClusterManager[]> =>
  Promise.all(
    Array.from({ length: hands }, (_, index) =>
      EdgeioClusterManager.join(url, { name: `bench-peer-${index}`, location: 'bench' }),
    ),
  );

/** @param sides - addresses by name */
async function compare(sides: ReadonlyMap<string, string>): Promise<readonly Metric[]> {
  const joined: { side: string; url: string; peers: EdgeioClusterManager[] }[] = [];
  try {
    for (const [side, url] of sides) joined.push({ side, url, peers: await joinAt(url) });
    const metrics: Metric[] = [];
    for (const load of loads) {
      const rates = new Map<string, number[]>();
      for (let round = 0; round < rounds; round += 1)
        for (const { side, url, peers } of joined)
          rates.set(side, [...(rates.get(side) ?? []), await rateOf(url, peers, load)]);
      for (const [side, runs] of rates) {
        const other = side === ours ? `${load.name}, ${theirs}` : undefined;
        metrics.push(toMetric(`${load.name}, ${side}`, 'requests/s', runs, other));
      }
    }
    return metrics;
  } finally {
    for (const { peers } of joined) await Promise.all(peers.map((peer) => peer.goAway()));
  }
}

const peerUrl = (process.env['PEER_URL'] ?? '').replace(/\/+$/, '');
if (!/^https?:\/\//.test(peerUrl)) {
  console.error(
    'Set PEER_URL to the address of a server that speaks the endpoints of 2021, as in PEER_URL=http://127.0.0.1:10001 make bench-peer',
  );
  process.exit(2);
}
const settings = {
  environment: {
    SM_COMPAT: 'edgeio',
    SM_COMPAT_CLIENTS: '127.0.0.0/8,::1/128',
    SM_RATE_UNPROVEN: '0',
  },
};
const metrics = await withManager(
  ({ url }) =>
    compare(
      new Map([
        [ours, url],
        [theirs, peerUrl],
      ]),
    ),
  settings,
);
console.log(toTable(metrics));
