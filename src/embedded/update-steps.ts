/** Takes an update document apart: one step for each path, checked against each other. */
import { isDoc, type Doc, type Value } from './bson.js';
import { StoreError, unsupported } from './errors.js';
import { arrayIndex } from './paths.js';
import { OPERATORS, REMOVE, type Change } from './update-operators.js';

/** One operator on one path. */
export interface Step {
  readonly operator: string;
  readonly path: string;
  readonly parts: readonly string[];
  readonly change: Change;
}

const failed = (message: string): StoreError => new StoreError('FailedToParse', message);

function checkPath(path: string, parts: readonly string[]): void {
  if (parts.some((part) => part === '')) {
    throw new StoreError(
      'EmptyFieldName',
      path === ''
        ? 'An empty update path is not valid.'
        : `The update path '${path}' contains an empty field name, which is not allowed.`,
    );
  }
  const [first = ''] = parts;
  if (first === '$' || first.startsWith('$[')) {
    throw new StoreError(
      'BadValue',
      `Cannot have array filter or positional at the start of '${path}'`,
    );
  }
  const bad = parts.find((part) => part.startsWith('$') && !/^\$(\[[^\]]*\])?$/.test(part));
  if (bad !== undefined) {
    throw new StoreError(
      'DollarPrefixedFieldName',
      `The dollar ($) prefixed field '${bad}' in '${path}' is not allowed in the context of an update's replacement document.`,
    );
  }
}

const isPrefix = (a: readonly string[], b: readonly string[]): boolean =>
  a.length <= b.length && a.every((part, i) => part === b[i]);

function checkConflicts(steps: readonly Step[]): void {
  const seen = new Map<string, Step>();
  const prefixes = new Set<string>();
  for (const step of steps) {
    const clash =
      prefixes.has(step.path) ||
      step.parts.some((_, i) => seen.has(step.parts.slice(0, i + 1).join('.')));
    if (clash) {
      const other = [...seen.values()].find(
        ({ parts }) => isPrefix(parts, step.parts) || isPrefix(step.parts, parts),
      );
      const at = other && other.path.length < step.path.length ? other.path : step.path;
      throw new StoreError(
        'ConflictingUpdateOperators',
        `Updating the path '${step.path}' would create a conflict at '${at}'`,
      );
    }
    seen.set(step.path, step);
    step.parts.forEach((_, i) => prefixes.add(step.parts.slice(0, i + 1).join('.')));
  }
}

/** Fields with names in byte order, numbers by value: the order in which MongoDB adds new fields. */
function compareParts(a: readonly string[], b: readonly string[]): number {
  for (let i = 0; i < a.length && i < b.length; i++) {
    const [x = '', y = ''] = [a[i], b[i]];
    if (x === y) continue;
    const [m, n] = [arrayIndex(x), arrayIndex(y)];
    return m >= 0 && n >= 0 ? m - n : x < y ? -1 : 1;
  }
  return a.length - b.length;
}

/** Compiles an update document into steps, in the order in which they apply. */
export function compileSteps(update: Doc): Step[] {
  const steps: Step[] = [];
  for (const [operator, fields] of update) {
    const build = Object.hasOwn(OPERATORS, operator) ? OPERATORS[operator] : undefined;
    if (operator === '$bit') throw unsupported('update operator $bit');
    if (!build) {
      throw failed(
        `Unknown modifier: ${operator}. Expected a valid update modifier or pipeline-style update specified as an array`,
      );
    }
    if (!isDoc(fields)) {
      throw failed(
        `Modifiers operate on fields but we found type ${fields === null ? 'null' : typeof fields} instead.`,
      );
    }
    for (const [path, operand] of fields) {
      const parts = path.split('.');
      checkPath(path, parts);
      if (operator === '$rename') steps.push(...renameSteps(path, parts, operand));
      else steps.push({ operator, path, parts, change: build(operand, path) });
    }
  }
  checkConflicts(steps);
  return steps.sort((a, b) => compareParts(a.parts, b.parts));
}

/** A rename is a read of one path, a removal there and a set elsewhere; see {@link moveFields}. */
function renameSteps(path: string, parts: readonly string[], operand: Value): Step[] {
  if (typeof operand !== 'string') {
    throw new StoreError('BadValue', `The 'to' field for $rename must be a string: ${path}`);
  }
  const target = operand.split('.');
  checkPath(operand, target);
  if (isPrefix(parts, target) || isPrefix(target, parts)) {
    throw new StoreError(
      'BadValue',
      `The source and target field for $rename must not be on the same path: ${path}: "${operand}"`,
    );
  }
  if ([...parts, ...target].some((part) => part.startsWith('$'))) {
    throw new StoreError(
      'BadValue',
      `The source and target field for $rename may not be dynamic: ${path}`,
    );
  }
  const from = (doc: Doc): Value | undefined => readField(doc, parts);
  return [
    { operator: '$rename', path, parts, change: { apply: () => REMOVE, optional: true } },
    {
      operator: '$rename',
      path: operand,
      parts: target,
      change: { apply: (old, context) => from(context.original) ?? old ?? REMOVE },
    },
  ];
}

function readField(doc: Doc, parts: readonly string[]): Value | undefined {
  let value: Value | undefined = doc;
  for (const part of parts) {
    if (Array.isArray(value)) {
      throw new StoreError(
        'BadValue',
        `The source field cannot be an array element: '${parts.join('.')}'`,
      );
    }
    value = isDoc(value) ? value.get(part) : undefined;
  }
  return value;
}
