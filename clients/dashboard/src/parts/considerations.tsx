import type { components } from '@system-manager/client';
import { Link } from 'wouter';
import { inWords } from '../model/phases.js';
import { Table, type Column } from './table.js';

type Consideration = components['schemas']['ClusterConsideration'];

const number = (value: number | undefined): string => value?.toFixed(3) ?? '–';

const columns: readonly Column<Consideration>[] = [
  {
    title: 'Cluster',
    width: '2fr',
    cell: ({ clusterId, clusterName }) => (
      <Link href={`/clusters/${clusterId}`}>{clusterName}</Link>
    ),
  },
  { title: 'Score', width: '1fr', cell: ({ score }) => number(score) },
  { title: 'Fit', width: '1fr', wide: true, cell: ({ scores }) => number(scores?.bestFit) },
  { title: 'Spread', width: '1fr', wide: true, cell: ({ scores }) => number(scores?.spread) },
  { title: 'Distance', width: '1fr', wide: true, cell: ({ scores }) => number(scores?.distance) },
  {
    title: 'Why not',
    width: '3fr',
    cell: ({ droppedBy, detail }) => {
      if (droppedBy === undefined) return 'could take it';
      const why = detail === undefined ? inWords(droppedBy) : `${inWords(droppedBy)}: ${detail}`;
      return <span title={why}>{why}</span>;
    },
  },
];

const byScore = (a: Consideration, b: Consideration): number => (b.score ?? -1) - (a.score ?? -1);

/** Each cluster with its score, or the reason why it is out; the best first. */
export const Considerations = ({ clusters }: { readonly clusters: readonly Consideration[] }) => (
  <Table
    label="Clusters considered"
    columns={columns}
    items={clusters.toSorted(byScore)}
    keyOf={({ clusterId }) => clusterId}
    complete
    empty="No cluster was considered."
  />
);
