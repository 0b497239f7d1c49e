import type { components } from './generated/openapi.js';

type Schemas = components['schemas'];

/** A site with an agent of its own. */
export type Cluster = Schemas['Cluster'];
export type ClusterState = Schemas['ClusterState'];
export type ClusterRegistration = Schemas['ClusterRegistration'];
export type ClusterUpdate = Schemas['ClusterUpdate'];
/** A machine inside a cluster. */
export type Worker = Schemas['Worker'];
export type WorkerCount = Schemas['WorkerCount'];
/** What a user wants to run, and how it is doing. */
export type Service = Schemas['Service'];
/** The wish itself: what to run, how often and where. */
export type ServiceDescriptor = Schemas['ServiceDescriptor'];
export type MigrateRequest = Schemas['MigrateRequest'];
export type ScaleRequest = Schemas['ScaleRequest'];
/** One replica of a service. */
export type Instance = Schemas['Instance'];
export type Phase = Schemas['Phase'];
/** One accepted wish and how far it is. */
export type Operation = Schemas['Operation'];
export type OperationState = Schemas['OperationState'];
/** One entry of the history; named like the DOM's `Event`, so import it by name. */
export type Event = Schemas['Event'];
export type Plan = Schemas['Plan'];
export type PlacementExplanation = Schemas['PlacementExplanation'];
export type Scheduler = Schemas['Scheduler'];
/** An amount of computing resources. */
export type Resources = Schemas['Resources'];
export type ResourceUse = Schemas['ResourceUse'];
export type Coordinates = Schemas['Coordinates'];
export type Labels = Schemas['Labels'];
export type Port = Schemas['Port'];
export type Address = Schemas['Address'];
/** A failure (RFC 9457). */
export type Problem = Schemas['Problem'];
export type FieldError = Schemas['FieldError'];
export type Report = Schemas['Report'];
export type Version = Schemas['Version'];
