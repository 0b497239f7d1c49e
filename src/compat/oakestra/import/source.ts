/** What an installation of Oakestra has left in its database. */
import type { Fields } from '../../input.js';

/** A document; its id is hexadecimal. */
export interface Foreign {
  readonly id: string;
  readonly fields: Fields;
}

export interface Source {
  readonly users: readonly Foreign[];
  readonly organizations: readonly Foreign[];
  readonly applications: readonly Foreign[];
  readonly services: readonly Foreign[];
  readonly clusters: readonly Foreign[];
}

/** Where times and ids come from. */
export interface Surroundings {
  /** Epoch milliseconds. */
  readonly now: number;
  readonly newId: () => string;
  /** Hash of a credential that nobody has, for a cluster. */
  readonly credentialHash: (clusterId: string) => string;
}
