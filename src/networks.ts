/** Networks of peers, and whether an address is in one of them. */
import { BlockList, isIP } from 'node:net';

/** A set of networks. */
export interface Networks {
  contains(address: string): boolean;
}

const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i;

/** An IPv4 address that came over an IPv6 socket, as an IPv4 address. */
export const plainAddress = (address: string): string => mapped.exec(address)?.[1] ?? address;

/** @throws Error naming what is no network */
function add(list: BlockList, text: string): void {
  const [address = '', length, ...rest] = text.split('/');
  const version = isIP(address);
  const longest = version === 6 ? 128 : 32;
  const prefix = length === undefined ? longest : Number(length);
  const sane = length === undefined || /^\d{1,3}$/.test(length);
  if (version === 0 || !sane || prefix > longest || rest.length > 0)
    throw new Error(`"${text}" is no network; write it like 10.0.0.0/8 or fd00::/8`);
  list.addSubnet(address, prefix, version === 6 ? 'ipv6' : 'ipv4');
}

/**
 * Reads a list of networks (CIDR) with commas between them.
 *
 * @throws Error naming what is no network
 */
export function parseNetworks(text: string): Networks {
  const list = new BlockList();
  for (const each of text.split(',')) if (each.trim() !== '') add(list, each.trim());
  return {
    contains(address) {
      const plain = plainAddress(address);
      const version = isIP(plain);
      return version !== 0 && list.check(plain, version === 6 ? 'ipv6' : 'ipv4');
    },
  };
}
