/** P2 and P3: what ran at the same time. */
import type { Dated, Run } from '../history.js';
import type { Plan, Request } from '../plan/plan.js';
import { servicesById } from './services.js';
import type { Violation } from './violation.js';

const nameOf = ({ instanceId, generation, cluster }: Run): string =>
  `${instanceId}/${generation} at ${cluster}`;

/** What runs, as the history goes on. */
export class RunningNow {
  readonly #runs = new Map<string, Run>();

  take(fact: Dated): void {
    if (fact.kind === 'started') this.#runs.set(nameOf(fact), fact);
    else if (fact.kind === 'ended') this.#runs.delete(nameOf(fact));
  }

  has(run: Run): boolean {
    return this.#runs.has(nameOf(run));
  }

  all(): readonly Run[] {
    return [...this.#runs.values()];
  }
}

/** Whether a wish lets instances run at two places for a while; `every` when those of all services. */
function overlapOf(request: Request): number | 'every' | undefined {
  switch (request.verb) {
    case 'drain':
      return 'every';
    case 'migrate':
      return request.strategy === 'makeBeforeBreak' ? request.service : undefined;
    case 'update':
      return request.service;
    default:
      return undefined;
  }
}

/** P2: no instance runs twice, but for its two halves while it moves make-before-break, and where that was chosen. */
export function checkNoDoubles(facts: readonly Dated[], plan: Plan): readonly Violation[] {
  const violations: Violation[] = [];
  const services = servicesById(facts);
  const running = new RunningNow();
  const overlapping = new Set<number | 'every' | undefined>();
  for (const fact of facts) {
    if (fact.kind === 'asked') overlapping.add(overlapOf(fact.args as Request));
    if (fact.kind === 'started') {
      const service = services.get(fact.serviceId);
      const mayMove = service === undefined || overlapping.has('every') || overlapping.has(service);
      const others = running.all().filter((run) => run.instanceId === fact.instanceId);
      const same = others.some((run) => run.generation === fact.generation);
      const tooMany = others.length > (mayMove ? 1 : 0);
      if ((same || tooMany) && plan.services[service ?? -1]?.whenLost !== 'duplicate')
        violations.push({
          promise: 'P2',
          at: fact.at,
          what: `${nameOf(fact)} starts while ${others.map(nameOf).join(' and ')} run${others.length === 1 ? 's' : ''}`,
        });
    }
    running.take(fact);
  }
  return violations;
}

/** P3: what runs at a cluster fits into what it has. */
export function checkCapacity(facts: readonly Dated[], plan: Plan): readonly Violation[] {
  const violations: Violation[] = [];
  const running = new RunningNow();
  for (const fact of facts) {
    running.take(fact);
    if (fact.kind !== 'started') continue;
    const site = plan.sites.find(({ name }) => name === fact.cluster);
    const there = running.all().filter(({ cluster }) => cluster === fact.cluster);
    const cpuMillicores = there.reduce((sum, run) => sum + run.cpuMillicores, 0);
    const memoryMiB = there.reduce((sum, run) => sum + run.memoryMiB, 0);
    if (site && (cpuMillicores > site.cpuMillicores || memoryMiB > site.memoryMiB))
      violations.push({
        promise: 'P3',
        at: fact.at,
        what: `${fact.cluster} runs ${cpuMillicores} millicores and ${memoryMiB} MiB, and has ${site.cpuMillicores} and ${site.memoryMiB}`,
      });
  }
  return violations;
}
