/** Dotted paths through documents and arrays, as MongoDB walks them. */
import { isDoc, type Doc, type Value } from './bson.js';
import { StoreError } from './errors.js';

/** The array index a path component names, or -1. */
export function arrayIndex(part: string | undefined): number {
  return part !== undefined && /^(0|[1-9]\d*)$/.test(part) ? Number(part) : -1;
}

/**
 * Whether `leaf` holds for anything a path leads to: arrays on the way are entered (each element,
 * and by number), a missing field is `undefined`. Arrays at the end are given to `leaf` whole.
 */
export function anyAtPath(
  value: Value | undefined,
  parts: readonly string[],
  depth: number,
  leaf: (value: Value | undefined) => boolean,
  /** For what stands at a position that ends the path. */
  atPosition = leaf,
): boolean {
  if (depth === parts.length) return leaf(value);
  if (isDoc(value))
    return anyAtPath(value.get(parts[depth] ?? ''), parts, depth + 1, leaf, atPosition);
  if (!Array.isArray(value)) return leaf(undefined);
  const item = value[arrayIndex(parts[depth])];
  if (item !== undefined) {
    if (depth + 1 === parts.length) {
      if (atPosition(item)) return true;
    } else if (
      (isDoc(item) || Array.isArray(item)) &&
      anyAtPath(item, parts, depth + 1, leaf, atPosition)
    )
      return true;
  }
  return value.some((inner) => isDoc(inner) && anyAtPath(inner, parts, depth, leaf, atPosition));
}

interface Cursor {
  value: Value | undefined;
  depth: number;
  /** The array this path stopped at, if it did. */
  array?: Value[] | undefined;
}

function descend(from: Cursor, parts: readonly string[]): Cursor {
  let { value, depth } = from;
  while (depth < parts.length) {
    if (value instanceof Map) value = value.get(parts[depth++] ?? '');
    else {
      const at: number = Array.isArray(value) ? arrayIndex(parts[depth]) : -1;
      if (!Array.isArray(value) || at < 0 || at >= value.length) break;
      value = value[at];
      // An array at a position that ends the path is one value.
      if (++depth === parts.length) return { value, depth };
    }
  }
  if (Array.isArray(value)) return { value, depth, array: value };
  return { value: depth === parts.length ? value : undefined, depth: parts.length };
}

/**
 * The rows a document contributes to an index over several paths: one, or one per element when a
 * path meets an array. `undefined` inside a row is an empty array; a missing field is `null`.
 * @throws CannotIndexParallelArrays - two paths meet different arrays
 */
export function indexRows(
  doc: Doc,
  paths: readonly (readonly string[])[],
): { rows: (Value | undefined)[][]; multikey: boolean } {
  const rows: (Value | undefined)[][] = [];
  let multikey = false;
  const expand = (cursors: Cursor[]): void => {
    const array = cursors.find((cursor) => cursor.array)?.array;
    if (!array) {
      rows.push(cursors.map(({ value }) => (value === undefined ? null : value)));
      return;
    }
    multikey = true;
    if (cursors.some((cursor) => cursor.array && cursor.array !== array)) {
      throw new StoreError('CannotIndexParallelArrays', 'cannot index parallel arrays');
    }
    if (array.length === 0) {
      const atEnd = (cursor: Cursor, i: number): boolean => cursor.depth === paths[i]?.length;
      rows.push(
        cursors.map((cursor, i) =>
          cursor.array ? (atEnd(cursor, i) ? undefined : null) : (cursor.value ?? null),
        ),
      );
      return;
    }
    for (const element of array) {
      expand(
        cursors.map((cursor, i) => {
          if (!cursor.array) return cursor;
          const parts = paths[i] ?? [];
          // An array inside an array is a plain value at the end of a path and a dead end before.
          if (cursor.depth === parts.length) return { value: element, depth: cursor.depth };
          if (!isDoc(element)) return { value: undefined, depth: parts.length };
          return descend({ value: element, depth: cursor.depth }, parts);
        }),
      );
    }
  };
  expand(paths.map((parts) => descend({ value: doc, depth: 0 }, parts)));
  return { rows, multikey };
}
