/** Puts together what brings events to others: the sender, and the dispatcher of the leader. */
import { hkdfSync } from 'node:crypto';
import type { Logger } from 'pino';
import type { WebhookPorts } from './domain/webhook/ports.js';
import type { Companion } from './duties.js';
import { sealJson, unsealJson } from './sealing.js';
import { secrets } from './secrets.js';
import type { Store } from './store/store.js';
import { Dispatcher } from './webhooks/dispatcher.js';
import { Sender } from './webhooks/sender.js';
import { parseNetworks } from './networks.js';

export interface HookOptions {
  readonly store: Store;
  readonly adminToken: string;
  readonly logger: Logger;
  /** Networks that are delivered to although they are not public (CIDR), with commas between them. */
  readonly webhookNetworks?: string | undefined;
  /** Tests do not wait as long. */
  readonly webhookTiming?: { readonly timeoutMs?: number; readonly everyMs?: number } | undefined;
  readonly now: () => number;
  readonly newId: () => string;
}

export interface Hooks {
  readonly ports: WebhookPorts;
  /** What only the leader does for them. */
  readonly companion: Companion;
  close(): Promise<void>;
}

export function buildHooks(options: HookOptions): Hooks {
  const { store, now, newId } = options;
  const key = Buffer.from(
    hkdfSync('sha256', options.adminToken, '', 'system-manager webhook secrets', 32),
  );
  const courier = new Sender({
    allowed: parseNetworks(options.webhookNetworks ?? ''),
    timeoutMs: options.webhookTiming?.timeoutMs,
    now,
    unseal: (sealed) => {
      try {
        return String(unsealJson(sealed, key));
      } catch {
        // Sealed under another administrator token: the webhook needs another secret.
        return undefined;
      }
    },
  });
  const dispatcher = new Dispatcher({
    webhooks: store.webhooks,
    events: store.events,
    courier,
    now,
    newId,
    random: Math.random,
    everyMs: options.webhookTiming?.everyMs,
    logger: options.logger.child({ room: 'webhooks' }),
  });
  return {
    ports: {
      webhooks: store.webhooks,
      deadLetters: store.deadLetters,
      organizations: store.access.organizations,
      events: store.events,
      work: store.transactions,
      courier,
      now,
      newId,
      secrets: { randomText: secrets.randomText, seal: (secret) => sealJson(secret, key) },
    },
    companion: dispatcher,
    close: () => courier.close(),
  };
}
