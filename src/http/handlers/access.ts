import type { ApiKey } from '../../domain/access/api-key.js';
import { createApiKey, revokeApiKey, visibleOwner } from '../../domain/access/api-keys.js';
import { permissionsOf, type Permission, type Role } from '../../domain/access/permissions.js';
import type { AccessPorts } from '../../domain/access/ports.js';
import { refreshSession, signIn, type SignedIn } from '../../domain/access/sign-in.js';
import { accessFor } from '../../domain/access/tenancy.js';
import type { User } from '../../domain/access/user.js';
import {
  changePassword,
  createUser,
  endSessions,
  getUser,
  removeUser,
  setPassword,
  updateUser,
} from '../../domain/access/users.js';
import { defined, toTimestamp } from '../../wire/values.js';
import type { Handlers, Schema } from '../contract.js';
import { fromPage, toPageRequest } from '../paging.js';
import { etag, expectedVersion, type Same } from '../views.js';

/** Pins roles and permissions of the domain to those of the contract, both ways. */
export const rolesArePinned: Same<Role, Schema<'Role'>> = true;
export const permissionsArePinned: Same<Permission, Schema<'Permission'>> = true;

const toUser = (user: User): Schema<'User'> => ({
  ...defined({ displayName: user.displayName, organizationId: user.organizationId }),
  id: user.id,
  name: user.name,
  roles: [...user.roles],
  permissions: [...permissionsOf(user.roles)],
  disabled: user.disabled,
  createdAt: toTimestamp(user.createdAt),
  updatedAt: toTimestamp(user.updatedAt),
  version: user.version,
});

export const toSignedIn = (held: SignedIn): Schema<'SignedIn'> => ({
  accessToken: held.accessToken,
  accessTokenExpiresAt: toTimestamp(held.accessTokenExpiresAt),
  refreshToken: held.refreshToken,
  refreshTokenExpiresAt: toTimestamp(held.refreshTokenExpiresAt),
  user: toUser(held.user),
});

const toApiKey = (key: ApiKey): Schema<'ApiKey'> => ({
  ...defined({ ownerId: key.ownerId, organizationId: key.organizationId }),
  id: key.id,
  name: key.name,
  permissions: [...key.permissions],
  createdAt: toTimestamp(key.createdAt),
  expiresAt: toTimestamp(key.expiresAt),
  ...(key.lastUsedAt === undefined ? {} : { lastUsedAt: toTimestamp(key.lastUsedAt) }),
});

const nothing = { status: 204, body: undefined } as const;

/** What can be asked of the keys that sign. */
export interface PublishedKeys {
  published(): Promise<readonly object[]>;
}

/** Signing in and out. */
export const sessionHandlers = (ports: AccessPorts, keys: PublishedKeys) =>
  ({
    signIn: async ({ body }) => ({
      status: 201,
      body: toSignedIn(await signIn(ports, body.name, body.password)),
    }),
    refreshSession: async ({ body }) => ({
      status: 200,
      body: toSignedIn(await refreshSession(ports, body.refreshToken)),
    }),
    signOut: async ({ principal }) => {
      await ports.sessions.remove(principal.sessionId);
      return nothing;
    },
    getKeySet: async () => ({
      status: 200,
      body: { keys: (await keys.published()) as Schema<'PublicKey'>[] },
    }),
  }) satisfies Partial<Handlers>;

/** People. */
export const userHandlers = (access: AccessPorts) => {
  const answer = (user: User) => ({
    status: 200 as const,
    headers: { ETag: etag(user) },
    body: toUser(user),
  });
  return {
    getMe: async ({ principal }) => answer(await getUser(access, principal.userId)),
    changePassword: async ({ principal, body }) => {
      await changePassword(access, principal.userId, body.present, body.next);
      return nothing;
    },
    listUsers: async ({ principal, query }) => ({
      status: 200,
      body: fromPage(
        await accessFor(access, principal).users.list({}, toPageRequest(query)),
        toUser,
      ),
    }),
    createUser: async ({ principal, body }) => {
      const user = await createUser(accessFor(access, principal), principal, body);
      return {
        status: 201,
        headers: { Location: `/api/v1/users/${user.id}`, ETag: etag(user) },
        body: toUser(user),
      };
    },
    getUser: async ({ principal, path }) =>
      answer(await getUser(accessFor(access, principal), path.userId)),
    updateUser: async ({ principal, path, header, body }) => {
      const version = expectedVersion(header['If-Match']);
      return answer(
        await updateUser(
          accessFor(access, principal),
          principal,
          path.userId,
          defined(body),
          version,
        ),
      );
    },
    removeUser: async ({ principal, path, header }) => {
      const version = expectedVersion(header['If-Match']);
      await removeUser(accessFor(access, principal), principal, path.userId, version);
      return nothing;
    },
    setPassword: async ({ principal, path, body }) => {
      await setPassword(accessFor(access, principal), principal, path.userId, body.password);
      return nothing;
    },
    endSessions: async ({ principal, path }) => {
      await endSessions(accessFor(access, principal), principal, path.userId);
      return nothing;
    },
  } satisfies Partial<Handlers>;
};

/** Programs. */
export const apiKeyHandlers = (access: AccessPorts) =>
  ({
    listApiKeys: async ({ principal, query }) => {
      const page = await accessFor(access, principal).apiKeys.list(
        { ownerId: visibleOwner(principal) },
        toPageRequest(query),
      );
      return { status: 200, body: fromPage(page, toApiKey) };
    },
    createApiKey: async ({ principal, body }) => {
      const { apiKey, key } = await createApiKey(accessFor(access, principal), principal, body);
      return { status: 201, body: { apiKey: toApiKey(apiKey), key } };
    },
    revokeApiKey: async ({ principal, path }) => {
      await revokeApiKey(accessFor(access, principal), principal, path.keyId);
      return nothing;
    },
  }) satisfies Partial<Handlers>;
