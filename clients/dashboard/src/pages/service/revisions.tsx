import type { Service } from '@system-manager/client';
import { useState } from 'react';
import { revisionsOf, type Revision } from '../../data/services.js';
import { useLatest } from '../../live/hooks.js';
import { DialogButton } from '../../parts/dialog.js';
import { Failure } from '../../parts/failure.js';
import { useConnection } from '../../session/connection.js';

function RollBack({ service, revision }: { readonly service: Service; readonly revision: number }) {
  const { client } = useConnection();
  const params = { path: { serviceId: service.id } };
  const title = `Roll ${service.name} back to revision ${revision}`;
  return (
    <DialogButton
      label={`Roll back to ${revision}`}
      title={title}
      confirm="Roll back"
      task={() =>
        client.post('/api/v1/services/{serviceId}/rollback', { params, body: { revision } })
      }
    >
      <p>Instances of other revisions are replaced, as the update policy says.</p>
    </DialogButton>
  );
}

const standingOf = ({ current, stable }: Revision): string =>
  [current && 'wanted now', stable && 'has run on all instances'].filter(Boolean).join(', ');

/** What the service was before, and the way back. */
export function Revisions({ service }: { readonly service: Service }) {
  const connection = useConnection();
  const [resource] = useState(() => revisionsOf(connection, service.id));
  const { data: revisions = [], error } = useLatest(resource);
  return (
    <>
      <Failure error={error} />
      <ul className="revisions">
        {revisions.map((each) => (
          <li key={each.revision}>
            <details>
              <summary>
                Revision {each.revision} <span className="quiet">{standingOf(each)}</span>
              </summary>
              <pre tabIndex={0} aria-label={`Descriptor of revision ${each.revision}`}>
                {JSON.stringify(each.descriptor, undefined, 2)}
              </pre>
            </details>
            {!each.current && connection.may('services:write') && (
              <RollBack service={service} revision={each.revision} />
            )}
          </li>
        ))}
      </ul>
    </>
  );
}
