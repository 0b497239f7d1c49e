/**
 * What clusters report of themselves and of their instances that nobody decides on: measurements, logs, and how measurements went. It is
 * kept in memory, since it comes anew every few seconds and would otherwise be most of what the store writes.
 */
import type { InstanceNumber } from '../../../domain/instance/record-numbered.js';
import type { Fields } from '../../input.js';
import { History } from './history.js';

export interface MeasuredInstance extends InstanceNumber {
  /** In the names of the report. */
  readonly fields: Fields;
}

export interface Measurement {
  readonly cluster: Fields;
  readonly instances: readonly MeasuredInstance[];
}

interface KnownInstance {
  readonly clusterId: string;
  readonly history: History;
  readonly fields: Fields;
}

interface KnownCluster {
  readonly history: History;
  readonly fields: Fields;
  readonly instances: readonly InstanceNumber[];
}

/** A number, also where it is written as a text; nothing for anything else. */
const amountOf = (value: unknown): number | undefined => {
  const amount = typeof value === 'string' && value !== '' ? Number(value) : value;
  return typeof amount === 'number' && Number.isFinite(amount) ? amount : undefined;
};

function measure(history: History, fields: Fields, at: number): void {
  const cpu = amountOf(fields['cpu_percent']);
  const memory = amountOf(fields['memory_percent']);
  if (cpu !== undefined && memory !== undefined) history.add({ at, cpu, memory });
}

/** As the originals write times of instances, with microseconds and without a zone. */
const isoText = (at: number): string => new Date(at).toISOString().replace('Z', '000');

const instancePoint = (value: number, at: number) => ({
  value: String(value),
  timestamp: isoText(at),
});
const clusterPoint = (value: number, at: number) => ({ timestamp: at / 1000, value });

export class Measurements {
  readonly #clusters = new Map<string, KnownCluster>();
  /** By service and number. */
  readonly #instances = new Map<string, Map<number, KnownInstance>>();

  /** @param at - when the report came (epoch milliseconds) */
  take(clusterId: string, { cluster, instances }: Measurement, at: number): void {
    const known = this.#clusters.get(clusterId);
    const history = known?.history ?? new History();
    measure(history, cluster, at);
    const reported = new Set(instances.map(({ serviceId, number }) => `${serviceId}/${number}`));
    for (const each of known?.instances ?? [])
      if (!reported.has(`${each.serviceId}/${each.number}`)) this.#drop(clusterId, each);
    for (const each of instances) this.#put(clusterId, each, at);
    this.#clusters.set(clusterId, { history, fields: cluster, instances });
  }

  /** Forgets a cluster and its instances. */
  forget(clusterId: string): void {
    for (const each of this.#clusters.get(clusterId)?.instances ?? []) this.#drop(clusterId, each);
    this.#clusters.delete(clusterId);
  }

  /** What was reported of the instances of a service, by number. */
  instancesOf(serviceId: string): ReadonlyMap<number, Fields> {
    const found = new Map<number, Fields>();
    for (const [number, { fields, history }] of this.#instances.get(serviceId) ?? [])
      found.set(number, {
        ...fields,
        cpu_history: history.points('cpu', instancePoint),
        memory_history: history.points('memory', instancePoint),
      });
    return found;
  }

  /** What was reported of a cluster, with its histories; nothing where it has not reported since the manager began. */
  cluster(id: string): Fields | undefined {
    const known = this.#clusters.get(id);
    return (
      known && {
        ...known.fields,
        cpu_history: known.history.points('cpu', clusterPoint),
        memory_history: known.history.points('memory', clusterPoint),
      }
    );
  }

  #put(clusterId: string, { serviceId, number, fields }: MeasuredInstance, at: number): void {
    const numbers = this.#instances.get(serviceId) ?? new Map<number, KnownInstance>();
    const known = numbers.get(number);
    // An instance that has moved begins anew.
    const history = known?.clusterId === clusterId ? known.history : new History();
    measure(history, fields, at);
    this.#instances.set(serviceId, numbers.set(number, { clusterId, history, fields }));
  }

  #drop(clusterId: string, { serviceId, number }: InstanceNumber): void {
    const numbers = this.#instances.get(serviceId);
    if (numbers?.get(number)?.clusterId !== clusterId) return;
    numbers.delete(number);
    if (numbers.size === 0) this.#instances.delete(serviceId);
  }
}
