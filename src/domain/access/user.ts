import type { Role } from './permissions.js';

/** Somebody who signs in. */
export interface User {
  readonly id: string;
  /** Unique; lower case. */
  readonly name: string;
  readonly displayName?: string | undefined;
  /** As it was told; nothing is sent there. */
  readonly email?: string | undefined;
  /** The organization that the user belongs to; absent: acts for the whole installation. */
  readonly organizationId?: string | undefined;
  /** Who it is at an identity provider, for those who sign in there. */
  readonly identity?: { readonly issuer: string; readonly subject: string } | undefined;
  readonly roles: readonly Role[];
  /** Argon2id, with its parameters and salt, or as it was imported; absent for those who sign in elsewhere. */
  readonly passwordHash?: string | undefined;
  readonly disabled: boolean;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly version: number;
}

/** A signed-in person on one device, from sign-in to sign-out. */
export interface SignInSession {
  readonly id: string;
  readonly userId: string;
  /** What of the user the session stands for; renewed when the user changes. */
  readonly userName: string;
  readonly organizationId?: string | undefined;
  readonly roles: readonly Role[];
  /** Hash of the only refresh token that is good now. */
  readonly refreshHash: string;
  /** Hash of the one before, which is good for a moment: its answer may have been lost. */
  readonly previousRefreshHash?: string | undefined;
  readonly refreshedAt: number;
  readonly createdAt: number;
  readonly expiresAt: number;
}
