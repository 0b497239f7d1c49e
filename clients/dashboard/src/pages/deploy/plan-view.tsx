import type { components, Plan } from '@system-manager/client';
import { Badge } from '../../parts/badge.js';
import { Considerations } from '../../parts/considerations.js';
import { Table, type Column } from '../../parts/table.js';

type Placement = components['schemas']['PlannedPlacement'];

const columns: readonly Column<Placement>[] = [
  { title: 'Instance', width: '1fr', cell: ({ ordinal }) => ordinal },
  { title: 'Verdict', width: '2fr', cell: ({ verdict }) => <Badge word={verdict} /> },
  { title: 'Cluster', width: '2fr', cell: ({ clusterName }) => clusterName ?? '–' },
  { title: 'Why', width: '3fr', cell: ({ reason }) => <span title={reason}>{reason ?? ''}</span> },
];

/** Where each instance would go now, and how the clusters compare. Nothing is reserved by it. */
export const PlanView = ({ plan: { placements, clusters } }: { readonly plan: Plan }) => (
  <>
    <p className="quiet">Where it would go now. Nothing is reserved yet.</p>
    <Table
      label="Planned instances"
      columns={columns}
      items={placements}
      keyOf={({ ordinal }) => String(ordinal)}
      complete
      empty="No instance is wanted."
    />
    <Considerations clusters={clusters} />
  </>
);
