/** Inclusion and exclusion projections with dotted paths; expressions are refused. */
import { isDoc, isNumeric, type Doc, type Value } from './bson.js';
import { StoreError, unsupported } from './errors.js';
import { toDouble } from './numbers.js';

/** Reduces a document to what was asked for. */
export type Projection = (doc: Doc) => Doc;
/** Wanted or unwanted paths; `true` is the end of one. */
type Tree = Map<string, Branch>;
type Branch = Tree | true;

function isWanted(path: string, value: Value): boolean {
  if (typeof value === 'boolean') return value;
  if (isNumeric(value)) return toDouble(value) !== 0;
  const operator = isDoc(value) ? value.keys().next().value : undefined;
  throw unsupported(`projection ${operator ?? 'expression'} on '${path}'`);
}

function insert(tree: Tree, path: string): void {
  const parts = path.split('.');
  if (parts.some((part) => part.startsWith('$'))) throw unsupported(`projection of '${path}'`);
  const last = parts.pop() ?? path;
  let at = tree;
  for (const part of parts) {
    const below: Branch = at.get(part) ?? new Map<string, Branch>();
    if (below === true) throw new StoreError('Location31249', `Path collision at ${path}`);
    at.set(part, below);
    at = below;
  }
  if (at.has(last)) throw new StoreError('Location31250', `Path collision at ${path}`);
  at.set(last, true);
}

/** What an inclusion keeps of a value; undefined: nothing. */
function include(value: Value, tree: Tree): Value | undefined {
  if (Array.isArray(value))
    return value.map((item) => include(item, tree)).filter((item) => item !== undefined);
  if (!isDoc(value)) return undefined;
  const kept: Doc = new Map();
  for (const [name, field] of value) {
    const below = tree.get(name);
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
    const below = tree.get(name);
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
  const tree: Tree = new Map();
  const wanted = new Map([...spec].map(([path, value]) => [path, isWanted(path, value)]));
  const id = wanted.get('_id');
  const [first] = [...wanted].filter(([path]) => path !== '_id');
  const including = first?.[1] ?? id ?? true;
  for (const [path, flag] of wanted) {
    if (path !== '_id' && flag !== including) {
      const words = including ? ['exclusion', 'inclusion'] : ['inclusion', 'exclusion'];
      const message = `Cannot do ${words[0]} on field ${path} in ${words[1]} projection`;
      throw new StoreError(including ? 'Location31254' : 'Location31253', message);
    }
    insert(tree, path);
  }
  if (id !== undefined && id !== including) tree.delete('_id');
  if (including && id === undefined && !tree.has('_id')) tree.set('_id', true);
  return (doc) => (including ? include(doc, tree) : exclude(doc, tree)) as Doc;
}
