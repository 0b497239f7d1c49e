import type { Service } from '@system-manager/client';
import { useState } from 'react';
import { useLocation } from 'wouter';
import { useLatest } from '../../live/hooks.js';
import { toText } from '../../model/descriptor.js';
import { Failure } from '../../parts/failure.js';
import { Panel } from '../../parts/page.js';
import { useTask } from '../../parts/task.js';
import { useConnection } from '../../session/connection.js';
import { Editor } from './editor.js';
import { PlanView } from './plan-view.js';
import { Preview } from './preview.js';

/** The descriptor as YAML, checked and planned while it is written. */
export function DeployForm({ service }: { readonly service?: Service }) {
  const { client } = useConnection();
  const [preview] = useState(
    () =>
      new Preview(client, service && toText({ ...service.descriptor, replicas: service.replicas })),
  );
  const { text, faults, descriptor, plan, error } = useLatest(preview);
  const { busy, error: refused, run } = useTask();
  const [, navigate] = useLocation();
  const deploy = async (): Promise<void> => {
    if (descriptor === undefined) return;
    const accepted = service
      ? await client.put('/api/v1/services/{serviceId}', {
          params: { path: { serviceId: service.id } },
          body: descriptor,
        })
      : await client.post('/api/v1/services', { body: descriptor });
    navigate(`/services/${accepted.service.id}`);
  };
  return (
    <div className="panels two">
      <Panel title="Descriptor">
        <Editor text={text} faults={faults} onChange={preview.write} />
        <div role="status" aria-label="What is wrong">
          <ul className="faults">
            {faults.map(({ from, message }) => (
              <li key={`${from} ${message}`}>{message}</li>
            ))}
          </ul>
        </div>
        <Failure error={refused} />
        <div className="actions">
          <button
            type="button"
            className="primary"
            disabled={busy || descriptor === undefined}
            onClick={() => run(deploy)}
          >
            {service ? 'Update' : 'Deploy'}
          </button>
        </div>
      </Panel>
      <Panel title="Plan">
        <Failure error={error} />
        {plan ? <PlanView plan={plan} /> : <p className="quiet">Nothing can be planned yet.</p>}
      </Panel>
    </div>
  );
}
