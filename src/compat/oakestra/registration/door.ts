/** The door at which clusters register over gRPC: a greeting, and then what the cluster says of itself. */
import {
  Server,
  ServerCredentials,
  status,
  type sendUnaryData,
  type ServerUnaryCall,
} from '@grpc/grpc-js';
import type { Logger } from 'pino';
import { registerPeer } from '../../../domain/cluster/register-peer.js';
import { DomainError, type ErrorCode } from '../../../domain/errors.js';
import type { Ports } from '../../../domain/ports.js';
import { plainAddress, type Networks } from '../../../networks.js';
import { mayCall } from '../../delivery/peer-client.js';
import { refuse } from '../../refuse.js';
import {
  registerCluster,
  type Greeting,
  type GreetingAnswer,
  type Introduction,
  type IntroductionAnswer,
} from './definition.js';
import { MissingField, readIntroduction } from './introduction.js';

export interface DoorOptions {
  readonly ports: Ports;
  /** Who may register, and where orders may go. */
  readonly networks: Networks;
  readonly logger: Logger;
}

const messageBytesMax = 64 * 1024;
const streamsMax = 16;
const idleMs = 60_000;
/** How long calls that are under way may still take when the door closes. */
const closeMsMax = 3_000;

const answers: Partial<Record<ErrorCode, status>> = {
  'validation-failed': status.INVALID_ARGUMENT,
  'cluster-name-in-use': status.ALREADY_EXISTS,
  'cluster-pending': status.PERMISSION_DENIED,
  'cluster-rejected': status.PERMISSION_DENIED,
  'cluster-revoked': status.PERMISSION_DENIED,
};

/** What a cluster is told that could not register. What went wrong inside is not for it. */
function toStatus(error: unknown): { code: status; details: string } {
  if (error instanceof MissingField) return { code: status.UNKNOWN, details: error.message };
  const code = error instanceof DomainError ? answers[error.code] : undefined;
  return error instanceof DomainError && code !== undefined
    ? { code, details: error.detail }
    : { code: status.INTERNAL, details: 'Failed to serialize response!' };
}

/** Address of the other side, without its port. */
const hostOf = (call: Pick<ServerUnaryCall<unknown, unknown>, 'getPeer'>): string => {
  const peer = call.getPeer();
  return plainAddress(peer.slice(0, peer.lastIndexOf(':')).replace(/^\[|\]$/g, ''));
};

export class RegistrationDoor {
  readonly #options: DoorOptions;
  readonly #server: Server;

  constructor(options: DoorOptions) {
    this.#options = options;
    this.#server = new Server({
      'grpc.max_receive_message_length': messageBytesMax,
      'grpc.max_concurrent_streams': streamsMax,
      'grpc.max_connection_idle_ms': idleMs,
    });
    this.#server.addService(registerCluster, {
      handle_init_greeting: (
        call: ServerUnaryCall<Greeting, GreetingAnswer>,
        answer: sendUnaryData<GreetingAnswer>,
      ) => {
        if (this.#admits(call, answer))
          answer(null, { hello_cluster_manager: 'please send your cluster info' });
      },
      handle_init_final: (
        call: ServerUnaryCall<Introduction, IntroductionAnswer>,
        answer: sendUnaryData<IntroductionAnswer>,
      ) => {
        if (!this.#admits(call, answer)) return;
        this.#register(call.request, hostOf(call)).then(
          (id) => {
            answer(null, { id });
          },
          (error: unknown) => {
            this.#options.logger.warn(
              { err: error, address: call.getPeer() },
              'a cluster was not registered',
            );
            answer(toStatus(error));
          },
        );
      },
    });
  }

  /** @returns the port. @throws Error - it cannot be listened to */
  listen(host: string, port: number): Promise<number> {
    const address = `${host.includes(':') ? `[${host}]` : host}:${port}`;
    return new Promise((resolve, reject) => {
      this.#server.bindAsync(address, ServerCredentials.createInsecure(), (error, bound) => {
        if (error) reject(error);
        else resolve(bound);
      });
    });
  }

  /** Takes no new calls, and waits for those under way. */
  async close(): Promise<void> {
    const timer = setTimeout(() => {
      this.#server.forceShutdown();
    }, closeMsMax);
    await new Promise<void>((resolve) => {
      this.#server.tryShutdown(() => {
        resolve();
      });
    });
    clearTimeout(timer);
  }

  #admits<A>(call: ServerUnaryCall<unknown, A>, answer: sendUnaryData<A>): boolean {
    if (this.#options.networks.contains(hostOf(call))) return true;
    this.#options.logger.warn({ address: call.getPeer() }, 'an address may not register clusters');
    answer({ code: status.PERMISSION_DENIED, details: 'this address may not register' });
    return false;
  }

  async #register(message: Introduction, host: string): Promise<string> {
    const { ports, networks, logger } = this.#options;
    const registration = readIntroduction(message, host);
    const { endpoint } = registration;
    if (!mayCall(endpoint, networks))
      refuse(`${endpoint.host}:${endpoint.port} is no address that orders may go to`);
    const cluster = await registerPeer(ports, registration);
    logger.info(
      { clusterId: cluster.id, cluster: cluster.name, endpoint },
      'a cluster has registered',
    );
    return cluster.id;
  }
}
