import type { Instance } from '@system-manager/client';
import { useState } from 'react';
import { Link } from 'wouter';
import { instanceOf } from '../../data/instances.js';
import { useLatest } from '../../live/hooks.js';
import { cores, memory } from '../../model/numbers.js';
import { Badge } from '../../parts/badge.js';
import { Facts } from '../../parts/facts.js';
import { Failure } from '../../parts/failure.js';
import { Moment } from '../../parts/moment.js';
import { Page, Panel } from '../../parts/page.js';
import { useConnection } from '../../session/connection.js';
import { MigrateButton } from '../service/service-actions.js';
import { Explanation } from './explanation.js';
import { Timeline } from './timeline.js';

function Standing({ instance }: { readonly instance: Instance }) {
  const { phase, reason, clusterId, clusterName, addresses = [], use, halves } = instance;
  return (
    <Panel title="Standing">
      <p>
        <Badge word={phase} /> {reason}
      </p>
      <Facts
        facts={[
          [
            'Service',
            <Link key="service" href={`/services/${instance.serviceId}`}>
              {instance.serviceName}
            </Link>,
          ],
          [
            'Cluster',
            clusterId && (
              <Link key="cluster" href={`/clusters/${clusterId}`}>
                {clusterName}
              </Link>
            ),
          ],
          ['Worker', instance.worker],
          ['Revision', instance.revision],
          ['Addresses', addresses.map(({ host, port }) => `${host}:${port}`).join(', ')],
          ['CPU in use', use?.cpuCores === undefined ? undefined : cores(use.cpuCores)],
          [
            'Memory in use',
            use?.memoryMiB === undefined ? undefined : memory(Math.round(use.memoryMiB)),
          ],
          ['Restarts', instance.restarts],
          ['Being removed', instance.removalReason],
          [
            'Bindings',
            halves
              .map(({ role, clusterName: at, phase: word }) => `${role} at ${at}: ${word}`)
              .join('; '),
          ],
          ['Made', <Moment key="created" at={instance.createdAt} />],
          ['Id', <code key="id">{instance.id}</code>],
        ]}
      />
    </Panel>
  );
}

/** One instance: how it stands, its life so far, and why it is where it is. */
export function InstancePage({ instanceId }: { readonly instanceId: string }) {
  const connection = useConnection();
  const [resource] = useState(() => instanceOf(connection, instanceId));
  const { data: instance, error } = useLatest(resource);
  const title = instance ? `Instance ${instance.serviceName} ${instance.ordinal}` : 'Instance';
  const actions = instance &&
    connection.may('services:write') &&
    instance.phase !== 'UNDEPLOYED' && (
      <MigrateButton
        serviceId={instance.serviceId}
        instanceIds={[instanceId]}
        label="Migrate this one"
      />
    );
  return (
    <Page title={title} actions={actions}>
      <Failure error={error} />
      <div className="panels two">
        {instance && <Standing instance={instance} />}
        {connection.may('events:read') && (
          <Panel title="Life so far">
            <Timeline instanceId={instanceId} />
          </Panel>
        )}
      </div>
      <Panel title="Why here, and why not elsewhere">
        <Explanation instanceId={instanceId} />
      </Panel>
    </Page>
  );
}
