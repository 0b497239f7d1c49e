import type { Service } from '@system-manager/client';
import { useState } from 'react';
import { instanceList } from '../../data/instances.js';
import { operationsOf, serviceOf } from '../../data/services.js';
import { useLatest } from '../../live/hooks.js';
import { count } from '../../model/numbers.js';
import { Badge } from '../../parts/badge.js';
import { Facts } from '../../parts/facts.js';
import { Failure } from '../../parts/failure.js';
import { instanceColumns } from '../../parts/instance-columns.js';
import { Listing } from '../../parts/listing.js';
import { Moment } from '../../parts/moment.js';
import { Operations } from '../../parts/operations.js';
import { Page, Panel } from '../../parts/page.js';
import { PhaseCounts } from '../../parts/phase-counts.js';
import { useConnection } from '../../session/connection.js';
import { Revisions } from './revisions.js';
import { ServiceActions } from './service-actions.js';

function Standing({ service }: { readonly service: Service }) {
  const { phase, reason, replicas, instances, rollout, descriptor } = service;
  return (
    <Panel title="Standing">
      <p>
        <Badge word={phase} /> {reason}
      </p>
      <PhaseCounts counts={instances} />
      <Facts
        facts={[
          ['Wanted', count(replicas)],
          ['Application', service.application],
          [
            'Update',
            rollout.reason === undefined ? rollout.state : `${rollout.state}: ${rollout.reason}`,
          ],
          ['Runs', descriptor.image ?? descriptor.command?.slice(0, 3).join(' ')],
          ['Scheduler', descriptor.scheduler],
          ['Deployed', <Moment key="created" at={service.createdAt} />],
          ['Changed', <Moment key="updated" at={service.updatedAt} />],
          ['Id', <code key="id">{service.id}</code>],
        ]}
      />
    </Panel>
  );
}

/** One service: how it stands, what can be done with it, its instances and its past. */
export function ServicePage({ serviceId }: { readonly serviceId: string }) {
  const connection = useConnection();
  const [resource] = useState(() => serviceOf(connection, serviceId));
  const [operations] = useState(() => operationsOf(connection, serviceId));
  const { data: service, error } = useLatest(resource);
  const { data: under = [] } = useLatest(operations);
  const title = service ? `Service ${service.name}` : 'Service';
  return (
    <Page title={title} actions={service && <ServiceActions service={service} />}>
      <Failure error={error} />
      <div className="panels two">
        {service && <Standing service={service} />}
        <Panel title="Operations">
          <Operations operations={under} />
        </Panel>
      </div>
      <Panel title="Instances">
        <p className="quiet">Each instance tells its life, and why it is placed where it is.</p>
        <Listing
          label="Instances of the service"
          empty="There are no instances."
          columns={instanceColumns}
          list={() => instanceList(connection, { serviceId })}
        />
      </Panel>
      {service && (
        <Panel title="Revisions">
          <Revisions service={service} />
        </Panel>
      )}
    </Page>
  );
}
