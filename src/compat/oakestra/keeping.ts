/** Whom somebody may change, and who must be left. */
import type { AccessPorts } from '../../domain/access/ports.js';
import type { User } from '../../domain/access/user.js';
import { DomainError } from '../../domain/errors.js';
import type { Caller } from './guards.js';
import { allOrganizations, allUsers, membershipIn } from './people.js';

/**
 * An administrator of the installation keeps everybody; one of an organization only those who are nothing anywhere else: a password is
 * good everywhere.
 *
 * @throws DomainError `forbidden`
 */
export async function requireKeeping(
  access: AccessPorts,
  { membership: { organizationId } }: Caller,
  user: User,
): Promise<void> {
  if (organizationId === undefined) return;
  const elsewhere = (await allOrganizations(access)).some(
    (each) => each.id !== organizationId && membershipIn(each, user) !== undefined,
  );
  const atRoot = user.organizationId === undefined && user.roles.length > 0;
  const own = await access.organizations.find(organizationId);
  if (own !== undefined && membershipIn(own, user) !== undefined && !elsewhere && !atRoot) return;
  throw new DomainError('forbidden', 'This user is kept by somebody else.');
}

/** @throws DomainError `illegal-transition` - nobody would be administrator of the installation any more */
export async function requireAdministratorLeft(access: AccessPorts): Promise<void> {
  const left = (await allUsers(access)).some(
    ({ organizationId, roles, disabled }) =>
      organizationId === undefined && !disabled && roles.includes('admin'),
  );
  if (!left) throw new DomainError('illegal-transition', 'The last administrator has to stay one.');
}
