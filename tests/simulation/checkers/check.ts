import type { Dated } from '../history.js';
import type { Look } from '../look.js';
import type { Plan } from '../plan/plan.js';
import { checkSequence, checkTold } from './events.js';
import { checkMoves } from './moving.js';
import { checkReports } from './reports.js';
import { checkCapacity, checkNoDoubles } from './running.js';
import type { Violation } from './violation.js';
import { checkOperations, checkWishes } from './wishes.js';
import { checkWorkers } from './workers.js';

/** Nothing may throw where nobody catches it. */
const checkWhole = (facts: readonly Dated[]): readonly Violation[] =>
  facts.flatMap((fact): readonly Violation[] =>
    fact.kind === 'broke'
      ? [{ promise: 'whole', at: fact.at, what: `${fact.machine}: ${fact.error}` }]
      : [],
  );

/** What must hold at every moment. */
export const checkAlways = (facts: readonly Dated[], plan: Plan): readonly Violation[] => [
  ...checkWhole(facts),
  ...checkNoDoubles(facts, plan),
  ...checkCapacity(facts, plan),
  ...checkReports(facts),
  ...checkMoves(facts, plan),
  ...checkSequence(facts),
];

/** What must hold once everything has been well for a while. */
export const checkAtLast = (
  facts: readonly Dated[],
  look: Look,
  plan: Plan,
): readonly Violation[] => [
  ...checkWishes(facts, look, plan),
  ...checkOperations(look),
  ...checkWorkers(facts, look, plan),
  ...checkTold(facts, look),
];
