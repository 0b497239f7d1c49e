import type { components } from '@system-manager/client';
import { PagedList } from '../live/paged-list.js';
import type { Connection } from '../session/connection.js';

export type User = components['schemas']['User'];
export type ApiKey = components['schemas']['ApiKey'];
export type Role = components['schemas']['Role'];
export type Permission = components['schemas']['Permission'];

/** People and keys are no part of the history, so these lists change only when they are read anew. */
const never = () => false;

export const userList = ({ client, live }: Connection) =>
  new PagedList<User>(live, {
    load: (cursor, signal) => {
      const query = { limit: 100, ...(cursor && { cursor }) };
      return client.get('/api/v1/users', { params: { query }, signal });
    },
    concerns: never,
  });

export const keyList = ({ client, live }: Connection) =>
  new PagedList<ApiKey>(live, {
    load: (cursor, signal) => {
      const query = { limit: 100, ...(cursor && { cursor }) };
      return client.get('/api/v1/api-keys', { params: { query }, signal });
    },
    concerns: never,
  });

export const roles: readonly Role[] = [
  'viewer',
  'applicationProvider',
  'infrastructureProvider',
  'organizationAdmin',
  'admin',
];

export const permissions: readonly Permission[] = [
  'clusters:read',
  'clusters:write',
  'services:read',
  'services:write',
  'events:read',
  'schedulers:read',
  'users:read',
  'organizations:read',
  'system:read',
];
