/**
 * Frames of scheduler sessions (`/schedule`). Types only for now: this version of the manager decides with its built-in
 * scheduler and answers 501 to the upgrade.
 */
import type { components } from '../generated/openapi.js';

type Schemas = components['schemas'];

/** A frame from a scheduler. */
export type SchedulerFrame = Schemas['SchedulerFrame'];
export type SchedulerHelloFrame = Schemas['SchedulerHelloFrame'];
export type PlacedFrame = Schemas['PlacedFrame'];
/** A frame from the manager to a scheduler. */
export type SchedulerManagerFrame = Schemas['SchedulerManagerFrame'];
export type ClustersFrame = Schemas['ClustersFrame'];
export type PlaceFrame = Schemas['PlaceFrame'];
export type PlacementRequest = Schemas['PlacementRequest'];
export type PlacementAnswer = Schemas['PlacementAnswer'];
export type Verdict = Schemas['Verdict'];
