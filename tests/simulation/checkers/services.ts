import type { Dated } from '../history.js';
import type { Plan, ServicePlan } from '../plan/plan.js';

/** The plan of each service that was accepted, by its id. */
export function plansById(facts: readonly Dated[], plan: Plan): ReadonlyMap<string, ServicePlan> {
  const asked = new Map<number, number>();
  const plans = new Map<string, ServicePlan>();
  for (const fact of facts) {
    if (fact.kind === 'asked') {
      const { service } = fact.args as { service?: number };
      if (service !== undefined) asked.set(fact.call, service);
    } else if (fact.kind === 'answered') {
      const id = fact.body['serviceId'];
      const servicePlan = plan.services[asked.get(fact.call) ?? -1];
      if (typeof id === 'string' && servicePlan) plans.set(id, servicePlan);
    }
  }
  return plans;
}
