import { DomainError } from '../errors.js';
import type { ApiKey } from './api-key.js';
import type { Permission } from './permissions.js';
import { belongingTo, checkWithin } from './belonging.js';
import { joinOrganization } from './organizations.js';
import type { AccessPorts } from './ports.js';
import { holds, type AccountKeeper } from './principal.js';

/** What a new key is made of. */
export interface ApiKeyWish {
  readonly name: string;
  readonly permissions: readonly Permission[];
  /** How long it is good, in days. */
  readonly days: number;
  readonly organizationId?: string | undefined;
}

const dayMs = 24 * 3_600_000;

const ownerOf = (maker: AccountKeeper): string | undefined =>
  maker.kind === 'user' ? maker.userId : undefined;

/** @throws DomainError `forbidden` - nobody gives away what is not theirs; `validation-failed` */
export async function createApiKey(
  ports: AccessPorts,
  maker: AccountKeeper,
  wish: ApiKeyWish,
): Promise<{ apiKey: ApiKey; key: string }> {
  if (!holds(maker, wish.permissions))
    throw new DomainError('forbidden', 'A key cannot be allowed more than its maker.', {
      errors: [{ pointer: '#/permissions', detail: 'has some that you do not hold yourself' }],
    });
  const organizationId = await belongingTo(ports, wish.organizationId);
  checkWithin(organizationId, wish.permissions, '#/permissions');
  const now = ports.now();
  const id = ports.newId();
  const key = `smk_${id}_${ports.secrets.randomText()}`;
  const apiKey: ApiKey = {
    id,
    name: wish.name,
    permissions: wish.permissions,
    keyHash: ports.secrets.hash(key),
    organizationId,
    ownerId: ownerOf(maker),
    createdAt: now,
    expiresAt: now + wish.days * dayMs,
  };
  await ports.work.transaction(async () => {
    if (organizationId !== undefined) await joinOrganization(ports.organizations, organizationId);
    await ports.apiKeys.insert(apiKey);
  });
  return { apiKey, key };
}

/** People see their own keys; who may change users sees all. */
export const visibleOwner = (principal: AccountKeeper): string | undefined =>
  holds(principal, ['users:write']) ? undefined : ownerOf(principal);

/** @throws DomainError `api-key-not-found` - also for the key of somebody else */
export async function revokeApiKey(
  ports: AccessPorts,
  principal: AccountKeeper,
  id: string,
): Promise<void> {
  const key = await ports.apiKeys.find(id);
  const owner = visibleOwner(principal);
  if (key === undefined || (owner !== undefined && key.ownerId !== owner))
    throw new DomainError('api-key-not-found', 'There is no API key with this id.');
  await ports.apiKeys.remove(id);
}
