/** What can be allowed; `security` of each operation in the contract names what it needs. */
export const permissions = [
  'clusters:read',
  'clusters:write',
  'services:read',
  'services:write',
  'events:read',
  'webhooks:write',
  'schedulers:read',
  'users:read',
  'users:write',
  'keys:write',
  'organizations:read',
  'organizations:write',
  'system:read',
  'system:write',
] as const;

export type Permission = (typeof permissions)[number];

/** What people are; each role is a set of permissions. */
export const roles = [
  'admin',
  'organizationAdmin',
  'applicationProvider',
  'infrastructureProvider',
  'viewer',
] as const;

export type Role = (typeof roles)[number];

const readings = [
  'clusters:read',
  'services:read',
  'events:read',
  'schedulers:read',
  'organizations:read',
] as const satisfies readonly Permission[];

const allowedTo: Readonly<Record<Role, readonly Permission[]>> = {
  admin: permissions,
  organizationAdmin: [
    ...readings,
    'clusters:write',
    'services:write',
    'users:read',
    'users:write',
    'keys:write',
    'webhooks:write',
  ],
  applicationProvider: [...readings, 'services:write', 'keys:write'],
  infrastructureProvider: [...readings, 'clusters:write', 'keys:write'],
  viewer: readings,
};

/** All that the roles allow together, in the order of `permissions`. */
export const permissionsOf = (held: readonly Role[]): readonly Permission[] => {
  const allowed = new Set(held.flatMap((role) => allowedTo[role]));
  return permissions.filter((permission) => allowed.has(permission));
};

/** The most that somebody who belongs to an organization may hold. */
export const permissionsWithin: readonly Permission[] = permissionsOf(['organizationAdmin']);
