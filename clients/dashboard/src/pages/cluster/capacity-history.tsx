import type { Cluster } from '@system-manager/client';
import { lazy, Suspense, useState } from 'react';
import { CapacitySamples } from '../../data/capacity-samples.js';
import { useLatest } from '../../live/hooks.js';
import type { Resource } from '../../live/resource.js';
import { cores } from '../../model/numbers.js';

// The chart library is loaded only where there is a chart.
const Chart = lazy(async () => ({ default: (await import('./chart.js')).Chart }));

/** What the cluster has and what of it is taken, since the page was opened. */
export function CapacityHistory({ cluster }: { readonly cluster: Resource<Cluster> }) {
  const [resource] = useState(() => new CapacitySamples(cluster));
  const samples = useLatest(resource);
  const last = samples.at(-1);
  const label = last
    ? `CPU since the page was opened; now ${cores(last.reservedCpuCores)} of ${cores(last.cpuCores)} reserved`
    : 'CPU';
  return (
    <Suspense fallback={<p className="quiet">Loading the chart…</p>}>
      <Chart samples={samples} label={label} />
    </Suspense>
  );
}
