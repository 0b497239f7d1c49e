import { DomainError } from '../errors.js';
import { requireVersion } from '../versions.js';
import { permissionsOf, type Role } from './permissions.js';
import { belongingTo, checkWithin } from './belonging.js';
import { joinOrganization } from './organizations.js';
import type { AccessPorts } from './ports.js';
import { holds, type AccountKeeper } from './principal.js';
import { checkPassword } from './sign-in.js';
import type { User } from './user.js';

/** What a new user is made of. */
export interface UserWish {
  readonly name: string;
  readonly displayName?: string | undefined;
  readonly email?: string | undefined;
  readonly roles: readonly Role[];
  readonly organizationId?: string | undefined;
  readonly password?: string | undefined;
}

/** What can be changed of a user; what is absent stays. */
export interface UserChange {
  readonly displayName?: string | undefined;
  readonly email?: string | undefined;
  readonly roles?: readonly Role[] | undefined;
  readonly disabled?: boolean | undefined;
}

function checkNewPassword(name: string, password: string, pointer: string): void {
  if (password.toLowerCase().includes(name))
    throw new DomainError('validation-failed', 'The password must not contain the name.', {
      errors: [{ pointer, detail: 'contains the name of the user' }],
    });
}

/**
 * Nobody makes, changes or becomes somebody who may do more than they.
 *
 * @throws DomainError `forbidden`
 */
function requireReach(keeper: AccountKeeper, held: readonly Role[], pointer?: string): void {
  if (holds(keeper, permissionsOf(held))) return;
  throw new DomainError('forbidden', 'These roles allow more than you may do yourself.', {
    errors: pointer === undefined ? [] : [{ pointer, detail: 'is more than you hold' }],
  });
}

export async function getUser(ports: Pick<AccessPorts, 'users'>, id: string): Promise<User> {
  const user = await ports.users.find(id);
  if (user) return user;
  throw new DomainError('user-not-found', 'There is no user with this id.');
}

/** @throws DomainError `user-name-in-use`, `validation-failed`, `forbidden` */
export async function createUser(
  ports: AccessPorts,
  keeper: AccountKeeper,
  wish: UserWish,
): Promise<User> {
  requireReach(keeper, wish.roles, '#/roles');
  const organizationId = await belongingTo(ports, wish.organizationId);
  checkWithin(organizationId, permissionsOf(wish.roles), '#/roles');
  const name = wish.name.toLowerCase();
  if (wish.password !== undefined) checkNewPassword(name, wish.password, '#/password');
  return insertUser(ports, { ...wish, name, organizationId });
}

/** @throws DomainError `user-name-in-use` */
export async function insertUser(
  ports: AccessPorts,
  wish: UserWish & Pick<User, 'identity'>,
): Promise<User> {
  const now = ports.now();
  const user: User = {
    id: ports.newId(),
    name: wish.name,
    displayName: wish.displayName,
    email: wish.email,
    organizationId: wish.organizationId,
    identity: wish.identity,
    roles: wish.roles,
    passwordHash:
      wish.password === undefined ? undefined : await ports.passwords.hash(wish.password),
    disabled: false,
    createdAt: now,
    updatedAt: now,
    version: 1,
  };
  await ports.work.transaction(async () => {
    if (user.organizationId !== undefined)
      await joinOrganization(ports.organizations, user.organizationId);
    await ports.users.insert(user);
  });
  return user;
}

/**
 * Changes take effect at once, on open sessions and on API keys too: a disabled user loses all of them, and keys that allow more
 * than the user may do now are revoked.
 */
export const updateUser = (
  ports: AccessPorts,
  keeper: AccountKeeper,
  id: string,
  change: UserChange,
  version: number | undefined,
): Promise<User> =>
  ports.work.transaction(async () => {
    const user = await getUser(ports, id);
    requireReach(keeper, user.roles);
    requireReach(keeper, change.roles ?? [], '#/roles');
    checkWithin(user.organizationId, permissionsOf(change.roles ?? []), '#/roles');
    requireVersion(user, version);
    return renewUser(ports, user, change);
  });

/** Within a transaction: what the user holds is no more than what the user may do now. */
async function renewUser(ports: AccessPorts, user: User, change: UserChange): Promise<User> {
  const next = await ports.users.replace({
    ...user,
    displayName: change.displayName ?? user.displayName,
    email: change.email ?? user.email,
    roles: change.roles ?? user.roles,
    disabled: change.disabled ?? user.disabled,
    updatedAt: ports.now(),
  });
  if (next.disabled) await ports.sessions.removeOf(next.id);
  else await ports.sessions.renew(next);
  await ports.apiKeys.narrow(next.id, next.disabled ? [] : permissionsOf(next.roles));
  return next;
}

/** Gives a user the roles that an identity provider says; in open sessions and for API keys too. */
export const renewRoles = (ports: AccessPorts, id: string, roles: readonly Role[]): Promise<User> =>
  ports.work.transaction(async () => renewUser(ports, await getUser(ports, id), { roles }));

/** Removes a user, its sessions and its API keys. */
export const removeUser = (
  ports: AccessPorts,
  keeper: AccountKeeper,
  id: string,
  version: number | undefined,
): Promise<void> =>
  ports.work.transaction(async () => {
    const user = await getUser(ports, id);
    requireReach(keeper, user.roles);
    requireVersion(user, version);
    await ports.sessions.removeOf(id);
    await ports.apiKeys.narrow(id, []);
    await ports.users.remove(id);
  });

/** Sets the password of somebody else, who is signed out everywhere. */
export async function setPassword(
  ports: AccessPorts,
  keeper: AccountKeeper,
  id: string,
  password: string,
): Promise<void> {
  const { name, roles } = await getUser(ports, id);
  requireReach(keeper, roles);
  checkNewPassword(name, password, '#/password');
  await replacePassword(ports, id, password);
}

/** Signs a user out everywhere. */
export async function endSessions(
  ports: AccessPorts,
  keeper: AccountKeeper,
  id: string,
): Promise<void> {
  requireReach(keeper, (await getUser(ports, id)).roles);
  await ports.sessions.removeOf(id);
}

async function replacePassword(ports: AccessPorts, id: string, password: string): Promise<void> {
  const passwordHash = await ports.passwords.hash(password);
  await ports.work.transaction(async () => {
    const user = await getUser(ports, id);
    await ports.users.replace({ ...user, passwordHash, updatedAt: ports.now() });
    await ports.sessions.removeOf(id);
  });
}

/**
 * Changes one's own password; all sessions end, this one too.
 *
 * @throws DomainError `sign-in-refused` - the present password is wrong; `sign-in-locked`
 */
export async function changePassword(
  ports: AccessPorts,
  id: string,
  present: string,
  next: string,
): Promise<void> {
  const { name } = await getUser(ports, id);
  checkNewPassword(name, next, '#/next');
  await checkPassword(ports, name, present);
  await replacePassword(ports, id, next);
}

/** Name of the first user. */
export const firstUser = 'admin';

/**
 * Makes the first user, `admin`, at the first start: its password is the administrator token of the installation, until changed.
 *
 * @returns whether it was made
 */
export async function ensureFirstUser(ports: AccessPorts, token: string): Promise<boolean> {
  if (await ports.users.any()) return false;
  try {
    await insertUser(ports, { name: firstUser, roles: ['admin'], password: token });
    return true;
  } catch (error) {
    // Another manager was faster.
    if (error instanceof DomainError && error.code === 'user-name-in-use') return false;
    throw error;
  }
}
