import { hash, verify, type Options } from '@node-rs/argon2';
import { DomainError } from '../domain/errors.js';
import type { Passwords } from '../domain/access/ports.js';
import { isWerkzeugHash, verifyWerkzeug } from './werkzeug-passwords.js';

/** Argon2id (the library's default) with 19 MiB, two passes, one lane: the second choice of the OWASP password storage sheet; about 50 ms. */
const cost: Options = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };
/** Hashing takes a core and memory, so a flood of sign-ins must not take all of them. */
const atOnceMax = 2;
const waitingMax = 64;

/** Takes turns: a few at once, some waiting, the rest refused. */
class Turns {
  #free = atOnceMax;
  readonly #waiting: (() => void)[] = [];

  async take<T>(work: () => Promise<T>): Promise<T> {
    await this.#turn();
    try {
      return await work();
    } finally {
      const next = this.#waiting.shift();
      if (next) next();
      else this.#free += 1;
    }
  }

  #turn(): Promise<void> {
    if (this.#free > 0) {
      this.#free -= 1;
      return Promise.resolve();
    }
    if (this.#waiting.length >= waitingMax)
      throw new DomainError('overloaded', 'Too many people sign in at once; try again.', {
        retryAfterSeconds: 2,
      });
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
    });
  }
}

/** Passwords hashed with argon2id; those of another make that were imported are read as they are. */
export function createPasswords(): Passwords {
  const turns = new Turns();
  /** Hash of something nobody knows: a name that nobody has costs the same time as a wrong password. */
  let nobody: Promise<string> | undefined;
  return {
    hash: (password) => turns.take(() => hash(password, cost)),
    async verify(given, password) {
      nobody ??= hash(crypto.randomUUID(), cost);
      const against = given ?? (await nobody);
      const right = await turns.take(() =>
        isWerkzeugHash(against) ? verifyWerkzeug(against, password) : verify(against, password),
      );
      return right && given !== undefined;
    },
  };
}
