/** Signing in with what an identity provider says of somebody. */
import { DomainError } from '../errors.js';
import { permissionsOf, permissionsWithin, type Role } from './permissions.js';
import type { AccessPorts } from './ports.js';
import { startSession, type SignedIn } from './sign-in.js';
import { insertUser, renewRoles } from './users.js';
import type { User } from './user.js';

/** Somebody as an identity provider knows them. */
export interface ForeignIdentity {
  readonly issuer: string;
  /** Names the person at the provider, for ever. */
  readonly subject: string;
  readonly name: string;
  readonly displayName?: string | undefined;
  readonly groups: readonly string[];
  /** Name of the organization that the person belongs to, where the provider is asked for it. */
  readonly organization?: string | undefined;
}

/** What the browser is sent away with, and what it has to bring back. */
export interface BegunSignIn {
  /** Where the provider asks who it is. */
  readonly authorizationUrl: string;
  /** Sealed; proves that whoever comes back is who went there. */
  readonly flow: string;
  /** Epoch milliseconds. */
  readonly expiresAt: number;
}

/** What the provider has sent back with the browser. */
export interface ProviderAnswer {
  readonly flow: string;
  readonly code: string;
  readonly state: string;
  readonly issuer?: string | undefined;
}

export interface IdentityProvider {
  /** @throws DomainError `unavailable` */
  begin(): Promise<BegunSignIn>;
  /** @throws DomainError `sign-in-refused`, `unavailable` */
  complete(answer: ProviderAnswer): Promise<ForeignIdentity>;
}

/** What groups of the provider mean here. */
export interface ForeignRules {
  /** Roles by group. */
  readonly roles: ReadonlyMap<string, Role>;
  /** Role of those whose groups mean nothing; they are refused where it is absent. */
  readonly otherwise?: Role | undefined;
  /** Whether everybody has to belong to an organization, which the provider names. */
  readonly withOrganization: boolean;
}

const nameForm = /^[a-z0-9]([a-z0-9._@-]{0,62}[a-z0-9])?$/;

const refuse = (detail: string): never => {
  throw new DomainError('sign-in-refused', detail);
};

function rolesOf({ groups }: ForeignIdentity, rules: ForeignRules, within: boolean) {
  const meant = groups.flatMap((group) => rules.roles.get(group) ?? []);
  const held = meant.length > 0 ? meant : rules.otherwise === undefined ? [] : [rules.otherwise];
  const fits = (role: Role): boolean =>
    permissionsOf([role]).every((each) => permissionsWithin.includes(each));
  const roles = [...new Set(held)].filter((role) => !within || fits(role)).sort();
  return roles.length > 0
    ? roles
    : refuse('Nothing here is allowed to you by the identity provider.');
}

async function organizationOf(
  ports: AccessPorts,
  { organization }: ForeignIdentity,
  { withOrganization }: ForeignRules,
): Promise<string | undefined> {
  if (!withOrganization) return undefined;
  const found =
    organization === undefined ? undefined : await ports.organizations.findByName(organization);
  return found?.id ?? refuse('The identity provider names no organization of this installation.');
}

/** The name is only wished: it never makes somebody into a user who is there already. */
async function welcome(
  ports: AccessPorts,
  identity: ForeignIdentity,
  roles: readonly Role[],
  organizationId: string | undefined,
): Promise<User> {
  const { issuer, subject, displayName } = identity;
  const name = identity.name.toLowerCase();
  if (!nameForm.test(name)) return refuse('The name at the identity provider cannot be used here.');
  try {
    return await insertUser(ports, {
      ...{ name, displayName, roles, organizationId },
      identity: { issuer, subject },
    });
  } catch (error) {
    if (error instanceof DomainError && error.code === 'user-name-in-use')
      return refuse(`Somebody else has the name ${name} here.`);
    throw error;
  }
}

/**
 * Signs somebody in whom the provider has proved. At the first time a user is made; each time the roles are what the provider says.
 *
 * @throws DomainError `sign-in-refused`, `unavailable`
 */
export async function signInForeign(
  ports: AccessPorts,
  provider: IdentityProvider,
  rules: ForeignRules,
  answer: ProviderAnswer,
): Promise<SignedIn> {
  const identity = await provider.complete(answer);
  const organizationId = await organizationOf(ports, identity, rules);
  const roles = rolesOf(identity, rules, organizationId !== undefined);
  const known = await ports.users.findByIdentity(identity.issuer, identity.subject);
  if (known === undefined)
    return startSession(ports, await welcome(ports, identity, roles, organizationId));
  if (known.disabled) refuse('This user is switched off.');
  if (known.organizationId !== organizationId)
    refuse('This user belongs to another organization than the identity provider says.');
  const same = roles.join() === [...known.roles].sort().join();
  return startSession(ports, same ? known : await renewRoles(ports, known.id, roles));
}
