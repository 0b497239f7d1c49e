/** The TypeBox schemas and the types of openapi-typescript come from two generators; here they are held against each other. */
import type { components } from '../../generated/openapi.js';
import type * as schemas from '../../generated/schemas.js';
import type { Equal, Expect, Plain } from './equal.js';

type Wire = components['schemas'];

/** Types of all schemas that arrive from outside: the module exports a value and a type under each name. */
interface Generated {
  AgentSessionFrame: schemas.AgentSessionFrame;
  SchedulerSessionFrame: schemas.SchedulerSessionFrame;
  AgentFrame: schemas.AgentFrame;
  ManagerFrame: schemas.ManagerFrame;
  SchedulerFrame: schemas.SchedulerFrame;
  SchedulerManagerFrame: schemas.SchedulerManagerFrame;
  ClusterRegistration: schemas.ClusterRegistration;
  ClusterUpdate: schemas.ClusterUpdate;
  MigrateRequest: schemas.MigrateRequest;
  Report: schemas.Report;
  RollbackRequest: schemas.RollbackRequest;
  ScaleRequest: schemas.ScaleRequest;
  ServiceDescriptor: schemas.ServiceDescriptor;
  WorkerAddition: schemas.WorkerAddition;
  WorkerCountUpdate: schemas.WorkerCountUpdate;
}

type Different = {
  [Name in keyof Generated]: Equal<Plain<Generated[Name]>, Plain<Wire[Name]>> extends true
    ? never
    : Name;
}[keyof Generated];

export type SchemasAreTheSame = Expect<Equal<Different, never>>;

/** The comparison itself sees a difference. */
export type ComparisonWorks = Expect<
  Equal<Equal<Plain<{ a?: string }>, Plain<{ a: string }>>, false>
>;

/** A new request body has to be added to `Generated`; frames reach it through the two session frames. */
type BodyNames = Exclude<keyof typeof schemas & keyof Wire, keyof Generated>;
export type RequestBodiesAreListed = Expect<
  Equal<Extract<BodyNames, `${string}Request` | `${string}Update`>, 'PlacementRequest'>
>;
