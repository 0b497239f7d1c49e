/** Inclusion and exclusion projections with dotted paths; expressions are refused. */
import { isDoc, isNumeric, type Doc, type Value } from './bson.js';
import { StoreError, unsupported } from './errors.js';
import { toDouble } from './numbers.js';

/** Reduces a document to what was asked for. */
export type Projection = (doc: Doc) => Doc;

/** Wanted or unwanted paths as a tree; `true` is the end of one. */
interface Tree {
  readonly children: Map<string, Tree | true>;
}

const emptyTree = (): Tree => ({ children: new Map<string, Tree | true>() });

function flag(path: string, value: Value): boolean {
  if (typeof value === 'boolean') return value;
  if (isNumeric(value)) return toDouble(value) !== 0;
  const operator = isDoc(value) ? value.keys().next().value : undefined;
  throw unsupported(`projection ${operator ?? 'expression'} on '${path}'`);
}

function insert(tree: Tree, path: string): void {
  const parts = path.split('.');
  if (parts.some((part) => part.startsWith('$'))) throw unsupported(`projection of '${path}'`);
  let at = tree;
  parts.forEach((part, i) => {
    const known = at.children.get(part);
    const last = i === parts.length - 1;
    if (known === true || (known && last)) {
      throw new StoreError('Location31249', `Path collision at ${path}`);
    }
    if (last) at.children.set(part, true);
    else {
      const child: Tree = known ?? emptyTree();
      at.children.set(part, child);
      at = child;
    }
  });
}

function include(value: Value, tree: Tree): Value | undefined {
  if (Array.isArray(value)) {
    return value.flatMap((item) => {
      const kept = include(item, tree);
      return kept === undefined ? [] : [kept];
    });
  }
  if (!isDoc(value)) return undefined;
  const kept: Doc = new Map();
  for (const [name, field] of value) {
    const below = tree.children.get(name);
    const result = below === true ? field : below && include(field, below);
    if (result !== undefined) kept.set(name, result);
  }
  return kept;
}

function exclude(value: Value, tree: Tree): Value {
  if (Array.isArray(value)) return value.map((item) => exclude(item, tree));
  if (!isDoc(value)) return value;
  const kept: Doc = new Map();
  for (const [name, field] of value) {
    const below = tree.children.get(name);
    if (below !== true) kept.set(name, below ? exclude(field, below) : field);
  }
  return kept;
}

/**
 * Compiles a projection.
 *
 * @returns undefined when everything is kept
 * @throws Location31253, Location31254 - inclusion and exclusion mixed
 */
export function compileProjection(spec: Doc | undefined): Projection | undefined {
  if (!spec || spec.size === 0) return undefined;
  const tree = emptyTree();
  let including: boolean | undefined;
  let id: boolean | undefined;
  for (const [path, value] of spec) {
    const wanted = flag(path, value);
    if (path === '_id') {
      id = wanted;
      continue;
    }
    if (including !== undefined && including !== wanted) {
      throw including
        ? new StoreError(
            'Location31254',
            `Cannot do exclusion on field ${path} in inclusion projection`,
          )
        : new StoreError(
            'Location31253',
            `Cannot do inclusion on field ${path} in exclusion projection`,
          );
    }
    including = wanted;
    insert(tree, path);
  }
  including ??= id ?? true;
  if (including) {
    if (id !== false) tree.children.set('_id', true);
    return (doc) => include(doc, tree) as Doc;
  }
  if (id === false) tree.children.set('_id', true);
  return (doc) => exclude(doc, tree) as Doc;
}
