import type { components } from '../generated/openapi.js';
import {
  isFields,
  isPositive,
  readFrame,
  type FrameChecks,
  type Incoming,
} from '../session/incoming.js';

type Schemas = components['schemas'];

export type AgentFrame = Schemas['AgentFrame'];
export type ManagerFrame = Schemas['ManagerFrame'];
export type HelloFrame = Schemas['HelloFrame'];
export type WelcomeFrame = Schemas['WelcomeFrame'];
export type ReportFrame = Schemas['ReportFrame'];
export type ReportedFrame = Schemas['ReportedFrame'];
/** What a cluster observed of one generation of an instance. */
export type InstanceReport = Schemas['InstanceReport'];
export type OrderReference = Schemas['OrderReference'];
export type Problem = Schemas['Problem'];
export type Resources = Schemas['Resources'];
export type ResourceUse = Schemas['ResourceUse'];
export type Worker = Schemas['Worker'];
export type Address = Schemas['Address'];
export type ServiceDescriptor = Schemas['ServiceDescriptor'];

/** Run this generation of an instance. */
export interface RunOrder {
  readonly action: 'run';
  readonly instanceId: string;
  /** Rises with every binding of the instance; generations are separate things that may run side by side. */
  readonly generation: number;
  readonly serviceId: string;
  /** Number of the replica within the service. */
  readonly ordinal: number;
  readonly revision: number;
  readonly descriptor: ServiceDescriptor;
  /** Demanded worker; absent: the agent's choice. */
  readonly worker?: string;
}

/** How long the instance may run without an answer of the manager, in milliseconds; nothing where it may run for ever. */
export function leaseMsOf({ descriptor }: Pick<RunOrder, 'descriptor'>): number | undefined {
  return descriptor.whenLost === 'move' ? (descriptor.leaseSeconds ?? 60) * 1000 : undefined;
}

/** Stop this generation of an instance, for good. */
export interface StopOrder {
  readonly action: 'stop';
  readonly instanceId: string;
  readonly generation: number;
  /** Nobody has told it: its lease ends. Nothing of it may be left after that time. */
  readonly leaseEnd?: { readonly withinMs: number; readonly reason: string };
}

export type Order = RunOrder | StopOrder;

/** Identity of a generation of an instance. */
export function instanceKey(of: { instanceId: string; generation: number }): string {
  return `${of.instanceId}/${of.generation}`;
}

/** What the agent relies on in each frame; the rest is the manager's promise by contract. */
const checks: FrameChecks<ManagerFrame> = {
  welcome: (frame) =>
    typeof frame['clusterId'] === 'string' &&
    isPositive(frame['session']) &&
    isPositive(frame['heartbeatIntervalMs']) &&
    isPositive(frame['reportIntervalMs']),
  apply: (frame) => typeof frame['id'] === 'string' && Array.isArray(frame['orders']),
  reported: (frame) => isPositive(frame['session']) && isPositive(frame['sequence']),
  credential: (frame) => typeof frame['credential'] === 'string' && frame['credential'] !== '',
  error: (frame) => isFields(frame['problem']),
};

/** Reads a frame of the manager. Never throws. */
export const parseManagerFrame = (text: string): Incoming<ManagerFrame> => readFrame(text, checks);

/** An order that an agent can work with, or why it cannot; undefined when it does not even say what it is about. */
export function parseOrder(
  value: unknown,
): Order | { refused: Problem; order: OrderReference } | undefined {
  if (!isFields(value)) return undefined;
  const { instanceId, generation, action } = value;
  if (typeof instanceId !== 'string' || !isPositive(generation)) return undefined;
  if (action !== 'run' && action !== 'stop') return undefined;
  const order: OrderReference = { instanceId, generation: generation as number, action };
  if (order.action === 'stop') return { ...order, action: 'stop' };
  const { serviceId, ordinal, revision, descriptor, worker } = value;
  if (typeof serviceId !== 'string' || !isFields(descriptor)) {
    const detail = 'a run order needs serviceId and descriptor';
    return {
      order,
      refused: toOrderProblem('validation-failed', 'Not a valid order', 400, detail),
    };
  }
  return {
    ...order,
    action: 'run',
    serviceId,
    ordinal: typeof ordinal === 'number' ? ordinal : 0,
    revision: typeof revision === 'number' ? revision : 1,
    descriptor: descriptor as ServiceDescriptor,
    ...(typeof worker === 'string' ? { worker } : {}),
  };
}

/** Builds a problem document. `code` becomes the last part of its stable `type`. */
export function toOrderProblem(
  code: string,
  title: string,
  status: number,
  detail: string,
): Problem {
  return { type: `/problems/${code}`, title, status, detail: detail.slice(0, 2000) };
}

/** Thrown by an order handler to refuse an order for a reason that the manager is told. */
export class OrderRefused extends Error {
  override readonly name = 'OrderRefused';
  readonly problem: Problem;

  /** @param code - stable code of the problem: `worker-not-found` */
  constructor(code: string, title: string, detail: string, status = 409) {
    super(detail);
    this.problem = toOrderProblem(code, title, status, detail);
  }
}
