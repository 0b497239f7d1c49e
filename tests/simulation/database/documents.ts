/** Documents as a MongoDB keeps them: fields that are undefined are not stored, what is stored never changes, only gets replaced. */
import mongoose from 'mongoose';

const { Double, ObjectId } = mongoose.mongo;

export type Fields = Record<string, unknown>;
export type Doc = Readonly<Fields>;

const isPlain = (value: unknown): value is Fields => {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
};

/** A copy that shares nothing with what the caller holds. */
export function store(value: unknown): unknown {
  if (Array.isArray(value)) return value.map((each) => (each === undefined ? null : store(each)));
  if (!isPlain(value)) {
    const scalar =
      typeof value !== 'object' ||
      value === null ||
      value instanceof ObjectId ||
      value instanceof Date;
    if (scalar) return value;
    // As the driver hands it out again.
    if (value instanceof Double) return value.value;
    throw new TypeError(`the simulated database cannot keep ${String(value)}`);
  }
  const copy: Fields = {};
  for (const name in value) {
    const field = value[name];
    if (field !== undefined) copy[name] = store(field);
  }
  return copy;
}

/** A text that is the same for the same id. */
export const keyOf = (id: unknown): string =>
  id instanceof ObjectId ? id.toHexString() : `${typeof id}:${String(id)}`;

export function equal(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (a instanceof ObjectId) return b instanceof ObjectId && a.equals(b);
  if (a instanceof Date) return b instanceof Date && a.getTime() === b.getTime();
  if (Array.isArray(a))
    return (
      Array.isArray(b) && a.length === b.length && a.every((each, index) => equal(each, b[index]))
    );
  if (!isPlain(a) || !isPlain(b)) return false;
  const names = Object.keys(a);
  return names.length === Object.keys(b).length && names.every((name) => equal(a[name], b[name]));
}

const orderable = (value: unknown): number | string | undefined => {
  if (typeof value === 'number' || typeof value === 'string') return value;
  if (value instanceof Date) return value.getTime();
  if (value instanceof ObjectId) return value.toHexString();
  return typeof value === 'boolean' ? Number(value) : undefined;
};

/** Order of two values of one kind; nothing where they cannot be compared. */
export function compare(a: unknown, b: unknown): number | undefined {
  const left = orderable(a);
  const right = orderable(b);
  if (left === undefined || typeof left !== typeof right || right === undefined) return undefined;
  if (a instanceof Date !== b instanceof Date) return undefined;
  return left < right ? -1 : left > right ? 1 : 0;
}

/** Everything that a dotted path leads to; arrays on the way are entered. */
export function valuesAt(doc: unknown, path: string): readonly unknown[] {
  const dot = path.indexOf('.');
  if (Array.isArray(doc)) return doc.flatMap((each) => valuesAt(each, path));
  if (!isPlain(doc)) return [];
  if (dot < 0) return Object.hasOwn(doc, path) ? [doc[path]] : [];
  return valuesAt(doc[path.slice(0, dot)], path.slice(dot + 1));
}
