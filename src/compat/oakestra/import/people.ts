/** Users and organizations of an installation of Oakestra, as ours. Pure. */
import { noAmounts, type Guest, type Organization } from '../../../domain/access/organization.js';
import type { Role } from '../../../domain/access/permissions.js';
import type { User } from '../../../domain/access/user.js';
import { isFields, type Fields } from '../../input.js';
import { refuse } from '../../refuse.js';
import { firstPeer, organizationNames, root } from '../people.js';
import { fromPeerRoles } from '../roles.js';
import type { Foreign, Source } from './source.js';

const userName = /^[A-Za-z0-9]([A-Za-z0-9._@-]{0,62}[A-Za-z0-9])?$/;

interface Member {
  readonly userId: string;
  readonly roles: readonly Role[];
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

function membersOf({ member }: Fields): readonly Member[] {
  const list = Array.isArray(member) ? (member as unknown[]) : [];
  return list.filter(isFields).map(({ user_id: userId, roles }) => ({
    userId: textOf(userId),
    roles: fromPeerRoles(Array.isArray(roles) ? (roles as unknown[]) : []),
  }));
}

const isRoot = ({ fields }: Foreign): boolean => fields['name'] === root.name;

const rolesIn = (organization: Foreign | undefined, userId: string): readonly Role[] | undefined =>
  organization && membersOf(organization.fields).find((each) => each.userId === userId)?.roles;

/** Where somebody belongs: to the installation, or to the first organization that has them. */
function homeOf({ organizations }: Source, userId: string) {
  const home = [...organizations]
    .sort((a, b) => Number(isRoot(b)) - Number(isRoot(a)))
    .find((each) => rolesIn(each, userId) !== undefined);
  return {
    organizationId: home === undefined || isRoot(home) ? undefined : home.id,
    roles: rolesIn(home, userId) ?? [],
  };
}

/** Links for passwords lie among the users; they are none. */
export const isUser = ({ fields }: Foreign): boolean => !('token_hash' in fields);

/** @throws DomainError `validation-failed` - it says what is wrong */
export function readUser({ id, fields }: Foreign, source: Source, now: number): User {
  const name = textOf(fields['name']);
  if (!userName.test(name)) refuse('its name has another form than ours');
  const password = textOf(fields['password']);
  const email = textOf(fields['email']);
  return {
    id,
    name: name.toLowerCase(),
    ...(name === name.toLowerCase() || name === firstPeer ? {} : { displayName: name }),
    ...(email === '' ? {} : { email }),
    ...homeOf(source, id),
    ...(password === '' ? {} : { passwordHash: password }),
    disabled: false,
    createdAt: now,
    updatedAt: now,
    version: 1,
  };
}

/** All but the installation itself. @throws DomainError `validation-failed` - it says what is wrong */
export function readOrganization(
  { id, fields }: Foreign,
  source: Source,
  now: number,
): Organization {
  const given = textOf(fields['name']);
  if (given === '') refuse('it has no name');
  const guests: readonly Guest[] = membersOf(fields).filter(
    ({ userId }) => homeOf(source, userId).organizationId !== id,
  );
  return {
    id,
    ...organizationNames(given),
    quota: {},
    guests,
    used: noAmounts,
    createdAt: now,
    updatedAt: now,
    version: 1,
    ledgerVersion: 1,
  };
}

export const isOwnOrganization = (organization: Foreign): boolean => !isRoot(organization);
