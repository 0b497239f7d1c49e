/** What the door of a manager lets in: limits for callers and connections, and whose word about addresses is taken. */
import {
  defaultRates,
  RateLimits,
  rateRules,
  type RateRules,
} from './domain/limits/rate-limits.js';
import { ConnectionGuard, type ConnectionLimits } from './connections.js';
import { parseNetworks, type Networks } from './networks.js';
import { remoteAddresses, type RemoteAddresses } from './remote-address.js';

export interface DoorSettings {
  readonly rates: RateRules;
  readonly connections: ConnectionLimits;
  /** Proxies whose `X-Forwarded-For` is taken. */
  readonly proxies: Networks;
}

/** Room for the sessions of a large fleet, also when all of it comes from one address. */
export const defaultConnections: ConnectionLimits = { max: 30_000, perAddressMax: 12_000 };

export const defaultDoor: DoorSettings = {
  rates: rateRules(defaultRates),
  connections: defaultConnections,
  proxies: parseNetworks(''),
};

/** What both doors, HTTP and WebSocket, count with. */
export interface Door extends DoorSettings {
  readonly limits: RateLimits;
  readonly remote: RemoteAddresses;
  readonly guard: ConnectionGuard;
}

/** @param now - milliseconds of a clock that does not go back */
export const openDoor = (settings: Partial<DoorSettings>, now: () => number): Door => {
  const door = { ...defaultDoor, ...settings };
  const remote = remoteAddresses(door.proxies);
  return {
    ...door,
    remote,
    limits: new RateLimits(door.rates, now),
    guard: new ConnectionGuard(door.connections, (address) => remote.isProxy(address)),
  };
};
