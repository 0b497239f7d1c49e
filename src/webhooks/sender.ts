/** Sends one delivery: signed, to outward addresses only, without following redirects, bounded in time and in what comes back. */
import type { Dispatcher } from 'undici';
import type { DomainEvent } from '../domain/event/event.js';
import type { Courier } from '../domain/webhook/ports.js';
import type { Webhook } from '../domain/webhook/webhook.js';
import { toEvent } from '../wire/event.js';
import type { Networks } from '../networks.js';
import { AddressRefused, checkLiteral, guardedLookup } from './guard.js';
import { sign, signatureHeader } from './signature.js';

export interface SenderOptions {
  /** Networks that are delivered to although they are not public. */
  readonly allowed: Networks;
  /** @returns the secret in clear; nothing when it was sealed with another key */
  readonly unseal: (sealed: string) => string | undefined;
  readonly now: () => number;
  /** Until an answer is complete. @defaultValue 10 s */
  readonly timeoutMs?: number | undefined;
  readonly lookup?: ReturnType<typeof guardedLookup> | undefined;
}

const timeoutMsDefault = 10_000;
const connectMsMax = 5_000;
const answerBytesMax = 64 * 1024;
const connectionsMax = 2;

export class Sender implements Courier {
  readonly #options: SenderOptions;
  readonly #timeoutMs: number;
  #agent: Promise<Dispatcher> | undefined;

  constructor(options: SenderOptions) {
    this.#options = options;
    this.#timeoutMs = options.timeoutMs ?? timeoutMsDefault;
  }

  /** Made with the first delivery: most have no webhooks, and loading what is needed takes a start 80 ms. */
  async #makeAgent(): Promise<Dispatcher> {
    const { Agent } = await import('undici');
    const { allowed, lookup = guardedLookup(allowed) } = this.#options;
    return new Agent({
      connections: connectionsMax,
      pipelining: 1,
      connect: { timeout: Math.min(connectMsMax, this.#timeoutMs), lookup },
      headersTimeout: this.#timeoutMs,
      bodyTimeout: this.#timeoutMs,
      maxResponseSize: answerBytesMax,
    });
  }

  async deliver(
    webhook: Webhook,
    deliveryId: string,
    events: readonly DomainEvent[],
  ): Promise<string | undefined> {
    const secrets = this.#secretsOf(webhook);
    if (secrets.length === 0) return 'cannot be proved to: its secret is lost; make another one';
    const body = JSON.stringify({
      deliveryId,
      webhookId: webhook.id,
      events: events.map(toEvent),
    });
    try {
      checkLiteral(webhook.url, this.#options.allowed);
      const { request } = await import('undici');
      this.#agent ??= this.#makeAgent();
      const answer = await request(webhook.url, {
        dispatcher: await this.#agent,
        method: 'POST',
        body,
        signal: AbortSignal.timeout(this.#timeoutMs),
        headers: {
          'content-type': 'application/json',
          'user-agent': 'system-manager',
          'system-manager-delivery': deliveryId,
          [signatureHeader]: sign(body, secrets, this.#options.now()),
        },
      });
      await answer.body.text();
      const { statusCode } = answer;
      return statusCode >= 200 && statusCode < 300 ? undefined : `answered with ${statusCode}`;
    } catch (error) {
      return reasonOf(error);
    }
  }

  async close(): Promise<void> {
    await (await this.#agent)?.destroy();
  }

  #secretsOf({ sealedSecret, previous }: Webhook): readonly string[] {
    const { unseal, now } = this.#options;
    const sealed = [
      sealedSecret,
      ...(previous !== undefined && previous.until > now() ? [previous.sealedSecret] : []),
    ];
    return sealed.map(unseal).filter((each) => each !== undefined);
  }
}

/** In words that tell nothing of the network of this machine. */
function reasonOf(error: unknown): string {
  if (error instanceof AddressRefused) return error.message;
  const { name, code } = error as { readonly name?: string; readonly code?: string };
  if (name === 'TimeoutError' || code?.endsWith('_TIMEOUT') === true)
    return 'did not answer in time';
  if (code === 'UND_ERR_RES_EXCEEDED_MAX_SIZE') return 'answered with too much';
  return 'cannot be reached';
}
