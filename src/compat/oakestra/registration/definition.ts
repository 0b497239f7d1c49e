/**
 * The gRPC service at which clusters register, as it is on the wire:
 *
 * ```proto
 * syntax = "proto3";
 * package clusterRegistration;
 *
 * service register_cluster {
 *   rpc handle_init_greeting(CS1Message) returns (SC1Message);
 *   rpc handle_init_final(CS2Message) returns (SC2Message);
 * }
 *
 * message CS1Message { string hello_service_manager = 1; }
 * message SC1Message { string hello_cluster_manager = 1; }
 * message CS2Message {
 *   int32 manager_port = 1;
 *   int32 network_component_port = 2;
 *   string cluster_name = 3;
 *   repeated KeyValue cluster_info = 4;
 *   string cluster_location = 5;
 * }
 * message KeyValue { string key = 1; string value = 2; }
 * message SC2Message { string id = 1; }
 * ```
 */
import type { ServiceDefinition, UntypedServiceImplementation } from '@grpc/grpc-js';
import { fromJSON } from '@grpc/proto-loader';

/** What a cluster says first; nothing of it is needed. */
export interface Greeting {
  readonly hello_service_manager: string;
}

export interface GreetingAnswer {
  readonly hello_cluster_manager: string;
}

/** What a cluster says of itself. Absent fields have the empty value of their type. */
export interface Introduction {
  readonly manager_port: number;
  readonly network_component_port: number;
  readonly cluster_name: string;
  readonly cluster_info: readonly { readonly key: string; readonly value: string }[];
  readonly cluster_location: string;
}

export interface IntroductionAnswer {
  readonly id: string;
}

const name = 'register_cluster';

type Descriptor = Parameters<typeof fromJSON>[0];

const descriptor = {
  nested: {
    clusterRegistration: {
      nested: {
        [name]: {
          methods: {
            handle_init_greeting: { requestType: 'CS1Message', responseType: 'SC1Message' },
            handle_init_final: { requestType: 'CS2Message', responseType: 'SC2Message' },
          },
        },
        CS1Message: { fields: { hello_service_manager: { type: 'string', id: 1 } } },
        SC1Message: { fields: { hello_cluster_manager: { type: 'string', id: 1 } } },
        CS2Message: {
          fields: {
            manager_port: { type: 'int32', id: 1 },
            network_component_port: { type: 'int32', id: 2 },
            cluster_name: { type: 'string', id: 3 },
            cluster_info: { rule: 'repeated', type: 'KeyValue', id: 4 },
            cluster_location: { type: 'string', id: 5 },
          },
        },
        KeyValue: {
          fields: { key: { type: 'string', id: 1 }, value: { type: 'string', id: 2 } },
        },
        SC2Message: { fields: { id: { type: 'string', id: 1 } } },
      },
    },
  },
} as Descriptor;

const loaded = fromJSON(descriptor, { keepCase: true, defaults: true });

export const registerCluster = loaded[
  `clusterRegistration.${name}`
] as ServiceDefinition<UntypedServiceImplementation>;
