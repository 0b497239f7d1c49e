/** P6: what came twice or late has no second effect. */
import type { Dated } from '../history.js';
import type { Violation } from './violation.js';

export function checkReports(facts: readonly Dated[]): readonly Violation[] {
  const violations: Violation[] = [];
  const taken = new Set<string>();
  for (const fact of facts) {
    if (fact.kind === 'reported' && fact.applied) {
      const name = `${fact.cluster}, session ${fact.session}, report ${fact.sequence}`;
      if (taken.has(name))
        violations.push({ promise: 'P6', at: fact.at, what: `${name}: taken in twice` });
      taken.add(name);
    }
    if (fact.kind !== 'reportedAgain' || !fact.applied) continue;
    const { session, sequence, knownSession, knownSequence } = fact;
    if (session > knownSession || (session === knownSession && sequence > knownSequence)) continue;
    violations.push({
      promise: 'P6',
      at: fact.at,
      what: `${fact.cluster}: report ${session}/${sequence} was taken in after ${knownSession}/${knownSequence}`,
    });
  }
  return violations;
}
