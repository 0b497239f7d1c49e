/**
 * Keeps deliveries out of networks that only this machine gets to. A name is resolved once, all of its addresses are looked at, and the
 * connection goes to these and no others, so a name that changes its mind in between gains nothing.
 */
import { lookup as resolve } from 'node:dns/promises';
import { isIP, type LookupFunction } from 'node:net';
import { parseNetworks, type Networks } from '../networks.js';

/** Loopback, private, link-local, shared, documentation, multicast and reserved networks, and IPv6 addresses that lead to IPv4 ones. */
const inward = parseNetworks(
  [
    '0.0.0.0/8,10.0.0.0/8,100.64.0.0/10,127.0.0.0/8,169.254.0.0/16,172.16.0.0/12',
    '192.0.0.0/24,192.0.2.0/24,192.88.99.0/24,192.168.0.0/16,198.18.0.0/15',
    '198.51.100.0/24,203.0.113.0/24,224.0.0.0/4,240.0.0.0/4',
    '::/96,64:ff9b::/96,64:ff9b:1::/48,100::/64,2001::/23,2001:db8::/32,2002::/16',
    'fc00::/7,fe80::/10,fec0::/10,ff00::/8',
  ].join(','),
);

export class AddressRefused extends Error {
  override readonly name = 'AddressRefused';

  constructor() {
    super('has an address to which nothing is delivered');
  }
}

/** Whether something may be delivered to the address. */
export const isOutward = (address: string, allowed: Networks): boolean =>
  allowed.contains(address) || (isIP(address) !== 0 && !inward.contains(address));

/** Host of an address on the web, without the brackets of IPv6. */
const hostOf = (url: string): string => new URL(url).hostname.replace(/^\[|\]$/g, '');

/**
 * Addresses in a URL itself are never looked up, so they are looked at here.
 *
 * @throws AddressRefused
 */
export function checkLiteral(url: string, allowed: Networks): void {
  const host = hostOf(url);
  if (isIP(host) !== 0 && !isOutward(host, allowed)) throw new AddressRefused();
}

type Resolve = (name: string) => Promise<readonly { address: string; family: number }[]>;

const resolveAll: Resolve = (name) => resolve(name, { all: true, verbatim: true });

/** A lookup for connections that fails where one of the addresses is not outward. */
export const guardedLookup =
  (allowed: Networks, resolveName: Resolve = resolveAll): LookupFunction =>
  (name, options, callback) => {
    resolveName(name).then(
      (found) => {
        const [first] = found;
        if (first === undefined || !found.every(({ address }) => isOutward(address, allowed)))
          callback(new AddressRefused(), '');
        else if (options.all === true) callback(null, [...found]);
        else callback(null, first.address, first.family);
      },
      (error: unknown) => {
        callback(error instanceof Error ? error : new Error(String(error)), '');
      },
    );
  };
