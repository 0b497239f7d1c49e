/** Where a request comes from, also behind proxies that tell it. */
import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';
import { plainAddress, type Networks } from './networks.js';

/** Finds out from where requests come. */
export interface RemoteAddresses {
  /** Address of whoever sent the request: the nearest one that is no trusted proxy. */
  of(request: IncomingMessage): string;
  /** Whether connections from this address carry the requests of many. */
  isProxy(address: string): boolean;
}

/** @param proxies - whose word in `X-Forwarded-For` is taken */
export const remoteAddresses = (proxies: Networks): RemoteAddresses => ({
  of(request) {
    const hops = String(request.headers['x-forwarded-for'] ?? '').split(',');
    let nearest = plainAddress(request.socket.remoteAddress ?? '');
    for (const hop of hops.reverse()) {
      const address = plainAddress(hop.trim());
      if (!proxies.contains(nearest) || isIP(address) === 0) break;
      nearest = address;
    }
    return nearest;
  },
  isProxy: (address) => proxies.contains(address),
});

/** Groups before and after `::` of an IPv6 address. */
const groups = (text: string): readonly string[] => text.split(':').filter((each) => each !== '');

/**
 * What limits for addresses are counted under. Whoever has an IPv6 address has the other ones of its /64 as well, so they count as
 * one.
 */
export function limitKey(address: string): string {
  if (isIP(address) !== 6) return address;
  const [head = '', tail = ''] = address.split('::');
  const zeros = Array.from({ length: 8 - groups(head).length - groups(tail).length }, () => '0');
  const all = address.includes('::')
    ? [...groups(head), ...zeros, ...groups(tail)]
    : groups(address);
  return `${all
    .slice(0, 4)
    .map((each) => each.replace(/^0+(?=.)/, '').toLowerCase())
    .join(':')}::/64`;
}
