/**
 * What machines need beside the endpoints for people: registration, reports and orders of Cluster Managers, the scheduler, the port
 * for resources, and the network component.
 */
import type { Logger } from 'pino';
import type { ApplicationStore } from '../../domain/application/application.js';
import type { ChangeFeed } from '../../domain/change.js';
import type { Ports } from '../../domain/ports.js';
import type { Scheduler } from '../../domain/scheduling/scheduling.js';
import type { Networks } from '../../networks.js';
import { PeerClient } from '../delivery/peer-client.js';
import { describeDeployment, describeService } from './descriptions.js';
import type { Reported } from './documents.js';
import { Neighbour } from './neighbour.js';
import { NetworkComponent } from './network/network-component.js';
import type { Notices } from './network/told.js';
import type { OakestraPart } from './oakestra.js';
import { OakestraCourier, type CourierOptions } from './orders/courier.js';
import { peerRoutes } from './peer-routes.js';
import { RegistrationDoor } from './registration/door.js';
import { Measurements } from './reports/measurements.js';
import { createReported } from './reports/reported.js';
import { SettledReports } from './reports/settled-reports.js';
import { resourceRoutes } from './resources.js';
import { SchedulerClient } from './scheduler-client.js';

export interface PeerSideOptions {
  readonly ports: Ports;
  readonly feed: ChangeFeed;
  readonly applications: ApplicationStore;
  readonly notices: Notices;
  readonly builtIn: Scheduler;
  /** What the scheduler is called here. */
  readonly schedulerName: string;
  readonly networks: Networks;
  readonly host: string;
  readonly grpcPort: number;
  readonly resourcesPort: number;
  /** `http://host:port` of the scheduler; the manager's own decides when absent. */
  readonly schedulerUrl?: string | undefined;
  /** `http://host:port` of the network component; there is none when absent. */
  readonly networkUrl?: string | undefined;
  readonly logger: Logger;
  readonly random: () => number;
  readonly timing?:
    | (CourierOptions['timing'] & {
        readonly callMsMax?: number;
        readonly announceMsMax?: number;
      })
    | undefined;
}

export interface PeerSide {
  readonly reported: Reported;
  readonly part: OakestraPart;
  /** Asked for places, where there is one. */
  readonly scheduler: SchedulerClient | undefined;
  /** Brings orders and news, while this manager leads. */
  start(): Promise<void>;
  stop(): Promise<void>;
  /** Ends connections to peers, for good. */
  close(): Promise<void>;
}

interface Neighbours {
  readonly scheduler: Neighbour | undefined;
  readonly network: Neighbour | undefined;
}

function buildNetwork(
  { ports, feed, notices, logger, random, timing }: PeerSideOptions,
  neighbour: Neighbour | undefined,
): NetworkComponent | undefined {
  if (neighbour === undefined) return undefined;
  return new NetworkComponent({
    ports,
    feed,
    notices,
    call: (method, path, body) => neighbour.call(method, path, body),
    describe: describeService,
    logger,
    random,
    timing,
  });
}

const neighboursOf = ({ schedulerUrl, networkUrl, timing }: PeerSideOptions): Neighbours => ({
  scheduler:
    schedulerUrl === undefined ? undefined : new Neighbour(schedulerUrl, timing?.callMsMax),
  network: networkUrl === undefined ? undefined : new Neighbour(networkUrl, timing?.callMsMax),
});

export function createPeerSide(options: PeerSideOptions): PeerSide {
  const { ports, feed, applications, networks, host, logger, timing } = options;
  const neighbours = neighboursOf(options);
  const client = new PeerClient(networks, timing?.callMsMax);
  const measurements = new Measurements();
  const settled = new SettledReports(feed);
  const reported = createReported(measurements, ports.clusters);
  const network = buildNetwork(options, neighbours.network);
  const courier = new OakestraCourier({
    ...options,
    call: (endpoint, call) => client.call(endpoint, call),
    describe: (service, instance, clusterId) =>
      describeDeployment(ports.clusters, service, instance, clusterId),
    announce: async (serviceId) => network?.announce(serviceId),
  });
  const { scheduler: asked } = neighbours;
  const scheduler =
    asked &&
    new SchedulerClient({
      name: options.schedulerName,
      services: ports.services,
      call: (method, path, body) => asked.call(method, path, body),
      describe: describeService,
      builtIn: options.builtIn,
    });
  const door = new RegistrationDoor({ ports, networks, logger });
  const forgetting = feed.onChange((change) => {
    if (change.subject === 'cluster' && change.after?.lifecycle === 'removed')
      measurements.forget(change.id);
  });
  return {
    reported,
    scheduler,
    part: {
      routes: peerRoutes({
        ports,
        courier,
        measurements,
        settled,
        logger,
        decide: scheduler && ((decision) => scheduler.take(decision)),
      }),
      listeners: [
        {
          name: 'oakestraResources',
          port: options.resourcesPort,
          routes: resourceRoutes({ ports, applications, reported }),
        },
      ],
      async start() {
        const port = await door.listen(host, options.grpcPort);
        return {
          oakestraRegistration: `grpc://${host.includes(':') ? `[${host}]` : host}:${port}`,
        };
      },
      stop: () => door.close(),
    },
    async start() {
      await network?.start();
      await courier.start();
    },
    async stop() {
      await courier.stop();
      await network?.stop();
    },
    async close() {
      forgetting();
      settled.close();
      await client.close();
      await neighbours.network?.close();
      await neighbours.scheduler?.close();
    },
  };
}
