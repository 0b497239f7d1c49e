/**
 * `make bench-peer PEER_URL=http://…`: the same load over the endpoints of 2021 on this manager and on any other server that speaks
 * them, in the same run. Each gets one Cluster Manager, then reports, lists and deployments, in turn with the other one.
 */
import autocannon from 'autocannon';
import { EdgeioClusterManager } from '../support/edgeio-cluster-manager.js';
import { toMetric, type Metric } from './measure.js';
import { withManager } from './plant.js';
import { toTable } from './table.js';

const seconds = 3;
const rounds = 5;
const connections = 8;
const boundary = 'bench-peer-boundary';
const ours = 'this manager';
const theirs = 'the peer';

let jobs = 0;

/** A form with the file of a descriptor, as browsers and curl send it. */
function form(): string {
  jobs += 1;
  const descriptor = `api_version: v0.1\njob_name: bench-${process.pid}-${jobs}\nimage: none\ncluster_location: bench\nrequirements: { cpu: 0.001, memory: 1 }\n`;
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

async function rateOf(url: string, peer: EdgeioClusterManager, load: Load): Promise<number> {
  const { type, body } = load;
  const path = load.path(peer);
  const headers = type === undefined ? {} : { 'content-type': type };
  const result = await autocannon({
    url: `${url}${path}`,
    connections,
    duration: seconds,
    ...(body === undefined
      ? {}
      : {
          requests: [
            {
              method: 'POST',
              setupRequest: (request: object) => ({ ...request, path, headers, body: body() }),
            },
          ],
        }),
  });
  if (result.errors > 0 || result.non2xx > 0)
    throw new Error(
      `${load.name} at ${url}: ${result.errors} errors, ${result.non2xx} answers were not 2xx`,
    );
  return result['2xx'] / result.duration;
}

/** @param sides - addresses by name */
async function compare(sides: ReadonlyMap<string, string>): Promise<readonly Metric[]> {
  const peers = new Map<string, EdgeioClusterManager>();
  try {
    for (const [side, url] of sides)
      peers.set(
        side,
        await EdgeioClusterManager.join(url, { name: 'bench-peer', location: 'bench' }),
      );
    const metrics: Metric[] = [];
    for (const load of loads) {
      const rates = new Map<string, number[]>();
      for (let round = 0; round < rounds; round += 1)
        for (const [side, url] of sides) {
          const peer = peers.get(side);
          if (peer === undefined) continue;
          rates.set(side, [...(rates.get(side) ?? []), await rateOf(url, peer, load)]);
        }
      for (const [side, runs] of rates) {
        const other = side === ours && sides.has(theirs) ? `${load.name}, ${theirs}` : undefined;
        metrics.push(toMetric(`${load.name}, ${side}`, 'requests/s', runs, other));
      }
    }
    return metrics;
  } finally {
    for (const peer of peers.values()) await peer.goAway();
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
