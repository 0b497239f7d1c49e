/** The WebSocket doors. `/register` takes cluster agents, `/schedule` schedulers of others. */
import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Logger } from 'pino';
import { WebSocketServer, type WebSocket } from 'ws';
import type { EnrolmentPrincipal, Principal } from '../domain/access/principal.js';
import type { Certificates } from '../certificates.js';
import type { ChangeFeed } from '../domain/change.js';
import { exclusionOf, requireAdmitted } from '../domain/cluster/admission.js';
import {
  certificateFault,
  certify,
  type CertificateRequest,
  type ShownCertificate,
} from '../domain/cluster/certificate.js';
import type { Cluster } from '../domain/cluster/cluster.js';
import { enrolCluster } from '../domain/cluster/enrol-cluster.js';
import { DomainError } from '../domain/errors.js';
import type { Ports } from '../domain/ports.js';
import type { SchedulerRegistry } from '../domain/scheduling/registry.js';
import { fromIntroduction } from '../wire/values.js';
import { AgentSession, sessionEnded, type SessionLimits, type Welcome } from './agent-session.js';
import { Descriptors } from './descriptors.js';
import type { AgentFrame } from './frames.js';
import { Schedulers } from './schedulers.js';
import { refuse, Upgrades, type UpgradeOptions } from './upgrades.js';

export const subprotocol = 'system-manager.v1';

/** How many agents are told everything at the same time. */
const exchangedAtOnceMax = 50;

export interface GatewayOptions extends UpgradeOptions {
  readonly ports: Ports;
  /** The ports, narrowed to what somebody who enrols can see. */
  readonly portsFor: (principal: EnrolmentPrincipal) => Ports;
  readonly feed: ChangeFeed;
  readonly logger: Logger;
  /** Largest frame from an agent, in bytes. */
  readonly frameBytesMax: number;
  /** Sessions at once; more are refused with 503. */
  readonly sessionsMax: number;
  readonly limits: SessionLimits;
  readonly schedulers: {
    readonly registry: SchedulerRegistry;
    readonly deadlineMs: number;
    /** Whether this manager is the one that asks them. @defaultValue it is */
    readonly accepting?: () => boolean;
  };
  /** Client certificates of clusters. @defaultValue none are given or asked for */
  readonly certificates?: Certificates | undefined;
  /** Whether the manager follows the changes; before, agents are asked to come back. */
  readonly ready: () => boolean;
}

/** Whom agents can prove to be. */
export type Enrolled = Extract<Principal, { kind: 'enrolment' | 'cluster' }>;

export interface Gateway {
  /** Sessions of agents that have said hello. */
  readonly sessions: number;
  /**
   * Takes over the upgrade requests of the server.
   *
   * @param leaves - says which of them another door of the same server takes
   */
  attach(server: Server, leaves?: (request: IncomingMessage) => boolean): void;
  /**
   * Begins a session with an agent that has proved who it is.
   *
   * @param shown - the client certificate of the connection
   */
  accept(socket: WebSocket, principal: Enrolled, shown?: ShownCertificate): void;
  /** Sends all schedulers away, to the manager that leads now. */
  dismissSchedulers(): Promise<void>;
  /** Tells every agent that the manager goes, and waits for what is under way. */
  close(): Promise<void>;
}

const removed = (): DomainError =>
  new DomainError(
    'cluster-removed',
    'This cluster was removed. Stop what it runs, and enrol anew.',
  );

type Hello = Extract<AgentFrame, { type: 'hello' }>;

class AgentGateway implements Gateway {
  readonly #options: GatewayOptions;
  readonly #server: WebSocketServer;
  readonly #descriptors: Descriptors;
  readonly #schedulers: Schedulers;
  readonly #upgrades: Upgrades;
  readonly #all = new Set<AgentSession>();
  readonly #byCluster = new Map<string, AgentSession>();
  readonly #unsubscribe: readonly (() => void)[];
  #closing = false;

