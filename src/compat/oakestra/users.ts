/** People: their documents, and what administrators and they themselves change of them. */
import type { AccessPorts } from '../../domain/access/ports.js';
import { checkPassword } from '../../domain/access/sign-in.js';
import type { User } from '../../domain/access/user.js';
import {
  changePassword,
  createUser,
  removeUser,
  setPassword,
  updateUser,
} from '../../domain/access/users.js';
import { DomainError } from '../../domain/errors.js';
import type { Caller } from './guards.js';
import { requiredFields } from './http/body.js';
import { err, obj, Refusal, txt, type Answer } from './http/encodings.js';
import type { CallerRequest, OakRequest, Route } from './http/routes.js';
import { idOf, requiredText, type Fields } from './input.js';
import { setMembership } from './memberships.js';
import {
  allUsers,
  findByPeerName,
  findOrganization,
  membersOf,
  root,
  userDocument,
  unchangedPassword,
} from './people.js';
import { fromPeerRoles, toPeerRoles } from './roles.js';
import { requireAdministratorLeft, requireKeeping } from './keeping.js';

const nameForm = /^[A-Za-z0-9]([A-Za-z0-9._@-]*[A-Za-z0-9])?$/;
const nameMax = 64;
const passwordMax = 256;

const refusal = (status: number, message: string): Refusal => new Refusal(err(status, { message }));

/** @throws Refusal 404 */
async function requireUser(access: AccessPorts, name: string | undefined): Promise<User> {
  const user = await findByPeerName(access.users, name ?? '');
  if (user === undefined) throw refusal(404, 'There is no such user.');
  return user;
}

const textOrNothing = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;

/** @throws Refusal 400 */
function requirePassword(password: string): string {
  if (password !== '' && password.length <= passwordMax) return password;
  throw refusal(400, `A password has 1 to ${passwordMax} characters.`);
}

/** @throws Refusal 400 */
function rolesIn(fields: Fields): readonly unknown[] {
  const { roles } = fields;
  if (Array.isArray(roles)) return roles as readonly unknown[];
  throw refusal(400, 'roles must be a list.');
}

/** @throws Refusal 400, 409 */
async function register(access: AccessPorts, { caller, fields }: CallerRequest): Promise<Answer> {
  if (fields === undefined) throw refusal(400, 'A JSON object is needed.');
  const given = requiredText(fields, 'name');
  const password = requirePassword(requiredText(fields, 'password'));
  const email = requiredText(fields, 'email');
  const roles = fromPeerRoles(rolesIn(fields));
  if (!nameForm.test(given) || given.length > nameMax)
    throw refusal(400, 'A name has letters, digits, and dots, dashes, @ or _ between them.');
  const atRoot = caller.membership.organizationId === undefined;
  const user = await access.work.transaction(async () => {
    const made = await createUser(access, caller.principal, {
      name: given,
      displayName: given === given.toLowerCase() ? undefined : given,
      email: textOrNothing(email),
      password,
      roles: atRoot ? roles : [],
    });
    if (!atRoot) await setMembership(access, caller, made, roles);
    return made;
  });
  return txt({ ...userDocument(user), roles: toPeerRoles(roles) });
}

async function update(
  access: AccessPorts,
  { caller, path, contentType, body }: CallerRequest,
): Promise<Answer> {
  const fields = requiredFields(contentType, body);
  const user = await requireUser(access, path['username']);
  await requireKeeping(access, caller, user);
  const { name, email, password, roles } = fields;
  if (name !== undefined && (typeof name !== 'string' || name.toLowerCase() !== user.name))
    throw refusal(409, 'The name of a user cannot be changed.');
  if (roles !== undefined) {
    const wanted = fromPeerRoles(rolesIn(fields));
    await access.work.transaction(async () => {
      await setMembership(access, caller, user, wanted);
      await requireAdministratorLeft(access);
    });
  }
  if (typeof email === 'string')
    await updateUser(access, caller.principal, user.id, { email }, undefined);
  // Clients send back what they were given where nobody has typed another one.
  if (typeof password === 'string' && password !== '' && password !== unchangedPassword)
    await setPassword(access, caller.principal, user.id, requirePassword(password));
  return txt('ok');
}

/** Everybody whom the caller may know. */
async function knownTo(access: AccessPorts, { membership }: Caller): Promise<readonly User[]> {
  const users = await allUsers(access);
  if (membership.organizationId === undefined) return users;
  const organization = await access.organizations.find(membership.organizationId);
  return membersOf(organization, users).map(({ user }) => user);
}

