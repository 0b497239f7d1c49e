/** Gives people roles, in the organization that they belong to or in one whose guests they are. */
import type { Guest, Organization } from '../../domain/access/organization.js';
import { reshapeOrganization } from '../../domain/access/organizations.js';
import type { Role } from '../../domain/access/permissions.js';
import type { AccessPorts } from '../../domain/access/ports.js';
import type { User } from '../../domain/access/user.js';
import { updateUser } from '../../domain/access/users.js';
import { DomainError } from '../../domain/errors.js';
import type { Caller } from './guards.js';
import { allUsers } from './people.js';

/** What somebody is to be in an organization. */
export interface WantedMember {
  readonly userId: string;
  readonly roles: readonly Role[];
}

/** Those who only look have no role that peers know, and keep theirs where none is given. */
const rolesAfter = (before: readonly Role[], wanted: readonly Role[]): readonly Role[] =>
  wanted.length === 0 ? before.filter((role) => role === 'viewer') : wanted;

const sameRoles = (one: readonly Role[], other: readonly Role[]): boolean =>
  one.length === other.length && one.every((role) => other.includes(role));

async function setOwnRoles(
  access: AccessPorts,
  { principal }: Caller,
  user: User,
  wanted: readonly Role[],
): Promise<void> {
  const roles = rolesAfter(user.roles, wanted);
  if (!sameRoles(roles, user.roles))
    await updateUser(access, principal, user.id, { roles }, undefined);
}

const withGuest = (guests: readonly Guest[], guest: Guest): readonly Guest[] => [
  ...guests.filter(({ userId }) => userId !== guest.userId),
  guest,
];

/**
 * What somebody is from now on in the caller's organization. Only within a transaction.
 *
 * @throws DomainError `validation-failed`, `forbidden`
 */
export async function setMembership(
  access: AccessPorts,
  caller: Caller,
  user: User,
  roles: readonly Role[],
): Promise<void> {
  const { organizationId } = caller.membership;
  if (user.organizationId === organizationId) return setOwnRoles(access, caller, user, roles);
  if (organizationId === undefined)
    throw new DomainError('validation-failed', 'The user belongs to an organization of its own.');
  const organization = await access.organizations.find(organizationId);
  const guests = withGuest(organization?.guests ?? [], { userId: user.id, roles });
  await reshapeOrganization(access, organizationId, { guests });
}

/**
 * Gives an organization exactly these members. Those who belong to it and are not among them lose their roles. Only within a
 * transaction.
 *
 * @param organization - absent: the installation
 * @throws DomainError `validation-failed`, `forbidden`
 */
export async function setMembers(
  access: AccessPorts,
  caller: Caller,
  organization: Organization | undefined,
  wanted: readonly WantedMember[],
): Promise<void> {
  const users = await allUsers(access);
  const rolesOf = new Map(wanted.map(({ userId, roles }) => [userId, roles]));
  for (const user of users.filter(({ organizationId }) => organizationId === organization?.id))
    await setOwnRoles(access, caller, user, rolesOf.get(user.id) ?? []);
  const others = users.filter(
    ({ id, organizationId }) => organizationId !== organization?.id && rolesOf.has(id),
  );
  if (organization === undefined) {
    if (others.length > 0)
      throw new DomainError(
        'validation-failed',
        `${others.map(({ name }) => name).join(', ')}: belongs to an organization of its own.`,
      );
    return;
  }
  const guests = others.map(({ id }) => ({ userId: id, roles: rolesOf.get(id) ?? [] }));
  await reshapeOrganization(access, organization.id, { guests });
}
