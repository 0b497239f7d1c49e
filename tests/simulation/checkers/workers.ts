/** P5: worker counts are exact. */
import type { Dated } from '../history.js';
import type { Look } from '../look.js';
import type { Plan, Request } from '../plan/plan.js';
import type { Violation } from './violation.js';

/** Each agent reports one worker. */
const reportedBySite = 1;

export function checkWorkers(
  facts: readonly Dated[],
  look: Look,
  plan: Plan,
): readonly Violation[] {
  const violations: Violation[] = [];
  const asked = new Map<number, Request>();
  const anonymous = new Map<number, number>();
  const named = new Map<number, Set<string>>();
  const unsure = new Set<number>();
  for (const fact of facts) {
    if (fact.kind === 'event') {
      const count = fact.event.data['count'];
      if (fact.event.type === 'cluster.workersCounted' && Number(count) < 0)
        violations.push({ promise: 'P5', at: fact.at, what: `a count of ${String(count)}` });
    }
    if (fact.kind === 'asked') asked.set(fact.call, fact.args as Request);
    if (fact.kind !== 'answered') continue;
    const request = asked.get(fact.call);
    if (request?.verb !== 'addWorker' && request?.verb !== 'removeWorker') continue;
    const { site, name, verb } = request;
    if (fact.status !== 200) {
      if (!fact.sure) unsure.add(site);
    } else if (name === undefined)
      anonymous.set(site, (anonymous.get(site) ?? 0) + (verb === 'addWorker' ? 1 : -1));
    else {
      const names = named.get(site) ?? new Set();
      if (verb === 'addWorker') names.add(name);
      else names.delete(name);
      named.set(site, names);
    }
  }
  plan.sites.forEach(({ name }, site) => {
    const cluster = look.clusters.find((each) => each.name === name);
    if (cluster === undefined || unsure.has(site)) return;
    const expected = reportedBySite + (anonymous.get(site) ?? 0) + (named.get(site)?.size ?? 0);
    const counted = cluster.workerCount;
    if (counted !== expected)
      violations.push({
        promise: 'P5',
        what: `${name} has ${expected} workers, and ${counted} are counted`,
      });
  });
  return violations;
}
