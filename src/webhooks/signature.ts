import { createHmac } from 'node:crypto';

/** Name of the header that proves a delivery. */
export const signatureHeader = 'system-manager-signature';

/**
 * Signs a delivery: `t=<unix seconds>,v1=<hexadecimal HMAC-SHA256 of "<t>.<body>">`, one `v1` for each secret that is good.
 */
export function sign(body: string, secrets: readonly string[], nowMs: number): string {
  const seconds = Math.floor(nowMs / 1000);
  const signatures = secrets.map(
    (secret) => `v1=${createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex')}`,
  );
  return [`t=${seconds}`, ...signatures].join(',');
}
