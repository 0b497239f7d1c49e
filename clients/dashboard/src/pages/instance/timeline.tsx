import { useState } from 'react';
import { historyOf } from '../../data/instances.js';
import { useLatest } from '../../live/hooks.js';
import { inWords, toneOf } from '../../model/phases.js';
import { duration, fullTime, timeOfDay } from '../../model/time.js';
import { timelineOf } from '../../model/timeline.js';
import { Failure } from '../../parts/failure.js';
import { useNow } from '../../parts/moment.js';
import { useConnection } from '../../session/connection.js';

/** The phases that an instance has gone through, and how long each lasted. */
export function Timeline({ instanceId }: { readonly instanceId: string }) {
  const connection = useConnection();
  const [resource] = useState(() => historyOf(connection, instanceId));
  const { data: events = [], error } = useLatest(resource);
  const now = useNow();
  return (
    <>
      <Failure error={error} />
      <ol className="timeline" aria-label="Phases">
        {timelineOf(events, instanceId).map(
          ({ sequence, phase, clusterName, reason, since, lastedMs }) => (
            <li key={sequence} className={toneOf(phase)}>
              <time dateTime={since} title={fullTime(since)}>
                {timeOfDay(since)}
              </time>{' '}
              <strong>{inWords(phase)}</strong>
              {clusterName !== undefined && ` at ${clusterName}`}
              {reason !== undefined && <span className="quiet"> {reason}</span>}
              <span className="quiet">
                {' '}
                {lastedMs === undefined
                  ? `for ${duration(now - Date.parse(since))} so far`
                  : `for ${duration(lastedMs)}`}
              </span>
            </li>
          ),
        )}
      </ol>
    </>
  );
}
