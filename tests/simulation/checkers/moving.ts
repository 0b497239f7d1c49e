/**
 * P7: what runs is told to stop only once another half of it has run, unless somebody wished it gone, or wished that it runs elsewhere
 * once its cluster is away.
 */
import type { Dated } from '../history.js';
import type { Plan, Request } from '../plan/plan.js';
import { RunningNow } from './running.js';
import { servicesById } from './services.js';
import type { Violation } from './violation.js';

const ends: ReadonlySet<string> = new Set(['terminate', 'scaleTo', 'scaleBy', 'cancel']);

/** Whether instances of its service may then stop before they run elsewhere. */
const mayStop = (request: Request): boolean =>
  ends.has(request.verb) || (request.verb === 'migrate' && request.strategy === 'breakBeforeMake');

/** The lowest generation of each instance that was ever started. */
function firstStarted(facts: readonly Dated[]): ReadonlyMap<string, number> {
  const first = new Map<string, number>();
  for (const fact of facts)
    if (fact.kind === 'started')
      first.set(
        fact.instanceId,
        Math.min(fact.generation, first.get(fact.instanceId) ?? fact.generation),
      );
  return first;
}

/**
 * Where a move was given up, as `instance@cluster`: its time was up, and the manager had not heard that the target runs. Agents hear of
 * that late at times, and their reports get lost.
 */
function givenUpTargets(facts: readonly Dated[]): ReadonlySet<string> {
  const events = facts
    .flatMap((fact) => (fact.kind === 'event' ? [fact.event] : []))
    .sort((one, other) => one.sequence - other.sequence);
  const targets = new Map<string, string>();
  const givenUp = new Set<string>();
  for (const { type, subjectId, data } of events) {
    if (type === 'instance.moving') targets.set(subjectId, String(data['toClusterName']));
    if (type === 'instance.moveGivenUp') givenUp.add(`${subjectId}@${targets.get(subjectId)}`);
  }
  return givenUp;
}

export function checkMoves(facts: readonly Dated[], plan: Plan): readonly Violation[] {
  const violations: Violation[] = [];
  const running = new RunningNow();
  /** Generations that have been up, by instance. */
  const up = new Map<string, Set<number>>();
  const startedEver = firstStarted(facts);
  const givenUp = givenUpTargets(facts);
  /** Services whose instances may be wished gone, or may be gone for a while. */
  const shrinking = new Set<number>();
  const serviceOf = servicesById(facts);
  for (const fact of facts) {
    running.take(fact);
    switch (fact.kind) {
      case 'asked': {
        const request = fact.args as Request;
        if ('service' in request && mayStop(request)) shrinking.add(request.service);
        break;
      }
      case 'up': {
        const generations = up.get(fact.instanceId) ?? new Set();
        up.set(fact.instanceId, generations.add(fact.generation));
        break;
      }
      case 'toldToStop': {
        const run = running
          .all()
          .find(
            ({ instanceId, generation, cluster }) =>
              instanceId === fact.instanceId &&
              generation === fact.generation &&
              cluster === fact.cluster,
          );
        const generations = up.get(fact.instanceId);
        if (run === undefined || generations?.has(fact.generation) !== true) break;
        const service = serviceOf.get(run.serviceId);
        if (service !== undefined && shrinking.has(service)) break;
        if (plan.services[service ?? -1]?.whenLost !== 'keep') break;
        if ([...generations].some((generation) => generation !== fact.generation)) break;
        if (givenUp.has(`${fact.instanceId}@${fact.cluster}`)) break;
        // A target that is given up, whose source was not yet told to run when it should have been.
        if ((startedEver.get(fact.instanceId) ?? Number.POSITIVE_INFINITY) < fact.generation) break;
        violations.push({
          promise: 'P7',
          at: fact.at,
          what: `${fact.instanceId}/${fact.generation} of ${plan.services[service ?? -1]?.name ?? 'a service'} runs at ${fact.cluster} and is told to stop, though no other half of it has ever run`,
        });
        break;
      }
      default:
    }
  }
  return violations;
}
