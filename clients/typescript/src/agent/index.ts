/** What an agent author needs: a `JournaledAgent` that remembers its orders, on a `ClusterAgent` that speaks the gateway's protocol. */
export { createBootClock, systemClock, type Clock } from '../session/clock.js';
export { ClusterAgent } from './cluster-agent.js';
export {
  fileCertificateStore,
  placedCertificateStore,
  type CertificateStore,
  type ClientCertificate,
} from './certificates.js';
export { fileCredentialStore, placedCredentialStore, type CredentialStore } from './credentials.js';
export { OrderRefused, instanceKey, leaseMsOf } from './frames.js';
export type {
  Address,
  AgentFrame,
  HelloFrame,
  InstanceReport,
  ManagerFrame,
  Order,
  OrderReference,
  Problem,
  ReportFrame,
  ReportedFrame,
  Resources,
  ResourceUse,
  RunOrder,
  ServiceDescriptor,
  StopOrder,
  WelcomeFrame,
  Worker,
} from './frames.js';
export { JournaledAgent, type JournaledAgentOptions } from './journaled-agent.js';
export { machineCapacity } from './machine.js';
export type { Attempt, Observation, OrderHandlers } from './order-work.js';
export { directoryPlace, memoryPlace, type Place } from './place.js';
export type { SessionSocket as AgentSocket, OpenSocket, UpgradeAnswer } from '../session/socket.js';
export type { LeasedInstance } from './lease-keeper.js';
export type { TlsOptions } from '../session/transport.js';
export type {
  AgentLog,
  AgentTiming,
  ClusterAgentEvents,
  ClusterAgentOptions,
  LeaseOptions,
} from './options.js';
