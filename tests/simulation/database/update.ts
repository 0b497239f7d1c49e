/** MongoDB's updates, as far as the data layer uses them. */
import { compare, equal, store, type Doc, type Fields } from './documents.js';

export type Update = Readonly<Record<string, Readonly<Fields>>>;

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** @returns the next value; undefined takes the field away */
type Change = (value: unknown, operand: unknown, inserting: boolean) => unknown;

const extreme =
  (sign: 1 | -1): Change =>
  (value, operand) =>
    value !== undefined && (compare(value, operand) ?? 0) * sign >= 0 ? value : store(operand);

const operators: Readonly<Record<string, Change>> = {
  $set: (value, operand) => (operand === undefined ? value : store(operand)),
  $setOnInsert: (value, operand, inserting) => (inserting ? store(operand) : value),
  $unset: () => undefined,
  $inc: (value, operand) => (typeof value === 'number' ? value : 0) + Number(operand),
  $max: extreme(1),
  $min: extreme(-1),
  $push: (value, operand) => [...listOf(value), store(operand)],
  $addToSet: (value, operand) =>
    listOf(value).some((each) => equal(each, operand)) ? value : [...listOf(value), store(operand)],
};

/** Changes the value at a dotted path; what lies around it is copied. */
function changeAt(doc: Fields, path: string, change: (value: unknown) => unknown): void {
  const dot = path.indexOf('.');
  const name = dot < 0 ? path : path.slice(0, dot);
  if (dot < 0) {
    const value = change(doc[name]);
    if (value === undefined) Reflect.deleteProperty(doc, name);
    else doc[name] = value;
    return;
  }
  const inner = doc[name] ?? {};
  if (typeof inner !== 'object' || Array.isArray(inner))
    throw new TypeError(`the simulated database cannot change ${path}: ${name} is no document`);
  const copy = { ...inner } as Fields;
  changeAt(copy, path.slice(dot + 1), change);
  doc[name] = copy;
}

export function applyUpdate(doc: Doc, update: Update, inserting = false): Doc {
  const next = { ...doc };
  for (const name in update) {
    const change = operators[name];
    if (change === undefined)
      throw new Error(
        `the simulated database does not know the update operator ${name}; teach it in tests/simulation/database`,
      );
    const fields = update[name];
    for (const path in fields)
      changeAt(next, path, (value) => change(value, fields[path], inserting));
  }
  return next;
}

/** What a change stream tells of an update: top-level fields with a new value, and those that are gone. */
export function changedFields(
  before: Doc,
  after: Doc,
): { readonly updatedFields: Fields; readonly removedFields: readonly string[] } {
  const updatedFields: Fields = {};
  for (const name in after)
    if (before[name] !== after[name] && !equal(before[name], after[name]))
      updatedFields[name] = after[name];
  return {
    updatedFields,
    removedFields: Object.keys(before).filter((name) => !Object.hasOwn(after, name)),
  };
}
