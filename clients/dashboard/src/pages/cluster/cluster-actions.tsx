import type { Cluster } from '@system-manager/client';
import { useConnection } from '../../session/connection.js';
import { DialogButton } from '../../parts/dialog.js';

/** Draining and its end. */
export function ClusterActions({ cluster: { id, name, draining } }: { readonly cluster: Cluster }) {
  const { client, may } = useConnection();
  if (!may('clusters:write')) return null;
  const params = { path: { clusterId: id } };
  if (draining)
    return (
      <DialogButton
        label="Resume"
        title={`Resume ${name}`}
        confirm="Resume"
        task={() => client.post('/api/v1/clusters/{clusterId}/resume', { params })}
      >
        <p>The cluster takes instances again. What has moved away stays where it is.</p>
      </DialogButton>
    );
  return (
    <DialogButton
      label="Drain"
      title={`Drain ${name}`}
      confirm="Drain"
      dangerous
      task={() => client.post('/api/v1/clusters/{clusterId}/drain', { params })}
    >
      <p>
        Its instances move to other clusters, a few at a time, and it gets no new ones until it is
        resumed.
      </p>
    </DialogButton>
  );
}
