/** The answer of `explain`: what a search did. */
import type { Doc } from '../bson.js';
import type { IndexPlan, SortSpec } from '../planner.js';
import type { Search } from '../search.js';

function stageOf(plan: IndexPlan, filter: Doc): object {
  const { index, bound, points, reverse } = plan;
  if (index.primary && bound === 0)
    return { stage: 'COLLSCAN', direction: reverse ? 'backward' : 'forward' };
  if (index.primary && points && filter.size === 1 && plan.intervals.length === 1)
    return { stage: 'IDHACK' };
  return {
    stage: 'FETCH',
    inputStage: {
      stage: 'IXSCAN',
      indexName: index.name,
      keyPattern: index.key,
      isMultiKey: index.multikey,
      isUnique: index.unique,
      isPartial: index.partial !== undefined,
      direction: reverse ? 'backward' : 'forward',
    },
  };
}

/** Describes a finished search; without one the collection does not exist. */
export function explainSearch(
  namespace: string,
  filter: Doc,
  search: Search | undefined,
  returned: number,
  sort: SortSpec | undefined,
): Record<string, unknown> {
  const stages = (search?.plan.branches ?? []).map(({ plan, filter: own }) => stageOf(plan, own));
  const source =
    stages.length > 1 ? { stage: 'OR', inputStages: stages } : (stages[0] ?? { stage: 'EOF' });
  const sorted = sort && search && !search.plan.sorted;
  const winningPlan = sorted ? { stage: 'SORT', inputStage: source } : source;
  return {
    queryPlanner: { namespace, parsedQuery: filter, winningPlan, rejectedPlans: [] },
    executionStats: {
      executionSuccess: true,
      nReturned: returned,
      totalKeysExamined: search?.stats.keysExamined ?? 0,
      totalDocsExamined: search?.stats.docsExamined ?? 0,
    },
  };
}