  constructor(options: GatewayOptions) {
    this.#options = options;
    this.#descriptors = new Descriptors(options.ports.services);
    this.#upgrades = new Upgrades(options);
    this.#server = new WebSocketServer({
      noServer: true,
      // Frames up to twice the limit are read, so that the agent can be told what is wrong with them.
      maxPayload: 2 * options.frameBytesMax,
      perMessageDeflate: false,
      handleProtocols: (offered) => (offered.has(subprotocol) ? subprotocol : false),
    });
    this.#schedulers = new Schedulers({
      accepting: () => true,
      ...options,
      ...options.schedulers,
      clusters: options.ports.clusters,
      now: options.ports.now,
    });
    this.#unsubscribe = [
      options.feed.onChange((change) => {
        if (change.subject === 'cluster') this.#onClusterChange(change.id, change.after);
        if (change.subject !== 'instance' || change.after === undefined) return;
        for (const { clusterId, acknowledged } of change.after.halves)
          if (!acknowledged) this.#byCluster.get(clusterId)?.offer(change.after);
      }),
      options.feed.onGap(() => {
        void this.#exchangeAll();
      }),
    ];
  }

  get sessions(): number {
    return this.#byCluster.size;
  }

  attach(server: Server, leaves: (request: IncomingMessage) => boolean = () => false): void {
    server.on('upgrade', (request, socket, head) => {
      if (leaves(request)) return;
      socket.on('error', (error) => {
        this.#options.logger.debug({ err: error }, 'an upgrading connection failed');
        socket.destroy();
      });
      this.#upgrade(request, socket, head).catch((error: unknown) => {
        if (!(error instanceof DomainError))
          this.#options.logger.error({ err: error }, 'an upgrade could not be handled');
        refuse(
          socket,
          error instanceof DomainError
            ? error
            : new DomainError('unavailable', 'Try again soon.', { cause: error }),
        );
      });
    });
  }

  accept(socket: WebSocket, principal: Enrolled, shown?: ShownCertificate): void {
    const { ports, limits, logger } = this.#options;
    const session = new AgentSession({
      socket,
      ports,
      descriptors: this.#descriptors,
      limits,
      frameBytesMax: this.#options.frameBytesMax,
      logger,
      welcome: (hello) => this.#welcome(principal, hello, shown),
      onWelcomed: (welcomed) => {
        this.#takeOver(welcomed);
      },
      onClosed: (closed) => {
        this.#forget(closed);
      },
    });
    this.#all.add(session);
  }

  async dismissSchedulers(): Promise<void> {
    await this.#schedulers.dismiss(
      new DomainError('unavailable', 'Another manager leads; schedulers are asked by that.'),
    );
  }

  async close(): Promise<void> {
    this.#closing = true;
    for (const unsubscribe of this.#unsubscribe) unsubscribe();
    const sessions = [...this.#all];
    const goodbye = new DomainError(
      'shutting-down',
      'The manager restarts or stops; come back soon.',
    );
    for (const session of sessions) session.end(goodbye);
    await this.#schedulers.close(goodbye);
    await Promise.all(sessions.map((session) => session.settled()));
    for (const socket of this.#server.clients) socket.terminate();
    this.#server.close();
  }

  async #upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    const { pathname } = new URL(request.url ?? '/', 'http://manager');
    if (pathname !== '/register' && pathname !== '/schedule')
      throw new DomainError('route-not-found', `There is no WebSocket door at ${pathname}.`);
    const principal = await this.#upgrades.admit(request);
    if (this.#closing) throw new DomainError('shutting-down', 'The manager is shutting down.');
    const open =
      pathname === '/schedule'
        ? this.#openToScheduler(principal)
        : this.#openToAgent(principal, this.#options.certificates?.shown(request));
    const offered = request.headers['sec-websocket-protocol'] ?? '';
    if (!offered.split(',').some((each) => each.trim() === subprotocol))
      throw new DomainError('upgrade-required', `Offer the subprotocol ${subprotocol}.`);
    this.#server.handleUpgrade(request, socket, head, open);
  }

  /** @returns what takes the socket */
  #openToAgent(
    principal: Principal,
    shown: ShownCertificate | undefined,
  ): (socket: WebSocket) => void {
    if (principal.kind !== 'enrolment' && principal.kind !== 'cluster')
      throw new DomainError(
        'forbidden',
        'Agents prove themselves with an enrolment token or their credential.',
      );
    if (!this.#options.ready())
      throw new DomainError('unavailable', 'The manager is starting; come back soon.');
    if (this.#all.size >= this.#options.sessionsMax)
      throw new DomainError('overloaded', 'There are too many sessions; come back soon.');
    return (socket) => {
      this.accept(socket, principal, shown);
    };
  }

  #openToScheduler(principal: Principal): (socket: WebSocket) => void {
    if (principal.kind !== 'scheduler' && principal.kind !== 'administrator')
      throw new DomainError(
        'forbidden',
        'Schedulers prove themselves with the scheduler token or that of the administrator.',
      );
    this.#schedulers.checkRoom();
    return (socket) => {
      this.#schedulers.accept(socket);
    };
  }

  /** The newest session of a cluster counts; the one before is ended. */
  #takeOver(session: AgentSession): void {
    if (session.clusterId === undefined) return;
    const before = this.#byCluster.get(session.clusterId);
    this.#byCluster.set(session.clusterId, session);
    before?.end(sessionEnded());
  }

  /** The newest session may be with another manager. */
  #onClusterChange(id: string, cluster: Cluster | undefined): void {
    const session = this.#byCluster.get(id);
    if (session === undefined || cluster === undefined) return;
    const exclusion = exclusionOf(cluster);
    if (cluster.lifecycle === 'removed') session.end(removed());
    else if (exclusion) session.end(exclusion);
    else if (cluster.session > session.number) session.end(sessionEnded());
  }

  /** Changes were missed: every agent is told all of its orders, a few agents at a time. */
  async #exchangeAll(): Promise<void> {
    const sessions = [...this.#byCluster.values()];
    while (sessions.length > 0)
      await Promise.all(sessions.splice(0, exchangedAtOnceMax).map((each) => each.exchange()));
  }

  #forget(session: AgentSession): void {
    this.#all.delete(session);
    if (session.clusterId !== undefined && this.#byCluster.get(session.clusterId) === session)
      this.#byCluster.delete(session.clusterId);
  }

  async #welcome(
    principal: Enrolled,
    hello: Hello,
    shown: ShownCertificate | undefined,
  ): Promise<Welcome> {
    return principal.kind === 'enrolment'
      ? this.#enrol(principal, hello, shown)
      : this.#returning(principal.clusterId, hello, shown);
  }

  async #enrol(
    principal: EnrolmentPrincipal,
    hello: Hello,
    shown: ShownCertificate | undefined,
  ): Promise<Welcome> {
    const introduction = fromIntroduction(hello);
    const request = this.#certificateRequest(hello);
    const { cluster, credential } = await enrolCluster(
      this.#options.portsFor(principal),
      { ...introduction, name: hello.name },
      introduction,
      principal,
    );
    const { id: clusterId, session } = cluster;
    const { certificate, fault } = await this.#certified(cluster, request, shown);
    return {
      clusterId,
      session,
      credential,
      certificate,
      exclusion: exclusionOf(cluster) ?? fault,
    };
  }

  #certificateRequest({ publicKey }: Hello): CertificateRequest | undefined {
    const { certificates } = this.#options;
    return publicKey === undefined ? undefined : certificates?.request(publicKey);
  }

  /** The certificate that a cluster is due, and why it may not go on over this connection. */
  async #certified(
    cluster: Cluster,
    request: CertificateRequest | undefined,
    shown: ShownCertificate | undefined,
  ): Promise<{ certificate?: string | undefined; fault?: DomainError | undefined }> {
    const { ports, certificates } = this.#options;
    const fault = certificateFault(cluster, shown, certificates?.policy ?? 'off');
    return { fault, certificate: request && (await certify(ports, cluster, request, shown)) };
  }

  async #present(clusterId: string): Promise<Cluster> {
    const cluster = await this.#options.ports.clusters.find(clusterId);
    if (cluster === undefined || cluster.lifecycle === 'removed') throw removed();
    return cluster;
  }

  async #returning(
    clusterId: string,
    hello: Hello,
    shown: ShownCertificate | undefined,
  ): Promise<Welcome> {
    const { ports } = this.#options;
    const cluster = await this.#present(clusterId);
    if (cluster.name !== hello.name)
      throw new DomainError('forbidden', `This credential belongs to the cluster ${cluster.name}.`);
    const request = this.#certificateRequest(hello);
    if (cluster.admission === 'pending') await ports.clusters.proveCredential(clusterId);
    requireAdmitted(cluster);
    const { certificate, fault } = await this.#certified(cluster, request, shown);
    if (fault && certificate === undefined) throw fault;
    if (fault) return { clusterId, session: cluster.session, certificate, exclusion: fault };
    const introduction = fromIntroduction(hello);
    const begun = await ports.clusters.beginSession(clusterId, introduction, ports.now());
    if (begun === undefined) throw exclusionOf(await this.#present(clusterId)) ?? removed();
    return { clusterId, session: begun.session, certificate };
  }
}

export const createGateway = (options: GatewayOptions): Gateway => new AgentGateway(options);
