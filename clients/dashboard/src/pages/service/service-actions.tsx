import type { Service } from '@system-manager/client';
import { useState } from 'react';
import { Link } from 'wouter';
import { destinations } from '../../data/clusters.js';
import { useLatest } from '../../live/hooks.js';
import { DialogButton } from '../../parts/dialog.js';
import { Field } from '../../parts/field.js';
import { textOf } from '../../model/form.js';
import { useConnection } from '../../session/connection.js';

interface DestinationProps {
  /** Which instances move; absent: all of the service. */
  readonly instanceIds?: readonly string[];
  readonly serviceId: string;
  readonly label?: string;
}

/** Chooses one of the clusters that take instances. */
function DestinationField() {
  const connection = useConnection();
  const [resource] = useState(() => destinations(connection));
  const { data: names = [] } = useLatest(resource);
  return (
    <Field label="To cluster">
      {(ids) => (
        <>
          <input {...ids} name="cluster" list="destinations" autoComplete="off" required />
          <datalist id="destinations">
            {names.map((name) => (
              <option key={name} value={name} />
            ))}
          </datalist>
        </>
      )}
    </Field>
  );
}

/** Moves instances to another cluster. */
export function MigrateButton({ serviceId, instanceIds, label = 'Migrate' }: DestinationProps) {
  const { client } = useConnection();
  const migrate = (form: FormData): Promise<unknown> =>
    client.post('/api/v1/services/{serviceId}/migrate', {
      params: { path: { serviceId } },
      body: {
        to: { cluster: textOf(form, 'cluster') },
        strategy:
          textOf(form, 'strategy') === 'breakBeforeMake' ? 'breakBeforeMake' : 'makeBeforeBreak',
        ...(instanceIds && { instanceIds: [...instanceIds] }),
      },
    });
  return (
    <DialogButton label={label} title={label} confirm="Migrate" task={migrate}>
      <DestinationField />
      <Field label="How">
        {(ids) => (
          <select {...ids} name="strategy" defaultValue="makeBeforeBreak">
            <option value="makeBeforeBreak">start there, then stop here</option>
            <option value="breakBeforeMake">stop here, then start there</option>
          </select>
        )}
      </Field>
    </DialogButton>
  );
}

function ScaleButton({ service: { id, name, replicas } }: { readonly service: Service }) {
  const { client } = useConnection();
  const scale = (form: FormData): Promise<unknown> =>
    client.post('/api/v1/services/{serviceId}/scale', {
      params: { path: { serviceId: id } },
      body: { replicas: Number(textOf(form, 'replicas')) },
    });
  return (
    <DialogButton label="Scale" title={`Scale ${name}`} confirm="Scale" task={scale}>
      <Field label="Instances">
        {(ids) => (
          <input {...ids} name="replicas" type="number" min={0} defaultValue={replicas} required />
        )}
      </Field>
    </DialogButton>
  );
}

function UpdateButton({ service: { id, name, rollout } }: { readonly service: Service }) {
  const { client } = useConnection();
  const params = { path: { serviceId: id } };
  if (rollout.state === 'progressing')
    return (
      <DialogButton
        label="Pause update"
        title={`Pause the update of ${name}`}
        confirm="Pause"
        task={() => client.post('/api/v1/services/{serviceId}/update/pause', { params })}
      />
    );
  if (rollout.state === 'paused' || rollout.state === 'halted')
    return (
      <DialogButton
        label="Resume update"
        title={`Resume the update of ${name}`}
        confirm="Resume"
        task={() => client.post('/api/v1/services/{serviceId}/update/resume', { params })}
      />
    );
  return null;
}

function TerminateButton({ service: { id, name } }: { readonly service: Service }) {
  const { client } = useConnection();
  return (
    <DialogButton
      label="Terminate"
      title={`Terminate ${name}`}
      confirm="Terminate"
      dangerous
      task={() =>
        client.delete('/api/v1/services/{serviceId}', { params: { path: { serviceId: id } } })
      }
    >
      <p>All its instances are stopped. The name is free at once.</p>
    </DialogButton>
  );
}

/** What can be done with a service, for those who may. */
export function ServiceActions({ service }: { readonly service: Service }) {
  const { may } = useConnection();
  if (!may('services:write') || service.phase === 'UNDEPLOYED') return null;
  return (
    <>
      <Link href={`/deploy?service=${service.id}`} className="button">
        Edit
      </Link>
      <ScaleButton service={service} />
      <MigrateButton serviceId={service.id} />
      <UpdateButton service={service} />
      <TerminateButton service={service} />
    </>
  );
}
