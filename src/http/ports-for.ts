import type { Principal } from '../domain/access/principal.js';
import type { Ports } from '../domain/ports.js';

/** What there is for whoever asks. */
export type PortsFor = (principal: Principal) => Ports;
