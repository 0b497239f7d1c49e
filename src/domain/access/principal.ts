import type { Permission } from './permissions.js';

/** Somebody with the installation's administrator token: may do everything, belongs to nobody. */
export interface Administrator {
  readonly kind: 'administrator';
}

/** A person who has signed in. */
export interface UserPrincipal {
  readonly kind: 'user';
  readonly userId: string;
  readonly name: string;
  readonly sessionId: string;
  /** Sees and does only what is of this organization; absent: of the whole installation. */
  readonly organizationId?: string | undefined;
  readonly permissions: readonly Permission[];
}

/** A program with a key that a person or the administrator has made. */
export interface ApiKeyPrincipal {
  readonly kind: 'apiKey';
  readonly keyId: string;
  readonly name: string;
  readonly organizationId?: string | undefined;
  readonly permissions: readonly Permission[];
}

/** Somebody who may bring a cluster. */
export interface EnrolmentPrincipal {
  readonly kind: 'enrolment';
  /** The enrolment token; absent for that of the installation. */
  readonly tokenId?: string | undefined;
  /** The organization that the cluster will belong to; absent: the installation. */
  readonly organizationId?: string | undefined;
  /** The only cluster that may be brought; any where absent. */
  readonly clusterName?: string | undefined;
  /** Whether the cluster has to be approved. */
  readonly requiresApproval: boolean;
}

/** The agent of a cluster. */
export interface ClusterPrincipal {
  readonly kind: 'cluster';
  readonly clusterId: string;
  /** SHA-256 of the key that its client certificate has to have; none is pinned where absent. */
  readonly certificateKey?: string | undefined;
}

/** Who may keep accounts and make keys: never a program. */
export type AccountKeeper = Administrator | UserPrincipal;

/** Who asks: proved by a bearer token before anything else is looked at. */
export type Principal =
  | Administrator
  | UserPrincipal
  | ApiKeyPrincipal
  | EnrolmentPrincipal
  | { readonly kind: 'scheduler' }
  | ClusterPrincipal;

/** Finds out who a bearer token belongs to. */
export interface Authenticator {
  /** @returns nobody when the token is unknown, expired or revoked */
  authenticate(token: string): Promise<Principal | undefined>;
}

/** A text that names the principal, for logs and for keeping idempotency keys apart. */
export const principalName = (principal: Principal): string => {
  switch (principal.kind) {
    case 'cluster':
      return `cluster:${principal.clusterId}`;
    case 'user':
      return `user:${principal.userId}`;
    case 'apiKey':
      return `apiKey:${principal.keyId}`;
    case 'enrolment':
      return principal.tokenId === undefined ? 'enrolment' : `enrolment:${principal.tokenId}`;
    default:
      return principal.kind;
  }
};

/** Whether the principal holds all of the permissions. Principals without permissions are told apart by their kind alone. */
export const holds = (principal: Principal, wanted: readonly string[]): boolean =>
  !('permissions' in principal) ||
  wanted.every((each) => (principal.permissions as readonly string[]).includes(each));
