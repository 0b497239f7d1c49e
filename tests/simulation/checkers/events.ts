/** P8: the history of events has no gap and no duplicate, and tells everything. */
import type { Dated, WatchedEvent } from '../history.js';
import type { Look } from '../look.js';
import type { Violation } from './violation.js';

export function checkSequence(facts: readonly Dated[]): readonly Violation[] {
  const violations: Violation[] = [];
  let last = 0;
  for (const fact of facts) {
    if (fact.kind === 'trimmed') last = fact.to;
    if (fact.kind !== 'event') continue;
    const { sequence, type } = fact.event;
    if (sequence !== last + 1)
      violations.push({
        promise: 'P8',
        at: fact.at,
        what: `event ${sequence} (${type}) came after ${last}`,
      });
    last = sequence;
  }
  return violations;
}

const eventsOf = (facts: readonly Dated[]): readonly WatchedEvent[] =>
  facts.flatMap((fact) => (fact.kind === 'event' ? [fact.event] : []));

/** Whether the events tell what became of everything; nothing can be said where some were trimmed. */
export function checkTold(facts: readonly Dated[], look: Look): readonly Violation[] {
  if (facts.some((fact) => fact.kind === 'trimmed')) return [];
  const violations: Violation[] = [];
  const bySubject = new Map<string, WatchedEvent[]>();
  const events = eventsOf(facts);
  for (const event of events) {
    const told = bySubject.get(event.subjectId);
    if (told) told.push(event);
    else bySubject.set(event.subjectId, [event]);
  }
  const count = (id: string, type: string): number =>
    bySubject.get(id)?.filter((event) => event.type === type).length ?? 0;
  const once = (id: string, type: string): void => {
    const times = count(id, type);
    if (times !== 1)
      violations.push({ promise: 'P8', what: `${type} of ${id} was told ${times} times` });
  };
  for (const { id, state } of look.operations) {
    once(id, 'operation.accepted');
    if (state !== 'running') once(id, `operation.${state}`);
  }
  for (const { id } of look.services) once(id, 'service.deployed');
  for (const { id } of look.clusters) once(id, 'cluster.registered');
  for (const { id, phase } of look.instances) {
    once(id, 'instance.created');
    const told = bySubject.get(id)?.at(-1)?.data['phase'];
    if (told !== phase)
      violations.push({
        promise: 'P8',
        what: `the last event of instance ${id} says ${String(told)}, and it is ${phase}`,
      });
  }
  const last = events.at(-1)?.sequence ?? 0;
  if (last < look.lastEvent)
    violations.push({
      promise: 'P8',
      what: `the watcher has seen ${last} events of ${look.lastEvent}`,
    });
  return violations;
}
