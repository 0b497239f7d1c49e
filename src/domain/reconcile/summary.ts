import { currentHalf, type Instance } from '../instance/instance.js';
import type { Operation } from '../operation/operation.js';
import { summarisePhase, type Phase, type PhaseCounts } from '../phase.js';
import type { Service } from '../service/service.js';
import type { Standing } from './standing.js';

const countPhases = (instances: readonly Instance[]): PhaseCounts => {
  const counts: Partial<Record<Phase, number>> = {};
  for (const { live, phase } of instances) if (live) counts[phase] = (counts[phase] ?? 0) + 1;
  return counts;
};

const sameCounts = (a: PhaseCounts, b: PhaseCounts): boolean => {
  const keys = new Set([...Object.keys(a), ...Object.keys(b)]) as Set<Phase>;
  return [...keys].every((key) => a[key] === b[key]);
};

/**
 * The service with its summary brought up to date; the same object where nothing changed.
 *
 * @param standing - how far its instances are; the revision that all of them run has proved itself
 * @param open - its operations. A service ends together with the wish for its end: without it, the wish was accepted while the
 * state was being read, and would stay open for ever.
 */
export function summarise(
  service: Service,
  instances: readonly Instance[],
  standing: Standing,
  open: readonly Operation[],
): Service {
  const phaseCounts = countPhases(instances);
  const live = instances.some((instance) => instance.live);
  const asked = open.some((operation) => operation.kind === 'terminate');
  const ended =
    service.lifecycle === 'terminated' || (service.lifecycle === 'terminating' && !live && asked);
  const running = service.lifecycle === 'live';
  const phase = running
    ? summarisePhase(phaseCounts, service.replicas)
    : ended
      ? 'UNDEPLOYED'
      : 'UNDEPLOYING';
  const reason = running
    ? instances.find((each) => each.wanted && each.phase === phase)?.reason
    : undefined;
  const lifecycle = ended ? 'terminated' : service.lifecycle;
  const proven = running && standing.ready === service.replicas;
  const stableRevision = proven ? service.revision : service.stableRevision;
  const [first] = instances
    .filter((each) => each.live && currentHalf(each))
    .sort((a, b) => a.ordinal - b.ordinal);
  const clusterId = first && currentHalf(first)?.clusterId;
  const unchanged =
    phase === service.phase &&
    reason === service.reason &&
    lifecycle === service.lifecycle &&
    stableRevision === service.stableRevision &&
    clusterId === service.clusterId &&
    sameCounts(phaseCounts, service.phaseCounts);
  return unchanged
    ? service
    : { ...service, phase, reason, lifecycle, phaseCounts, stableRevision, clusterId };
}
