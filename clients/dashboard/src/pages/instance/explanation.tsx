import { useState } from 'react';
import { explanationOf } from '../../data/instances.js';
import { useLatest } from '../../live/hooks.js';
import { count } from '../../model/numbers.js';
import { inWords } from '../../model/phases.js';
import { Badge } from '../../parts/badge.js';
import { Considerations } from '../../parts/considerations.js';
import { Failure } from '../../parts/failure.js';
import { Moment } from '../../parts/moment.js';
import { useConnection } from '../../session/connection.js';

/** The decision as it was made, and each cluster as it looks now. */
export function Explanation({ instanceId }: { readonly instanceId: string }) {
  const connection = useConnection();
  const [resource] = useState(() => explanationOf(connection, instanceId));
  const { data, error } = useLatest(resource);
  const decision = data?.decision;
  return (
    <>
      <Failure error={error} />
      {decision && (
        <p>
          <Badge word={decision.verdict} />{' '}
          {decision.clusterName !== undefined && <strong>{decision.clusterName}</strong>}, decided
          by {decision.scheduler} <Moment at={decision.decidedAt} /> among{' '}
          {count(decision.considered)}.{' '}
          {Object.entries(decision.dropped)
            .map(([filter, clusters]) => `${count(clusters)} dropped: ${inWords(filter)}`)
            .join('; ')}{' '}
          {decision.reason}
        </p>
      )}
      {data && <p className="quiet">As the clusters look now:</p>}
      {data && <Considerations clusters={data.clusters} />}
    </>
  );
}
