import type { Cluster } from '@system-manager/client';
import { useState } from 'react';
import { clusterOf, workerList, type ListedWorker } from '../../data/clusters.js';
import { instanceList } from '../../data/instances.js';
import { operationsOf } from '../../data/services.js';
import { useLatest } from '../../live/hooks.js';
import { cores, count, memory } from '../../model/numbers.js';
import { Badge } from '../../parts/badge.js';
import { Facts } from '../../parts/facts.js';
import { Failure } from '../../parts/failure.js';
import { instanceColumnsAtCluster } from '../../parts/instance-columns.js';
import { Listing } from '../../parts/listing.js';
import { Meter } from '../../parts/meter.js';
import { Moment } from '../../parts/moment.js';
import { Operations } from '../../parts/operations.js';
import { Page, Panel } from '../../parts/page.js';
import type { Column } from '../../parts/table.js';
import { useConnection } from '../../session/connection.js';
import { ClusterActions } from './cluster-actions.js';
import { CapacityHistory } from './capacity-history.js';

const workerColumns: readonly Column<ListedWorker>[] = [
  { title: 'Name', width: '2fr', cell: ({ name }) => name },
  {
    title: 'Capacity',
    width: '2fr',
    cell: ({ capacity }) =>
      capacity ? `${cores(capacity.cpuCores ?? 0)}, ${memory(capacity.memoryMiB ?? 0)}` : '–',
  },
  {
    title: 'In use',
    width: '2fr',
    cell: ({ use }) =>
      use
        ? [
            use.cpuCores === undefined ? undefined : cores(use.cpuCores),
            use.memoryMiB === undefined ? undefined : memory(Math.round(use.memoryMiB)),
          ]
            .filter((each) => each !== undefined)
            .join(', ')
        : '–',
  },
];

const list = (words: readonly string[]): string => words.join(', ');

function Standing({ cluster }: { readonly cluster: Cluster }) {
  const { capacity, reserved, coordinates } = cluster;
  return (
    <Panel title="Standing">
      <p>
        <Badge word={cluster.draining ? 'draining' : cluster.state} />
        {!cluster.schedulable && !cluster.draining && <span> takes no instances</span>}
      </p>
      <Meter
        label="CPU"
        part={reserved.cpuCores ?? 0}
        all={capacity.cpuCores ?? 0}
        format={cores}
      />
      <Meter
        label="Memory"
        part={reserved.memoryMiB ?? 0}
        all={capacity.memoryMiB ?? 0}
        format={memory}
      />
      <Facts
        facts={[
          ['Location', cluster.location],
          [
            'Coordinates',
            coordinates &&
              `${coordinates.latitude.toFixed(2)}, ${coordinates.longitude.toFixed(2)}`,
          ],
          ['Last heard', cluster.lastHeardAt ? <Moment at={cluster.lastHeardAt} /> : 'never'],
          ['Runs', list(cluster.capabilities)],
          ['Labels', list(Object.entries(cluster.labels).map(([key, value]) => `${key}=${value}`))],
          ['Taints', list(cluster.taints)],
          ['Workers', count(cluster.workerCount)],
          ['Agent', cluster.agentVersion],
          ['Id', <code key="id">{cluster.id}</code>],
        ]}
      />
    </Panel>
  );
}

/** One cluster: how it stands, what it has, what runs there. */
export function ClusterPage({ clusterId }: { readonly clusterId: string }) {
  const connection = useConnection();
  const [resource] = useState(() => clusterOf(connection, clusterId));
  const [operations] = useState(() => operationsOf(connection, clusterId));
  const { data: cluster, error } = useLatest(resource);
  const { data: under = [] } = useLatest(operations);
  const title = cluster ? `Cluster ${cluster.name}` : 'Cluster';
  return (
    <Page title={title} actions={cluster && <ClusterActions cluster={cluster} />}>
      <Failure error={error} />
      {cluster && (
        <div className="panels two">
          <Standing cluster={cluster} />
          <Panel title="Capacity over time">
            <CapacityHistory cluster={resource} />
          </Panel>
        </div>
      )}
      <Panel title="Operations">
        <Operations operations={under} />
      </Panel>
      <Panel title="Instances">
        <Listing
          label="Instances of the cluster"
          empty="Nothing is bound here."
          columns={instanceColumnsAtCluster}
          list={() => instanceList(connection, { clusterId })}
        />
      </Panel>
      <Panel title="Workers">
        <Listing
          label="Workers of the cluster"
          empty="It names no workers."
          columns={workerColumns}
          list={() => workerList(connection, clusterId)}
        />
      </Panel>
    </Page>
  );
}
