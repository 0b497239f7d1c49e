/** What stands before a socket: who asks for one, how often, and what those are told who get none. */
import { STATUS_CODES, type IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { principalName, type Authenticator, type Principal } from '../domain/access/principal.js';
import { DomainError, errorCatalogue, type ErrorCode } from '../domain/errors.js';
import { requireRate, type RateLimits, type RateVerdict } from '../domain/limits/rate-limits.js';
import { limitKey } from '../remote-address.js';
import { rateHeaders } from '../wire/rate-headers.js';
import { Turns } from './turns.js';

export interface UpgradeOptions {
  readonly authenticator: Authenticator;
  readonly rates: RateLimits;
  /** Address of whoever asks, without the proxies between. */
  readonly addressOf: (request: IncomingMessage) => string;
  /** Milliseconds of a clock that does not go back. */
  readonly monotonic: () => number;
  /** @throws DomainError `rate-limited` - too many connections from there */
  readonly checkConnection: (request: IncomingMessage) => void;
}

/** Upgrade requests whose token is being looked up. */
const atOnceMax = 500;
const retryAfterSeconds = 2;
/** How many begin a session in a second when 10,000 come at once, on two cores. */
const admittedPerSecond = 400;

const refusalStatus: Readonly<Partial<Record<ErrorCode, number>>> = {
  unauthenticated: 401,
  forbidden: 403,
  'route-not-found': 404,
  'upgrade-required': 426,
  'rate-limited': 429,
  overloaded: 503,
  'shutting-down': 503,
  unavailable: 503,
};

const bearer = /^Bearer ([\x21-\x7e]{1,2000})$/;

/** Answers an upgrade request with a problem document instead of a socket. */
export function refuse(socket: Duplex & { destroySoon?: () => void }, error: DomainError): void {
  const status = refusalStatus[error.code] ?? 500;
  const body = JSON.stringify({
    type: `/problems/${error.code}`,
    title: errorCatalogue[error.code].title,
    status,
    detail: error.detail,
  });
  const wait = Math.ceil(error.retryAfterSeconds ?? retryAfterSeconds);
  const limit = error instanceof LimitError ? rateHeaders(error.verdict) : {};
  const headers = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`,
    'Content-Type: application/problem+json',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close',
    ...(status === 401 ? ['WWW-Authenticate: Bearer'] : []),
    ...(errorCatalogue[error.code].retryable ? [`Retry-After: ${wait}`] : []),
    ...Object.entries(limit).map(([name, value]) => `${name}: ${value}`),
  ];
  // Whoever keeps its own half open would keep the connection for ever.
  socket.end(`${headers.join('\r\n')}\r\n\r\n${body}`, () => socket.destroySoon?.());
}

/** A refusal for a limit, with the limit. */
class LimitError extends DomainError {
  constructor(
    { detail, retryAfterSeconds: seconds }: DomainError,
    readonly verdict: RateVerdict,
  ) {
    super('rate-limited', detail, seconds === undefined ? {} : { retryAfterSeconds: seconds });
  }
}

function within(verdict: RateVerdict | undefined): void {
  try {
    requireRate(verdict);
  } catch (error) {
    if (verdict && error instanceof DomainError) throw new LimitError(error, verdict);
    throw error;
  }
}

/** Finds out who asks for a socket, as often as they may ask. */
export class Upgrades {
  readonly #options: UpgradeOptions;
  readonly #turns = new Turns(admittedPerSecond, retryAfterSeconds);
  #underWay = 0;

  constructor(options: UpgradeOptions) {
    this.#options = options;
  }

  /**
   * @throws DomainError `rate-limited` - too many of this address, or of this cluster
   * @throws DomainError `overloaded` - too many at once
   * @throws DomainError `unauthenticated` - no token, or one that nobody knows
   */
  async admit(request: IncomingMessage): Promise<Principal> {
    const { rates, addressOf, checkConnection, monotonic } = this.#options;
    checkConnection(request);
    const key = limitKey(addressOf(request));
    within(rates.take('connect', key));
    within(rates.look('unproven', key));
    if (this.#underWay >= atOnceMax)
      throw new DomainError('overloaded', 'Too many ask for a socket at once; come back soon.', {
        retryAfterSeconds: this.#turns.next(monotonic()),
      });
    this.#underWay += 1;
    try {
      const principal = await this.#authenticate(request);
      if (principal === undefined) {
        rates.take('unproven', key);
        throw new DomainError('unauthenticated', 'Send Authorization: Bearer with a valid token.');
      }
      if (principal.kind === 'cluster') within(rates.take('session', principalName(principal)));
      return principal;
    } finally {
      this.#underWay -= 1;
    }
  }

  async #authenticate({ headers }: IncomingMessage): Promise<Principal | undefined> {
    const token = bearer.exec(headers.authorization ?? '')?.[1];
    return token === undefined ? undefined : this.#options.authenticator.authenticate(token);
  }
}
