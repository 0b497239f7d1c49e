import { lazy, Suspense, useEffect, useMemo, useState } from 'react';
import { Route, Router, Switch } from 'wouter';
import { AccessPage } from './pages/access/access-page.js';
import { ClusterPage } from './pages/cluster/cluster-page.js';
import { ClustersPage } from './pages/clusters.js';
import { DeployPage } from './pages/deploy/deploy-page.js';
import { EventsPage } from './pages/events/events-page.js';
import { InstancePage } from './pages/instance/instance-page.js';
import { InstancesPage } from './pages/instances.js';
import { OverviewPage } from './pages/overview.js';
import { ServicePage } from './pages/service/service-page.js';
import { ServicesPage } from './pages/services.js';
import { SignInPage } from './pages/sign-in.js';
import { Page } from './parts/page.js';
import { Header } from './parts/header.js';
import { connect, ConnectionContext } from './session/connection.js';
import type { Session } from './session/session.js';

// The outlines of the world are loaded only with the map.
const MapPage = lazy(async () => ({ default: (await import('./pages/map/map-page.js')).MapPage }));

const nowhere = (
  <Page title="Not found">
    <p>There is nothing at this address.</p>
  </Page>
);

const Pages = () => (
  <Suspense fallback={<p className="quiet">Loading…</p>}>
    <Switch>
      <Route path="/" component={OverviewPage} />
      <Route path="/clusters" component={ClustersPage} />
      <Route path="/clusters/:id">{({ id }) => <ClusterPage key={id} clusterId={id} />}</Route>
      <Route path="/map" component={MapPage} />
      <Route path="/services" component={ServicesPage} />
      <Route path="/services/:id">{({ id }) => <ServicePage key={id} serviceId={id} />}</Route>
      <Route path="/instances" component={InstancesPage} />
      <Route path="/instances/:id">{({ id }) => <InstancePage key={id} instanceId={id} />}</Route>
      <Route path="/deploy" component={DeployPage} />
      <Route path="/events" component={EventsPage} />
      <Route path="/access" component={AccessPage} />
      <Route>{nowhere}</Route>
    </Switch>
  </Suspense>
);

interface AppProps {
  readonly baseUrl: string;
  readonly session: Session;
}

/** Signing in, and behind it everything else. */
export function App({ baseUrl, session }: AppProps) {
  const [credentials, setCredentials] = useState(session.credentials);
  const connection = useMemo(
    () => credentials && connect(baseUrl, session, credentials, () => setCredentials(undefined)),
    [baseUrl, session, credentials],
  );
  useEffect(() => {
    connection?.live.start();
    return () => connection?.live.stop();
  }, [connection]);
  if (connection === undefined)
    return <SignInPage baseUrl={baseUrl} session={session} onSignedIn={setCredentials} />;
  return (
    <ConnectionContext value={connection}>
      <Router base="/ui">
        <Header />
        <Pages />
      </Router>
    </ConnectionContext>
  );
}
