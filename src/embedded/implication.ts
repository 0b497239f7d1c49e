/** Whether a query finds only documents that a partial index holds. */
import { isDoc, type Doc, type Value } from './bson.js';
import { compareValues, equalValues, rankOf } from './compare.js';
import { compileFilter, isOperators } from './query.js';

type Operators = ReadonlyMap<string, Value>;

const RANGES = ['$gt', '$gte', '$lt', '$lte'];

const operatorsOf = (condition: Value): Operators =>
  isOperators(condition) ? condition : new Map([['$eq', condition]]);

/** The values a condition demands one of, or undefined. */
function demanded(query: Operators): Value[] | undefined {
  const equal = query.get('$eq');
  if (equal !== undefined) return [equal];
  const list = query.get('$in');
  return Array.isArray(list) ? list : undefined;
}

/** Whether every value within one range also lies within another. */
function rangeImplies(query: Operators, name: string, limit: Value): boolean {
  const upward = name.startsWith('$g');
  return RANGES.filter((own) => own.startsWith('$g') === upward).some((own) => {
    const value = query.get(own);
    if (value === undefined || rankOf(value) !== rankOf(limit)) return false;
    const order = compareValues(value, limit) * (upward ? 1 : -1);
    return order > 0 || (order === 0 && (name.endsWith('e') || !own.endsWith('e')));
  });
}

function conditionImplies(query: Operators, name: string, operand: Value): boolean {
  const values = demanded(query);
  if (values) {
    const holds = compileFilter(new Map([['v', new Map([[name, operand]])]]));
    // A query for null also finds documents without the field.
    return values.every((value) => value !== null && holds(new Map([['v', value]])));
  }
  const own = query.get(name);
  if (own !== undefined && equalValues(own, operand)) return true;
  if (name === '$exists') {
    const present = ['$type', ...RANGES].some((other) => (query.get(other) ?? null) !== null);
    return operand !== false && present;
  }
  return RANGES.includes(name) && rangeImplies(query, name, operand);
}

/** Whether the conjunction in `filter` implies one clause `path: condition`. */
function implied(filter: Doc, path: string, condition: Value): boolean {
  return [...operatorsOf(condition)].every(([name, operand]) =>
    [...filter].some(([key, value]) => {
      if (key === path) return conditionImplies(operatorsOf(value), name, operand);
      if (key !== '$and' || !Array.isArray(value)) return false;
      const single: Doc = new Map([[name, operand]]);
      return value.some((clause) => isDoc(clause) && implied(clause, path, single));
    }),
  );
}

/**
 * Whether a partial index with this filter may answer the query. Errs on the side of no.
 *
 * @param partial - a `partialFilterExpression`
 */
export function impliesFilter(filter: Doc, partial: Doc): boolean {
  return [...partial].every(([path, condition]) => {
    if (path === '$and' && Array.isArray(condition)) {
      return condition.every((clause) => isDoc(clause) && impliesFilter(filter, clause));
    }
    if (path === '$or' && Array.isArray(condition)) {
      return condition.some((clause) => isDoc(clause) && impliesFilter(filter, clause));
    }
    return implied(filter, path, condition);
  });
}
