import type { IncomingMessage } from 'node:http';
import { describe, expect, it } from 'vitest';
import { parseNetworks } from '../../src/networks.js';
import { limitKey, remoteAddresses } from '../../src/remote-address.js';

const proxied = remoteAddresses(parseNetworks('10.0.0.0/8,fd00::/8'));
const from = (remoteAddress: string, forwarded?: string): string =>
  proxied.of({
    socket: { remoteAddress },
    headers: forwarded === undefined ? {} : { 'x-forwarded-for': forwarded },
  } as unknown as IncomingMessage);

describe('the address of a request', () => {
  it.each([
    ['of a connection without a proxy', '192.0.2.1', undefined, '192.0.2.1'],
    ['that somebody claims who is no proxy', '192.0.2.1', '198.51.100.9', '192.0.2.1'],
    ['that a proxy tells', '10.0.0.1', '198.51.100.9', '198.51.100.9'],
    ['that several proxies tell', '10.0.0.1', '198.51.100.9, 10.0.0.2', '198.51.100.9'],
    ['before which others were made up', '10.0.0.1', '127.0.0.1, 198.51.100.9', '198.51.100.9'],
    ['that is none', '10.0.0.1', 'unknown', '10.0.0.1'],
    ['behind a proxy that tells nothing', '10.0.0.1', undefined, '10.0.0.1'],
    ['of IPv4 over IPv6', '::ffff:10.0.0.1', '::ffff:198.51.100.9', '198.51.100.9'],
  ])('is the nearest that can be believed: one %s', (_, remote, forwarded, expected) => {
    expect(from(remote, forwarded)).toBe(expected);
  });
});

describe('what an address is counted under', () => {
  it.each([
    ['192.0.2.1', '192.0.2.1'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:0DB8:0001:0002::9', '2001:db8:1:2::/64'],
    ['2001:db8::9', '2001:db8:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
  ])('%s counts as %s', (address, key) => {
    expect(limitKey(address)).toBe(key);
  });
});
