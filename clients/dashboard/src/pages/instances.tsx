import type { Phase } from '@system-manager/client';
import { useState } from 'react';
import { instanceList } from '../data/instances.js';
import { inWords } from '../model/phases.js';
import { Field } from '../parts/field.js';
import { instanceColumns } from '../parts/instance-columns.js';
import { Listing } from '../parts/listing.js';
import { Page } from '../parts/page.js';
import { useConnection } from '../session/connection.js';

const phases = [
  'REQUESTED',
  'CLUSTER_SCHEDULED',
  'NODE_SCHEDULED',
  'CREATING',
  'RUNNING',
  'COMPLETED',
  'FAILED',
  'DEAD',
  'LOST',
  'UNDEPLOYING',
  'UNDEPLOYED',
] as const satisfies readonly Phase[];

/** All instances, or those in one phase. */
export function InstancesPage() {
  const connection = useConnection();
  const [phase, setPhase] = useState<Phase>();
  return (
    <Page title="Instances">
      <div className="search">
        <Field label="Phase">
          {(ids) => (
            <select
              {...ids}
              value={phase ?? ''}
              onChange={({ target }) => setPhase(phases.find((each) => each === target.value))}
            >
              <option value="">any</option>
              {phases.map((each) => (
                <option key={each} value={each}>
                  {inWords(each)}
                </option>
              ))}
            </select>
          )}
        </Field>
      </div>
      <Listing
        key={phase ?? 'any'}
        label="Instances"
        empty="There is no such instance."
        columns={instanceColumns}
        list={() => instanceList(connection, phase === undefined ? {} : { phase })}
      />
    </Page>
  );
}
