/** Which addresses are delivered to (P9). */
import { describe, expect, it } from 'vitest';
import {
  AddressRefused,
  checkLiteral,
  guardedLookup,
  isOutward,
} from '../../src/webhooks/guard.js';
import { parseNetworks } from '../../src/networks.js';

const none = parseNetworks('');

describe('an address', () => {
  it.each([
    ...['127.0.0.1', '127.8.9.1', '10.1.2.3', '172.16.0.1', '172.31.255.255', '192.168.1.1'],
    ...['169.254.169.254', '100.64.0.1', '0.0.0.0', '224.0.0.1', '255.255.255.255'],
    ...['::1', '::', 'fe80::1', 'fd00::1', 'ff02::1', '::ffff:10.0.0.1', '::ffff:a00:1'],
    ...['::127.0.0.1', '64:ff9b::7f00:1', '2002:7f00:1::1', 'nonsense', ''],
  ])('%s is not outward', (address) => {
    expect(isOutward(address, none)).toBe(false);
  });

  it.each(['8.8.8.8', '172.32.0.1', '2606:4700::1111', '::ffff:8.8.8.8'])(
    '%s is outward',
    (address) => {
      expect(isOutward(address, none)).toBe(true);
    },
  );

  it('that is allowed is delivered to, and its neighbours are not', () => {
    const allowed = parseNetworks('10.1.0.0/16,fd00:1::/32');
    expect(isOutward('10.1.2.3', allowed)).toBe(true);
    expect(isOutward('10.2.0.1', allowed)).toBe(false);
    expect(isOutward('fd00:1::7', allowed)).toBe(true);
    expect(isOutward('fd00:2::7', allowed)).toBe(false);
  });

  it.each([
    'http://127.0.0.1/',
    'http://0x7f.1/',
    'http://2130706433/',
    'http://[::1]:80/',
    'http://[::ffff:7f00:1]/',
  ])('in %s is looked at before the connection', (url) => {
    expect(() => checkLiteral(url, none)).toThrow(AddressRefused);
  });
});

type Found = readonly { readonly address: string; readonly family: number }[];

/** What a connection is told of a name that has these addresses. */
const connectTo = (found: Found, all: boolean): Promise<unknown> =>
  new Promise((resolve, reject) => {
    const lookup = guardedLookup(none, () => Promise.resolve(found));
    lookup('name.example', { all }, (error, address) => {
      if (error) reject(error);
      else resolve(address);
    });
  });

describe('a name', () => {
  const outward = { address: '8.8.8.8', family: 4 };

  it('gives the addresses that were looked at, and is resolved once', async () => {
    expect(await connectTo([outward], true)).toEqual([outward]);
    expect(await connectTo([outward], false)).toBe('8.8.8.8');
  });

  it.each([true, false])('with one inward address is refused as a whole', async (all) => {
    const mixed = [outward, { address: '10.0.0.1', family: 4 }];
    await expect(connectTo(mixed, all)).rejects.toThrow(AddressRefused);
  });

  it('without an address is refused', async () => {
    await expect(connectTo([], true)).rejects.toThrow(AddressRefused);
  });
});
