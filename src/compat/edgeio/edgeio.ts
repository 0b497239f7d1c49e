/**
 * The peers of 2021, unmodified: Cluster Managers register over Socket.IO, report and take orders over HTTP; users and the Cloud
 * Scheduler use the HTTP endpoints. All of it is a translation: clusters, services and instances are the same as for everybody.
 */
import type { IncomingMessage, Server } from 'node:http';
import type { Logger } from 'pino';
import type { ChangeFeed } from '../../domain/change.js';
import type { Ports } from '../../domain/ports.js';
import type { Networks } from '../../networks.js';
import { Adoption, type LegacyDocuments } from './adoption.js';
import type { Answer, Request } from './answers.js';
import { Courier, type CourierOptions } from './courier.js';
import { createHandlers, type CloudScheduler, type Documents } from './handlers.js';
import { PeerClient } from '../delivery/peer-client.js';
import { RegistrationDoor } from './registration.js';
import { fileBytesMax } from './upload.js';

export interface EdgeioOptions {
  readonly ports: Ports;
  readonly feed: ChangeFeed;
  readonly documents: Documents;
  readonly legacy: LegacyDocuments;
  readonly scheduler?: CloudScheduler | undefined;
  /** Who may come in, and where orders may go. */
  readonly networks: Networks;
  readonly logger: Logger;
  readonly random: () => number;
  /** Whether the manager has started. */
  readonly ready: () => boolean;
  readonly timing?: (CourierOptions['timing'] & { readonly callMsMax?: number }) | undefined;
}

export interface Edgeio {
  readonly tag: 'edgeio';
  readonly allows: (address: string) => boolean;
  readonly bodyBytesMax: number;
  readonly handlers: Readonly<Record<string, (request: Request) => Promise<Answer>>>;
  /** Takes Socket.IO connections of the server. */
  attach(server: Server): void;
  /** Whether a request is one for Socket.IO. */
  takes(request: IncomingMessage): boolean;
  /** Takes over what was there before, and brings orders to clusters, until `stop`. */
  start(): Promise<void>;
  stop(): Promise<void>;
  /** Ends connections of clusters that register; `close` follows. */
  hangUp(): Promise<void>;
  /** Ends connections to clusters, for good. */
  close(): Promise<void>;
}

/** What a form adds to the file in it. */
const formBytesMax = 16 * 1024;

export function createEdgeio(options: EdgeioOptions): Edgeio {
  const { ports, feed, documents, legacy, scheduler, networks, logger, random, timing } = options;
  const client = new PeerClient(networks, timing?.callMsMax);
  const adoption = new Adoption({ ports, feed, legacy, logger });
  const courier = new Courier({
    ports,
    feed,
    call: (endpoint, call) => client.call(endpoint, call),
    logger,
    random,
    timing,
  });
  const door = new RegistrationDoor({ ports, networks, ready: options.ready, logger });
  return {
    tag: 'edgeio',
    allows: (address) => networks.contains(address),
    bodyBytesMax: fileBytesMax + formBytesMax,
    handlers: createHandlers({ ports, documents, courier, scheduler }),
    attach: (server) => {
      door.attach(server);
    },
    takes: ({ url = '' }) => url.startsWith('/socket.io/'),
    async start() {
      await adoption.start();
      await courier.start();
    },
    hangUp: () => door.close(),
    async stop() {
      await adoption.stop();
      await courier.stop();
    },
    close: () => client.close(),
  };
}
