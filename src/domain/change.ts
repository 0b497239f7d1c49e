import type { Cluster } from './cluster/cluster.js';
import type { Instance } from './instance/instance.js';
import type { Operation } from './operation/operation.js';
import type { Service } from './service/service.js';

interface ChangeOf<Subject extends string, T> {
  readonly subject: Subject;
  readonly id: string;
  readonly kind: 'insert' | 'update' | 'delete';
  /** The resource as it is after the change or later; absent when it is gone by now. */
  readonly after?: T | undefined;
  /** Names of the stored fields that changed, top level only; empty for an insert. */
  readonly fields: ReadonlySet<string>;
  /** Epoch milliseconds, the store's clock. */
  readonly at: number;
}

/** One change of state, as the store tells it. Changes come in the order in which they took effect. */
export type Change =
  | ChangeOf<'cluster', Cluster>
  | ChangeOf<'service', Service>
  | ChangeOf<'instance', Instance>
  | ChangeOf<'operation', Operation>;

/** Follows the store. Listeners must be quick and must not throw; they may see a change twice. */
export interface ChangeFeed {
  onChange(listener: (change: Change) => void): () => void;
  /** Calls the listener when changes may have been missed: everything has to be looked at again. */
  onGap(listener: () => void): () => void;
}
