import { useState } from 'react';
import { Link } from 'wouter';
import { runningOperations, summaryOf, type Summary } from '../data/overview.js';
import { EventHistory } from '../data/history.js';
import { useLatest } from '../live/hooks.js';
import { cores, count, many, memory } from '../model/numbers.js';
import { sumOf } from '../model/phases.js';
import { timeOfDay } from '../model/time.js';
import { EventLine } from '../parts/event-line.js';
import { Failure } from '../parts/failure.js';
import { Meter } from '../parts/meter.js';
import { Operations } from '../parts/operations.js';
import { Page, Panel } from '../parts/page.js';
import { PhaseCounts } from '../parts/phase-counts.js';
import { useConnection } from '../session/connection.js';

const feedLength = 25;

function Numbers({ summary }: { readonly summary: Summary }) {
  const { clusters, workers, capacity, reserved, services, instances } = summary;
  return (
    <div className="panels">
      <Panel title="Clusters">
        <p className="big">
          <Link href="/clusters">{many(sumOf(clusters), 'cluster')}</Link>
          <span className="quiet"> {many(workers, 'worker')}</span>
        </p>
        <PhaseCounts counts={clusters} />
      </Panel>
      <Panel title="Capacity">
        <Meter label="CPU" part={reserved.cpuCores} all={capacity.cpuCores} format={cores} />
        <Meter label="Memory" part={reserved.memoryMiB} all={capacity.memoryMiB} format={memory} />
        {capacity.gpus > 0 && (
          <Meter label="GPUs" part={reserved.gpus} all={capacity.gpus} format={count} />
        )}
      </Panel>
      <Panel title="Services">
        <p className="big">
          <Link href="/services">{many(sumOf(services), 'service')}</Link>
        </p>
        <PhaseCounts counts={services} />
      </Panel>
      <Panel title="Instances">
        <p className="big" data-testid="instances">
          <Link href="/instances">{many(sumOf(instances), 'instance')}</Link>
        </p>
        <PhaseCounts counts={instances} />
      </Panel>
    </div>
  );
}

function UnderWay({ running }: { readonly running: number }) {
  const connection = useConnection();
  const [operations] = useState(() => runningOperations(connection));
  const { data = [] } = useLatest(operations);
  return (
    <Panel title={`Under way: ${count(running)}`}>
      <Operations operations={data} />
    </Panel>
  );
}

function Feed() {
  const connection = useConnection();
  const [history] = useState(() => new EventHistory(connection));
  const { events, error } = useLatest(history);
  return (
    <Panel title="What happens">
      <Failure error={error} />
      <ol className="feed" aria-label="Newest events">
        {events.slice(0, feedLength).map((event) => (
          <li key={event.sequence}>
            <time dateTime={event.at}>{timeOfDay(event.at)}</time> <EventLine event={event} />
          </li>
        ))}
      </ol>
    </Panel>
  );
}

/** How everything is doing, in numbers that the manager counts, and what is happening. */
export function OverviewPage() {
  const connection = useConnection();
  const [resource] = useState(() => summaryOf(connection));
  const { data, error } = useLatest(resource);
  return (
    <Page title="Overview">
      <Failure error={error} />
      {data && <Numbers summary={data} />}
      <div className="panels two">
        <UnderWay running={data?.runningOperations ?? 0} />
        {connection.may('events:read') && <Feed />}
      </div>
    </Page>
  );
}