async function remove(access: AccessPorts, { caller, path }: CallerRequest): Promise<Answer> {
  const user = await requireUser(access, path['username']);
  await requireKeeping(access, caller, user);
  await access.work.transaction(async () => {
    await removeUser(access, caller.principal, user.id, undefined);
    await requireAdministratorLeft(access);
  });
  return txt((await knownTo(access, caller)).map(userDocument));
}

const oldIsWrong = obj({ message: 'Old password is not valid!' }, 400);
const oldIsNew = obj({ message: "Old password can't be the new password!" }, 400);

async function change(access: AccessPorts, request: CallerRequest): Promise<Answer> {
  const { caller, contentType, body } = request;
  const fields = requiredFields(contentType, body);
  const present = requiredText(fields, 'oldPassword');
  const next = requirePassword(requiredText(fields, 'newPassword'));
  try {
    if (present === next) {
      await checkPassword(access, caller.user.name, present);
      return oldIsNew;
    }
    await changePassword(access, caller.user.id, present, next);
  } catch (error) {
    if (error instanceof DomainError && error.code === 'sign-in-refused') return oldIsWrong;
    throw error;
  }
  return obj({});
}

/** Nobody is sent a mail: an administrator sets another password. */
async function requestReset(
  access: AccessPorts,
  { contentType, body }: OakRequest,
): Promise<Answer> {
  const name = requiredText(requiredFields(contentType, body), 'username');
  const user = await findByPeerName(access.users, name);
  return user ? obj({}) : obj({ message: 'User does not exists' }, 404);
}

/** So no link is valid. */
function reset({ contentType, body }: OakRequest): Promise<Answer> {
  const fields = requiredFields(contentType, body);
  requiredText(fields, 'token');
  requiredText(fields, 'password');
  return Promise.resolve(obj({ message: 'Link invalid! Please request a new one!' }, 400));
}

/** @throws Refusal 400 */
async function listMembers(access: AccessPorts, { caller, path }: CallerRequest): Promise<Answer> {
  const id = idOf(path['organizationId']);
  if (id === undefined) throw refusal(400, 'The id of an organization has 24 hexadecimal digits.');
  const { organization: own, organizationId } = caller.membership;
  const organization = id === root.id ? undefined : await findOrganization(access, id);
  const visible = organizationId === undefined || id === own;
  if (!visible || (organization === undefined && id !== root.id)) return txt([]);
  const members = membersOf(organization, await allUsers(access));
  return txt(members.map(({ user, roles }) => ({ ...userDocument(user), roles })));
}

export const userRoutes = (access: AccessPorts): readonly Route[] => [
  {
    id: 'oakestraRegister',
    method: 'POST',
    path: '/api/auth/register',
    guard: 'jwt',
    admin: true,
    body: 'checked',
    handle: (request) => register(access, request),
  },
  {
    id: 'oakestraGetPermission',
    method: 'GET',
    path: '/api/permission/:username',
    guard: 'auth',
    self: true,
    handle: ({ caller }) => Promise.resolve(obj({ roles: toPeerRoles(caller.membership.roles) })),
  },
  {
    id: 'oakestraGetUser',
    method: 'GET',
    path: '/api/user/:username',
    guard: 'auth',
    self: true,
    handle: ({ caller }) => {
      const roles = toPeerRoles(caller.membership.roles);
      return Promise.resolve(txt({ ...userDocument(caller.user), roles }));
    },
  },
  {
    id: 'oakestraUpdateUser',
    method: 'PUT',
    path: '/api/user/:username',
    guard: 'auth',
    admin: true,
    handle: (request) => update(access, request),
  },
  {
    id: 'oakestraDeleteUser',
    method: 'DELETE',
    path: '/api/user/:username',
    guard: 'auth',
    admin: true,
    handle: (request) => remove(access, request),
  },
  {
    id: 'oakestraChangePassword',
    method: 'POST',
    path: '/api/user/:username',
    guard: 'auth',
    self: true,
    handle: (request) => change(access, request),
  },
  {
    id: 'oakestraRequestReset',
    method: 'POST',
    path: '/api/user/',
    guard: 'public',
    handle: (request) => requestReset(access, request),
  },
  {
    id: 'oakestraReset',
    method: 'PUT',
    path: '/api/user/',
    guard: 'public',
    handle: reset,
  },
  {
    id: 'oakestraListUsers',
    method: 'GET',
    path: '/api/users/',
    guard: 'auth',
    admin: true,
    handle: async ({ caller }) => txt((await knownTo(access, caller)).map(userDocument)),
  },
  {
    id: 'oakestraListMembers',
    method: 'GET',
    path: '/api/users/:organizationId',
    guard: 'auth',
    admin: true,
    handle: (request) => listMembers(access, request),
  },
];
