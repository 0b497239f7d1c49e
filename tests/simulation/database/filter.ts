/** MongoDB's filters, as far as the data layer uses them. What is not known here is refused, never guessed. */
import { compare, equal, valuesAt, type Doc } from './documents.js';

export type Filter = Readonly<Record<string, unknown>>;

const isOperators = (condition: unknown): condition is Record<string, unknown> =>
  typeof condition === 'object' &&
  condition !== null &&
  Object.getPrototypeOf(condition) === Object.prototype &&
  Object.keys(condition).some((name) => name.startsWith('$'));

const refuse = (what: string): Error =>
  new Error(`the simulated database does not know ${what}; teach it in tests/simulation/database`);

/** A value, or one of its elements where it is an array. */
const someOf = (values: readonly unknown[], test: (value: unknown) => boolean): boolean =>
  values.some((value) => test(value) || (Array.isArray(value) && value.some(test)));

const equals = (values: readonly unknown[], wanted: unknown): boolean =>
  wanted === null && values.length === 0 ? true : someOf(values, (value) => equal(value, wanted));

const ordered =
  (holds: (order: number) => boolean) =>
  (values: readonly unknown[], operand: unknown): boolean =>
    someOf(values, (value) => {
      const order = compare(value, operand);
      return order !== undefined && holds(order);
    });

const operators: Readonly<
  Record<string, (values: readonly unknown[], operand: unknown) => boolean>
> = {
  $eq: equals,
  $ne: (values, operand) => !equals(values, operand),
  $in: (values, operand) => (operand as unknown[]).some((wanted) => equals(values, wanted)),
  $nin: (values, operand) => !(operand as unknown[]).some((wanted) => equals(values, wanted)),
  $lt: ordered((order) => order < 0),
  $lte: ordered((order) => order <= 0),
  $gt: ordered((order) => order > 0),
  $gte: ordered((order) => order >= 0),
  $exists: (values, operand) => values.length > 0 === Boolean(operand),
};

function matchesField(doc: Doc, path: string, condition: unknown): boolean {
  const values = path.includes('.')
    ? valuesAt(doc, path)
    : Object.hasOwn(doc, path)
      ? [doc[path]]
      : [];
  if (!isOperators(condition)) return equals(values, condition);
  for (const name in condition) {
    const test = operators[name];
    if (test === undefined) throw refuse(`the query operator ${name}`);
    if (!test(values, condition[name])) return false;
  }
  return true;
}

export function matches(doc: Doc, filter: Filter): boolean {
  for (const name in filter) {
    const condition = filter[name];
    if (name === '$or') {
      if (!(condition as Filter[]).some((each) => matches(doc, each))) return false;
    } else if (name === '$and') {
      if (!(condition as Filter[]).every((each) => matches(doc, each))) return false;
    } else if (name.startsWith('$')) throw refuse(`the query operator ${name}`);
    else if (condition !== undefined && !matchesField(doc, name, condition)) return false;
  }
  return true;
}
