import type { components } from '../generated/openapi.js';
import {
  isFields,
  isPositive,
  readFrame,
  type FrameChecks,
  type Incoming,
} from '../session/incoming.js';

type Schemas = components['schemas'];

/** A frame from a scheduler. */
export type SchedulerFrame = Schemas['SchedulerFrame'];
export type SchedulerHelloFrame = Schemas['SchedulerHelloFrame'];
export type PlacedFrame = Schemas['PlacedFrame'];
/** A frame from the manager to a scheduler. */
export type SchedulerManagerFrame = Schemas['SchedulerManagerFrame'];
export type SchedulerWelcomeFrame = Schemas['SchedulerWelcomeFrame'];
export type ClustersFrame = Schemas['ClustersFrame'];
export type PlaceFrame = Schemas['PlaceFrame'];
/** One instance that needs a cluster. */
export type PlacementRequest = Schemas['PlacementRequest'];
export type PlacementAnswer = Schemas['PlacementAnswer'];
export type PlacementRefusal = Schemas['PlacementRefusal'];
/** What is known of one cluster. */
export type ClusterPicture = Schemas['ClusterPicture'];
export type Resources = Schemas['Resources'];
export type Verdict = Schemas['Verdict'];

const checks: FrameChecks<SchedulerManagerFrame> = {
  welcome: (frame) => isPositive(frame['session']) && isPositive(frame['heartbeatIntervalMs']),
  clusters: (frame) =>
    isPositive(frame['version']) &&
    Array.isArray(frame['clusters']) &&
    Array.isArray(frame['removed']),
  place: (frame) =>
    typeof frame['id'] === 'string' &&
    isPositive(frame['deadlineMs']) &&
    Array.isArray(frame['requests']),
  error: (frame) => isFields(frame['problem']),
};

/** Reads a frame of the manager. Never throws. */
export const parseSchedulerManagerFrame = (text: string): Incoming<SchedulerManagerFrame> =>
  readFrame(text, checks);
