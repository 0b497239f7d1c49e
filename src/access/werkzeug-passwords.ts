/** Passwords that an installation of Oakestra has hashed. They are read, never made. */
import { pbkdf2, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';

const derive = promisify(pbkdf2);

/** What a hash says of itself must not keep a core busy for minutes. */
const iterationsMax = 2_000_000;
const form = /^pbkdf2:sha256:(\d{1,7})\$([^$]{1,64})\$([0-9a-f]{64})$/;

export const isWerkzeugHash = (hash: string): boolean => hash.startsWith('pbkdf2:');

/** The salt is used as the text that it is. */
export async function verifyWerkzeug(hash: string, password: string): Promise<boolean> {
  const [, count, salt = '', digest = ''] = form.exec(hash) ?? [];
  const iterations = Number(count);
  if (!Number.isInteger(iterations) || iterations < 1 || iterations > iterationsMax) return false;
  const expected = Buffer.from(digest, 'hex');
  const derived = await derive(password, salt, iterations, expected.length, 'sha256');
  return timingSafeEqual(derived, expected);
}
