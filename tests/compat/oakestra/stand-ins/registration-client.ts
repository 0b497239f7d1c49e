/** How a cluster registers, with a client that is built from the .proto text, and with bytes that are written by hand. */
import { fileURLToPath } from 'node:url';
import {
  credentials,
  type Client,
  loadPackageDefinition,
  type GrpcObject,
  type ServiceClientConstructor,
  type ServiceError,
} from '@grpc/grpc-js';
import { loadSync } from '@grpc/proto-loader';

const definition = loadSync(fileURLToPath(new URL('registration.proto', import.meta.url)), {
  keepCase: true,
});
const RegisterCluster = (loadPackageDefinition(definition)['clusterRegistration'] as GrpcObject)[
  'register_cluster'
] as ServiceClientConstructor;

export interface Refusal {
  readonly code: number;
  readonly details: string;
}

type Call = (
  message: object,
  callback: (error: ServiceError | null, answer: Record<string, string>) => void,
) => void;

export class RegistrationClient {
  readonly #client: Client;

  constructor(port: number, host = '127.0.0.1') {
    this.#client = new RegisterCluster(`${host}:${port}`, credentials.createInsecure());
  }

  /** @throws ServiceError */
  #ask(method: string, message: object): Promise<Record<string, string>> {
    return new Promise((resolve, reject) => {
      const call = (this.#client as unknown as Record<string, Call>)[method];
      call?.call(this.#client, message, (error, answer) => {
        if (error) reject(error);
        else resolve(answer);
      });
    });
  }

  /** Resolves once there is somebody to talk to. */
  ready(withinMs = 30_000): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#client.waitForReady(Date.now() + withinMs, (error) => {
        if (error) reject(error);
        else resolve();
      });
    });
  }

  async greet(): Promise<string> {
    const hello = JSON.stringify({ cluster_name: 'c1', location: 'munich' });
    const answer = await this.#ask('handle_init_greeting', { hello_service_manager: hello });
    return answer['hello_cluster_manager'] ?? '';
  }

  /** @returns the id of the cluster */
  async introduce(fields: object): Promise<string> {
    return (await this.#ask('handle_init_final', fields))['id'] ?? '';
  }

  async refusalOf(fields: object): Promise<Refusal> {
    try {
      await this.introduce(fields);
    } catch (error) {
      const { code, details } = error as ServiceError;
      return { code, details };
    }
    throw new Error('it was registered');
  }

  /** Sends the bytes of a message as they are. @returns the bytes of the answer */
  send(method: string, bytes: Buffer): Promise<Buffer> {
    return new Promise((resolve, reject) => {
      this.#client.makeUnaryRequest(
        `/clusterRegistration.register_cluster/${method}`,
        (value: Buffer) => value,
        (value: Buffer) => value,
        bytes,
        (error, answer) => {
          if (error) reject(error);
          else resolve(answer ?? Buffer.alloc(0));
        },
      );
    });
  }

  close(): void {
    this.#client.close();
  }
}
