/** What a scheduler author needs: a `SchedulerSession` that speaks the protocol of `/schedule`. */
export { systemClock, type Clock } from '../session/clock.js';
export type { Problem } from '../session/incoming.js';
export type { SessionLog } from '../session/log.js';
export type { OpenSocket, SessionSocket, UpgradeAnswer } from '../session/socket.js';
export type { TlsOptions } from '../session/transport.js';
export type {
  ClusterPicture,
  ClustersFrame,
  PlacedFrame,
  PlaceFrame,
  PlacementAnswer,
  PlacementRefusal,
  PlacementRequest,
  Resources,
  SchedulerFrame,
  SchedulerHelloFrame,
  SchedulerManagerFrame,
  SchedulerWelcomeFrame,
  Verdict,
} from './frames.js';
export type {
  BatchContext,
  SchedulerSessionEvents,
  SchedulerSessionOptions,
  SchedulerTiming,
} from './options.js';
export { Picture, type Choice } from './picture.js';
export { distanceKm, fits, suits } from './rules.js';
export { SchedulerSession } from './scheduler-session.js';
