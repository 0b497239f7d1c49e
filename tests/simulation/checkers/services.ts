import type { Dated } from '../history.js';
import type { Plan, ServicePlan } from '../plan/plan.js';

/** Which service of the plan has which id, as the answers say. */
export function servicesById(facts: readonly Dated[]): ReadonlyMap<string, number> {
  const asked = new Map<number, number>();
  const services = new Map<string, number>();
  for (const fact of facts) {
    if (fact.kind === 'asked') {
      const { service } = fact.args as { service?: number };
      if (service !== undefined) asked.set(fact.call, service);
    } else if (fact.kind === 'answered') {
      const id = fact.body['serviceId'];
      const service = asked.get(fact.call);
      if (typeof id === 'string' && service !== undefined) services.set(id, service);
    }
  }
  return services;
}

/** The plan of each service that was accepted, by its id. */
export function plansById(facts: readonly Dated[], plan: Plan): ReadonlyMap<string, ServicePlan> {
  const plans = new Map<string, ServicePlan>();
  for (const [id, service] of servicesById(facts)) {
    const servicePlan = plan.services[service];
    if (servicePlan) plans.set(id, servicePlan);
  }
  return plans;
}
