/** Takes a report in: what it says of instances, what it measures, and what the cluster has that it should not have. */
import type { Logger } from 'pino';
import { DomainError } from '../../../domain/errors.js';
import { recordNumbered, type InstanceNumber } from '../../../domain/instance/record-numbered.js';
import type { Ports } from '../../../domain/ports.js';
import { allInstances } from '../orders/plan.js';
import type { OakestraCourier } from '../orders/courier.js';
import type { Fields } from '../../input.js';
import type { Measurements } from './measurements.js';
import { readReport, type OakestraReport } from './report.js';
import { digestOf, type SettledReports } from './settled-reports.js';

export interface ReportOptions {
  readonly ports: Ports;
  readonly courier: Pick<OakestraCourier, 'mayForget' | 'discard'>;
  readonly measurements: Measurements;
  readonly settled: SettledReports;
  readonly logger: Logger;
}

/** What the cluster has of services that there are not, or not any more: all of it has to go. */
async function discardUnknown(
  { ports, courier }: ReportOptions,
  clusterId: string,
  { serviceIds, numbered }: OakestraReport,
  strays: readonly InstanceNumber[],
): Promise<void> {
  const withInstances = new Set(numbered.instances.map(({ serviceId }) => serviceId));
  const suspects = new Set([
    ...strays.map(({ serviceId }) => serviceId),
    ...serviceIds.filter((id) => !withInstances.has(id)),
  ]);
  for (const serviceId of suspects) {
    const service = await ports.services.find(serviceId);
    const known = service !== undefined && service.lifecycle !== 'terminated';
    if (!known) courier.discard(clusterId, { serviceId, number: allInstances });
    else
      for (const stray of strays)
        if (stray.serviceId === serviceId) courier.discard(clusterId, stray);
  }
}

/**
 * Takes a report over. A cluster that is not known is not told so: it would not register again by itself.
 *
 * @throws DomainError `validation-failed`, and what the store refuses
 */
export async function takeReport(
  options: ReportOptions,
  clusterId: string,
  fields: Fields,
): Promise<void> {
  const { ports, courier, measurements, settled, logger } = options;
  const report = readReport(fields);
  const digest = digestOf(report);
  const repeats = settled.repeats(clusterId, digest);
  const settle = settled.look(clusterId, digest);
  let instanceIds: readonly string[] | undefined;
  try {
    const meaning = await recordNumbered(
      ports,
      clusterId,
      report.numbered,
      (instance) => courier.mayForget(clusterId, instance),
      repeats,
    );
    measurements.take(clusterId, report.measurement, ports.now());
    if (repeats) return;
    await discardUnknown(options, clusterId, report, meaning.strays);
    instanceIds = meaning.settled;
  } catch (error) {
    const unknown = error instanceof DomainError && error.code === 'cluster-not-found';
    if (!unknown) throw error;
    logger.warn({ clusterId }, 'a cluster reports that has not registered');
  } finally {
    settle(instanceIds);
  }
}
