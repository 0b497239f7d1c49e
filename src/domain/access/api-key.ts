import type { Permission } from './permissions.js';

/** A credential of a program. The key itself is shown once and never kept. */
export interface ApiKey {
  readonly id: string;
  readonly name: string;
  readonly permissions: readonly Permission[];
  readonly keyHash: string;
  /** The organization that it acts for; absent: the whole installation. */
  readonly organizationId?: string | undefined;
  /** Who made it: the id of a user; absent for the installation's administrator. */
  readonly ownerId?: string | undefined;
  readonly createdAt: number;
  readonly expiresAt: number;
  /** To five minutes. */
  readonly lastUsedAt?: number | undefined;
}
