import { belongingTo } from '../access/belonging.js';
import { joinOrganization } from '../access/organizations.js';
import type { AccessPorts } from '../access/ports.js';
import { DomainError } from '../errors.js';
import { requireVersion } from '../versions.js';
import type { WebhookPorts } from './ports.js';
import type { DeadLetter, Webhook } from './webhook.js';

/** What a new webhook is made of. */
export interface WebhookWish {
  readonly name?: string | undefined;
  readonly url: string;
  readonly types: readonly string[];
  readonly organizationId?: string | undefined;
}

/** What can be changed; what is absent stays. */
export interface WebhookChange {
  readonly name?: string | undefined;
  readonly url?: string | undefined;
  readonly types?: readonly string[] | undefined;
  readonly enabled?: boolean | undefined;
}

/** Of one organization, or of the installation. */
const webhooksMax = 20;
/** How long deliveries are signed with the secret before, too. */
const overlapMs = 24 * 3_600_000;

const newSecret = (ports: WebhookPorts): string => `sms_${ports.secrets.randomText()}`;

/** @throws DomainError `validation-failed` */
function checkUrl(url: string): void {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  const detail =
    parsed === undefined || !['http:', 'https:'].includes(parsed.protocol)
      ? 'is no address that begins with http:// or https://'
      : parsed.username !== '' || parsed.password !== '' || parsed.hash !== ''
        ? 'has a name, a password or a fragment in it'
        : undefined;
  if (detail !== undefined)
    throw new DomainError('validation-failed', 'Nothing can be delivered to this address.', {
      errors: [{ pointer: '#/url', detail }],
    });
}

/** @throws DomainError `webhook-not-found` */
export async function getWebhook(
  { webhooks }: Pick<WebhookPorts, 'webhooks'>,
  id: string,
): Promise<Webhook> {
  const webhook = await webhooks.find(id);
  if (webhook) return webhook;
  throw new DomainError('webhook-not-found', 'There is no webhook with this id.');
}

/**
 * Events from now on are delivered.
 *
 * @returns the webhook and its secret in clear, which is shown once
 * @throws DomainError `validation-failed`, `too-many-webhooks`
 */
export async function createWebhook(
  ports: WebhookPorts,
  wish: WebhookWish,
): Promise<{ webhook: Webhook; secret: string }> {
  checkUrl(wish.url);
  const organizationId = await belongingTo(ports, wish.organizationId);
  const now = ports.now();
  const secret = newSecret(ports);
  const { last: cursor } = await ports.events.bounds();
  const webhook: Webhook = {
    id: ports.newId(),
    organizationId,
    name: wish.name,
    url: wish.url,
    types: wish.types,
    sealedSecret: ports.secrets.seal(secret),
    enabled: true,
    createdAt: now,
    updatedAt: now,
    version: 1,
    progress: { cursor, failures: 0 },
  };
  await ports.work.transaction(async () => {
    if (organizationId !== undefined) await joinOrganization(ports.organizations, organizationId);
    if ((await ports.webhooks.count(organizationId)) >= webhooksMax)
      throw new DomainError('too-many-webhooks', `There may be ${webhooksMax}; remove one first.`);
    await ports.webhooks.insert(webhook);
  });
  return { webhook, secret };
}

const change = (
  ports: WebhookPorts,
  id: string,
  version: number | undefined,
  rule: (webhook: Webhook) => Webhook,
): Promise<Webhook> =>
  ports.work.transaction(async () => {
    const webhook = await getWebhook(ports, id);
    requireVersion(webhook, version);
    return ports.webhooks.replace({ ...rule(webhook), updatedAt: ports.now() });
  });

/**
 * Another address, other types, or switching it on or off. One that is switched on again goes on where it was.
 *
 * @throws DomainError `webhook-not-found`, `version-mismatch`, `validation-failed`
 */
export function updateWebhook(
  ports: WebhookPorts,
  id: string,
  { name, url, types, enabled }: WebhookChange,
  version: number | undefined,
): Promise<Webhook> {
  if (url !== undefined) checkUrl(url);
  return change(ports, id, version, (webhook) => ({
    ...webhook,
    name: name ?? webhook.name,
    url: url ?? webhook.url,
    types: types ?? webhook.types,
    enabled: enabled ?? webhook.enabled,
  }));
}

/**
 * Gives it another secret. For a day deliveries are signed with both.
 *
 * @returns the secret in clear, which is shown once
 * @throws DomainError `webhook-not-found`
 */
export async function rotateWebhookSecret(
  ports: WebhookPorts,
  id: string,
): Promise<{ webhook: Webhook; secret: string }> {
  const secret = newSecret(ports);
  const webhook = await change(ports, id, undefined, (before) => ({
    ...before,
    sealedSecret: ports.secrets.seal(secret),
    previous: { sealedSecret: before.sealedSecret, until: ports.now() + overlapMs },
  }));
  return { webhook, secret };
}

/** @throws DomainError `webhook-not-found`, `version-mismatch` */
export const removeWebhook = (
  ports: WebhookPorts,
  id: string,
  version: number | undefined,
): Promise<void> =>
  ports.work.transaction(async () => {
    requireVersion(await getWebhook(ports, id), version);
    await ports.webhooks.remove(id);
  });

/**
 * Delivers once more what was given up, beside all other deliveries, and forgets it when it was taken.
 *
 * @throws DomainError `webhook-not-found`, `dead-letter-not-found`, `delivery-failed`
 */
export async function redeliver(
  ports: WebhookPorts,
  webhookId: string,
  letterId: string,
): Promise<void> {
  const webhook = await getWebhook(ports, webhookId);
  const letter = await ports.deadLetters.find(webhookId, letterId);
  if (letter === undefined)
    throw new DomainError('dead-letter-not-found', 'There is no dead letter with this id.');
  const reason = await ports.courier.deliver(webhook, letter.id, letter.events);
  if (reason !== undefined) throw new DomainError('delivery-failed', `The receiver ${reason}.`);
  await ports.deadLetters.remove(letter.id);
}

/** The dead letters of a webhook that the caller can see. @throws DomainError `webhook-not-found` */
export async function listDeadLetters(
  ports: WebhookPorts,
  webhookId: string,
  page: Parameters<WebhookPorts['deadLetters']['list']>[1],
): Promise<{ readonly items: readonly DeadLetter[]; readonly next?: string | undefined }> {
  await getWebhook(ports, webhookId);
  return ports.deadLetters.list(webhookId, page);
}

/** The same ports, narrowed to what somebody of the organization can see. */
export function webhooksOf(
  ports: WebhookPorts,
  organizationId: AccessPorts['organizationId'],
): WebhookPorts {
  if (organizationId === undefined) return ports;
  const { webhooks } = ports;
  return {
    ...ports,
    organizationId,
    webhooks: {
      ...webhooks,
      find: async (id) => {
        const webhook = await webhooks.find(id);
        return webhook?.organizationId === organizationId ? webhook : undefined;
      },
      list: (filter, page) => webhooks.list({ ...filter, organizationId }, page),
    },
  };
}
