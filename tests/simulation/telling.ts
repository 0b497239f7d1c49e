import type { Violation } from './checkers/violation.js';
import { isFault, type Plan, type Step } from './plan/plan.js';

const shownMax = 8;

const tellFields = (fields: object): string =>
  Object.entries(fields)
    .filter(([, value]) => value !== undefined)
    .map(
      ([name, value]) =>
        `${name}=${typeof value === 'number' ? Math.round(value * 100) / 100 : JSON.stringify(value)}`,
    )
    .join(' ');

function tellStep(step: Step): string {
  const at = `${(step.at / 1000).toFixed(3).padStart(8)} s`;
  if (isFault(step)) {
    const { at: _at, fault, ...rest } = step;
    return `${at}  fault    ${fault} ${tellFields(rest)}`;
  }
  const { at: _at, verb, ...rest } = step;
  return `${at}  request  ${verb} ${tellFields(rest)}`;
}

export const tellPlan = (plan: Plan): string =>
  [
    `seed ${plan.seed}: ${plan.managers} managers, calm after ${(plan.calmAt / 1000).toFixed(1)} s`,
    ...plan.sites.map(({ habits, ...site }) => `  site     ${tellFields({ ...site, ...habits })}`),
    ...plan.services.map((service) => `  service  ${tellFields(service)}`),
    ...plan.steps.map(tellStep),
  ].join('\n');

export const tellViolations = (violations: readonly Violation[]): string =>
  [
    ...violations
      .slice(0, shownMax)
      .map(
        ({ promise, what, at }) =>
          `  ${promise} broken${at === undefined ? ' at the end' : ` after ${(at / 1000).toFixed(3)} s`}: ${what}`,
      ),
    ...(violations.length > shownMax ? [`  and ${violations.length - shownMax} more`] : []),
  ].join('\n');
