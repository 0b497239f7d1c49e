import { lazy, Suspense, useState } from 'react';
import { useSearchParams } from 'wouter';
import { serviceOf } from '../../data/services.js';
import { useLatest } from '../../live/hooks.js';
import { Failure } from '../../parts/failure.js';
import { Page } from '../../parts/page.js';
import { useConnection } from '../../session/connection.js';

// The editor and the parser of YAML are loaded only where somebody writes.
const DeployForm = lazy(async () => ({ default: (await import('./deploy-form.js')).DeployForm }));

const loading = <p className="quiet">Loading the editor…</p>;

function EditPage({ serviceId }: { readonly serviceId: string }) {
  const connection = useConnection();
  const [resource] = useState(() => serviceOf(connection, serviceId));
  const { data: service, error } = useLatest(resource);
  return (
    <Page title={service ? `Edit ${service.name}` : 'Edit'}>
      <Failure error={error} />
      {service && (
        <Suspense fallback={loading}>
          <DeployForm service={service} />
        </Suspense>
      )}
    </Page>
  );
}

/** Deploys a new service, or changes one. */
export function DeployPage() {
  const [query] = useSearchParams();
  const serviceId = query.get('service');
  if (serviceId !== null) return <EditPage key={serviceId} serviceId={serviceId} />;
  return (
    <Page title="Deploy">
      <Suspense fallback={loading}>
        <DeployForm />
      </Suspense>
    </Page>
  );
}
