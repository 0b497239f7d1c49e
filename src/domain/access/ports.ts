/** What the verbs of people and programs need from outside. */
import type { Page, PageRequest, UnitOfWork } from '../ports.js';
import type { ApiKey } from './api-key.js';
import type { EnrolmentToken } from './enrolment-token.js';
import type { Amounts, Organization } from './organization.js';
import type { Permission } from './permissions.js';
import type { SignInSession, User } from './user.js';

/** Only what belongs to an organization; everything where none is named. */
export interface OwnerFilter {
  readonly organizationId?: string | undefined;
}

export interface OrganizationStore {
  find(id: string): Promise<Organization | undefined>;
  findByName(name: string): Promise<Organization | undefined>;
  /** Oldest first. */
  list(page: PageRequest): Promise<Page<Organization>>;
  /** @throws DomainError `organization-name-in-use` */
  insert(organization: Organization): Promise<void>;
  /**
   * Writes what users may change if the version is still `organization.version`.
   *
   * @throws DomainError `write-conflict`, `organization-name-in-use`
   */
  replace(organization: Organization): Promise<Organization>;
  /** Writes what is used, if `ledgerVersion` is still the one given. @throws DomainError `write-conflict` */
  settle(organization: Organization, used: Amounts): Promise<void>;
  /** Removes it, if nothing has begun to belong to it meanwhile. @throws DomainError `write-conflict` */
  remove(organization: Organization): Promise<void>;
}

export interface UserStore {
  find(id: string): Promise<User | undefined>;
  findByName(name: string): Promise<User | undefined>;
  findByIdentity(issuer: string, subject: string): Promise<User | undefined>;
  /** Oldest first. */
  list(filter: OwnerFilter, page: PageRequest): Promise<Page<User>>;
  /** Whether there is any user. */
  any(): Promise<boolean>;
  /** @throws DomainError `user-name-in-use` */
  insert(user: User): Promise<void>;
  /** Writes it if the version is still `user.version`; it rises by one. @throws DomainError `write-conflict` */
  replace(user: User): Promise<User>;
  remove(id: string): Promise<void>;
}

export interface SessionStore {
  find(id: string): Promise<SignInSession | undefined>;
  insert(session: SignInSession): Promise<void>;
  /** Writes the next refresh token if `refreshHash` is still the one given. @returns whether it was */
  rotate(session: SignInSession, refreshHash: string): Promise<boolean>;
  remove(id: string): Promise<void>;
  removeOf(userId: string): Promise<void>;
  /** Takes changed names and roles over into the sessions of a user. */
  renew(user: User): Promise<void>;
}

export interface ApiKeyStore {
  find(id: string): Promise<ApiKey | undefined>;
  /** Oldest first; only those that a user has made, if one is given. */
  list(
    filter: OwnerFilter & { readonly ownerId?: string | undefined },
    page: PageRequest,
  ): Promise<Page<ApiKey>>;
  /** Removes all keys of an organization. */
  removeOf(organizationId: string): Promise<void>;
  insert(key: ApiKey): Promise<void>;
  remove(id: string): Promise<void>;
  /** Removes the keys of an owner that allow anything else than this. */
  narrow(ownerId: string, allowed: readonly Permission[]): Promise<void>;
  used(id: string, at: number): Promise<void>;
}

export interface EnrolmentTokenStore {
  find(id: string): Promise<EnrolmentToken | undefined>;
  /** Oldest first. */
  list(filter: OwnerFilter, page: PageRequest): Promise<Page<EnrolmentToken>>;
  insert(token: EnrolmentToken): Promise<void>;
  remove(id: string): Promise<void>;
  /** Removes all tokens of an organization. */
  removeOf(organizationId: string): Promise<void>;
  /** One use less. @returns false when there is none left, or the token is gone */
  use(id: string, at: number): Promise<boolean>;
}

/** How often somebody has failed to sign in under a name, known or not. */
export interface SignInFailures {
  readonly count: number;
  /** Nobody signs in under this name before (epoch milliseconds). */
  readonly lockedUntil: number;
}

export interface SignInFailureStore {
  find(name: string): Promise<SignInFailures | undefined>;
  /** One more. `lockedUntil` is decided on the count, this failure included. */
  add(name: string, lockedUntil: (count: number) => number): Promise<void>;
  clear(name: string): Promise<void>;
}

/** Hashes passwords slowly, a few at a time. */
export interface Passwords {
  hash(password: string): Promise<string>;
  /** Takes as long for no hash as for a wrong password. @throws DomainError `overloaded` */
  verify(hash: string | undefined, password: string): Promise<boolean>;
}

/** Makes and reads the short-lived tokens of people. */
export interface AccessTokens {
  issue(session: SignInSession): Promise<{ token: string; expiresAt: number }>;
  /** @returns the session that the token is for; nothing when it is forged or too old */
  read(token: string): Promise<string | undefined>;
}

/** A pair of keys as it is stored; only who holds the seal can use the private half. */
export interface StoredSigningKey {
  readonly kid: string;
  readonly publicJwk: Readonly<Record<string, unknown>>;
  readonly sealedPrivateJwk: string;
  readonly createdAt: number;
  /** When it is forgotten. */
  readonly expiresAt: number;
}

export interface SigningKeyStore {
  /** Newest first; there are never more than a handful. */
  all(): Promise<readonly StoredSigningKey[]>;
  insert(key: StoredSigningKey): Promise<void>;
}

/** The authority that signs client certificates of clusters. */
export interface StoredAuthority {
  /** Rises with each that follows another one. */
  readonly number: number;
  /** PEM. */
  readonly certificate: string;
  readonly sealedKey: string;
  /** Epoch milliseconds. */
  readonly expiresAt: number;
}

export interface AuthorityStore {
  /** Newest first. */
  all(): Promise<readonly StoredAuthority[]>;
  /** Does nothing when there is one of that number. */
  insert(authority: StoredAuthority): Promise<void>;
}

export interface AccessPorts {
  /** On whose behalf verbs act; absent: of the whole installation. */
  readonly organizationId?: string | undefined;
  readonly organizations: OrganizationStore;
  readonly users: UserStore;
  readonly sessions: SessionStore;
  readonly apiKeys: ApiKeyStore;
  readonly enrolmentTokens: EnrolmentTokenStore;
  readonly failures: SignInFailureStore;
  readonly passwords: Passwords;
  readonly accessTokens: AccessTokens;
  readonly work: UnitOfWork;
  readonly now: () => number;
  readonly newId: () => string;
  /** Random texts and their hashes. */
  readonly secrets: { randomText(): string; hash(text: string): string };
}
