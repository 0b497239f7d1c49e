/** What the network component knows, and what it should know. Pure, but for the store behind it. */
import type { Cluster } from '../../../domain/cluster/cluster.js';
import { numberOf, type Half, type Instance } from '../../../domain/instance/instance.js';

/** Keeps what was told; see `src/store/notices.ts`. */
export interface Notices {
  all(): Promise<ReadonlyMap<string, string>>;
  put(key: string, value: string): Promise<void>;
  remove(key: string): Promise<void>;
}

/** Of one service: whether it is known, and at which cluster each instance is, by number. */
export interface KnownService {
  readonly known: boolean;
  readonly instances: ReadonlyMap<number, string>;
}

export const nothingKnown: KnownService = { known: false, instances: new Map() };

/** One thing to tell. */
export type NetworkStep =
  | { readonly kind: 'forget-instance'; readonly number: number }
  | { readonly kind: 'tell-service' }
  | { readonly kind: 'tell-instance'; readonly number: number; readonly clusterId: string }
  | { readonly kind: 'forget-service' };

/** The binding that counts for the network: the last one that is to run. */
const lastRun = ({ halves }: Instance): Half | undefined =>
  [...halves]
    .filter(({ action, phase }) => action === 'run' && phase !== 'UNDEPLOYED')
    .sort((a, b) => b.generation - a.generation)[0];

/**
 * Where instances are, by number.
 *
 * @param isKnown - whether the network component knows the cluster
 */
export function placesOf(
  instances: readonly Instance[],
  isKnown: (clusterId: string) => boolean,
): ReadonlyMap<number, string> {
  const places = new Map<number, string>();
  for (const instance of instances) {
    const half = lastRun(instance);
    if (half && isKnown(half.clusterId)) places.set(numberOf(instance), half.clusterId);
  }
  return places;
}

/**
 * What has to be told about one service, in order: what is gone before what is there, instances before the end of their service.
 */
export function networkSteps(told: KnownService, wanted: KnownService): readonly NetworkStep[] {
  const gone = [...told.instances].filter(([number, at]) => wanted.instances.get(number) !== at);
  const come = [...wanted.instances].filter(([number, at]) => told.instances.get(number) !== at);
  return [
    ...gone.map(([number]) => ({ kind: 'forget-instance' as const, number })),
    ...(wanted.known && !told.known ? [{ kind: 'tell-service' as const }] : []),
    ...come.map(([number, clusterId]) => ({ kind: 'tell-instance' as const, number, clusterId })),
    ...(told.known && !wanted.known ? [{ kind: 'forget-service' as const }] : []),
  ];
}

/** A cluster as the network component is told of it. */
export interface NetworkAddress {
  readonly host: string;
  readonly port: number;
}

/** Where the network component of a cluster is; nothing where it has told none. */
export function networkAddressOf({
  endpoint,
  info,
  lifecycle,
  admission,
}: Cluster): NetworkAddress | undefined {
  if (endpoint?.protocol !== 'oakestra' || lifecycle === 'removed' || admission !== 'approved')
    return undefined;
  const port = (info as { networkPort?: unknown } | undefined)?.networkPort;
  const host = endpoint.host.includes(':') ? `[${endpoint.host}]` : endpoint.host;
  return typeof port === 'number' ? { host, port } : undefined;
}
