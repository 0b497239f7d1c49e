/** The difference of two states of a document, as change streams describe an update. */
import { typeName, type Doc, type Value } from './bson.js';
import { equalValues } from './compare.js';

/** `updateDescription` of an update event. Paths are dotted; array elements go by number. */
export interface DocumentDiff {
  readonly updatedFields: Doc;
  readonly removedFields: string[];
  readonly truncatedArrays: { field: string; newSize: number }[];
}

/** Same value and same type: a change from 1 to 1.0 is a change. */
function identical(a: Value, b: Value): boolean {
  if (a === b) return true;
  if (typeName(a) !== typeName(b)) return false;
  if (a instanceof Map && b instanceof Map) {
    const fields = [...b];
    return (
      a.size === b.size &&
      [...a].every(([name, value], i) => {
        const [otherName, other] = fields[i] ?? [];
        return name === otherName && identical(value, other ?? null);
      })
    );
  }
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((value, i) => identical(value, b[i] ?? null));
  }
  return equalValues(a, b) && String(a) === String(b);
}

function compareAt(path: string, before: Value, after: Value, diff: DocumentDiff): void {
  if (before === after) return;
  if (before instanceof Map && after instanceof Map) return compareDocs(path, before, after, diff);
  if (Array.isArray(before) && Array.isArray(after)) {
    return compareArrays(path, before, after, diff);
  }
  if (!identical(before, after)) diff.updatedFields.set(path, after);
}

function compareDocs(path: string, before: Doc, after: Doc, diff: DocumentDiff): void {
  const at = (name: string): string => (path ? `${path}.${name}` : name);
  for (const name of before.keys()) if (!after.has(name)) diff.removedFields.push(at(name));
  for (const [name, value] of after) {
    const old = before.get(name);
    if (old === undefined) diff.updatedFields.set(at(name), value);
    else compareAt(at(name), old, value, diff);
  }
}

function compareArrays(path: string, before: Value[], after: Value[], diff: DocumentDiff): void {
  if (after.length < before.length) {
    // A shift changes nearly every element: the whole array is the shorter story then.
    const prefix = after.every((value, i) => identical(value, before[i] ?? null));
    if (!prefix) diff.updatedFields.set(path, after);
    else diff.truncatedArrays.push({ field: path, newSize: after.length });
    return;
  }
  after.forEach((value, i) => {
    const old = before[i];
    if (old === undefined) diff.updatedFields.set(`${path}.${i}`, value);
    else compareAt(`${path}.${i}`, old, value, diff);
  });
}

/** What turns `before` into `after`. Parts shared by reference are skipped unread. */
export function diffDocuments(before: Doc, after: Doc): DocumentDiff {
  const diff: DocumentDiff = { updatedFields: new Map(), removedFields: [], truncatedArrays: [] };
  compareDocs('', before, after, diff);
  return diff;
}
