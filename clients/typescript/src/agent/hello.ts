import type { HelloFrame } from './frames.js';
import type { ClusterAgentOptions } from './options.js';

/**
 * What an agent says first.
 *
 * @param resume - the session that it had before
 * @param publicKey - for which it wants a client certificate
 */
export function toHello(
  options: ClusterAgentOptions,
  resume: number | undefined,
  publicKey: string | undefined,
): HelloFrame {
  const { name, location, coordinates, capabilities, labels, agentVersion } = options;
  return {
    type: 'hello',
    name,
    capabilities: [...capabilities],
    ...(location === undefined ? {} : { location }),
    ...(coordinates === undefined ? {} : { coordinates: { ...coordinates } }),
    ...(labels === undefined ? {} : { labels: { ...labels } }),
    ...(agentVersion === undefined ? {} : { agentVersion }),
    ...(resume === undefined ? {} : { resume }),
    ...(publicKey === undefined ? {} : { publicKey }),
    capacity: options.capacity(),
  };
}
