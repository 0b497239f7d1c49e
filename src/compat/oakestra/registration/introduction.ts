/** Reads what a cluster says of itself when it registers. */
import type { PeerRegistration } from '../../../domain/cluster/register-peer.js';
import { clusterName, findUnusable } from '../../input.js';
import { refuse } from '../../refuse.js';
import type { Introduction } from './definition.js';

const locationCharactersMax = 200;
const infoEntriesMax = 100;

/** A field without which nothing can be registered; clusters know this form of being told so. */
export class MissingField extends Error {
  override readonly name = 'MissingField';

  constructor(field: string) {
    super(`Exception calling application: '${field}'`);
  }
}

/** What is kept of a cluster beside its name, place and address. */
export interface OakestraInfo {
  /** Port of its network component; absent where it has none. */
  readonly networkPort?: number | undefined;
  readonly [key: string]: unknown;
}

/**
 * @param host - address of the connection, which is where its orders go
 * @throws MissingField
 * @throws DomainError `validation-failed`
 */
export function readIntroduction(message: Introduction, host: string): PeerRegistration {
  const { manager_port: port, network_component_port: networkPort, cluster_name: name } = message;
  if (port === 0) throw new MissingField('manager_port');
  if (name === '') throw new MissingField('cluster_name');
  if (!clusterName.test(name))
    refuse('cluster_name must be a name of letters, digits, dots, dashes and underscores');
  const entries = message.cluster_info.filter(({ key }) => key !== '');
  if (entries.length > infoEntriesMax) refuse(`cluster_info has more than ${infoEntriesMax} keys`);
  const info = Object.fromEntries(entries.map(({ key, value }) => [key, value]));
  const unusable = findUnusable(info);
  if (unusable !== undefined) refuse(`cluster_info cannot be kept: ${unusable}`);
  const location = message.cluster_location.slice(0, locationCharactersMax);
  return {
    name,
    endpoint: { host, port, protocol: 'oakestra' },
    info: networkPort > 0 && networkPort <= 65_535 ? { ...info, networkPort } : info,
    ...(location === '' ? {} : { location }),
  };
}
