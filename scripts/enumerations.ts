/**
 * Enumerations that may grow: `x-extensible-enum` in the contract lists the values that are known today. Readers have to take others, so
 * there is no `enum` that would forbid them; the manager itself sends and takes the known ones only.
 */
import { STRING, tsIntersection, tsLiteral, tsUnion } from 'openapi-typescript';
import ts from 'typescript';

const keyword = 'x-extensible-enum';

/** The known values of a schema that may get more of them. */
export const knownValues = (schema: object): readonly string[] | undefined =>
  (schema as { readonly [keyword]?: readonly string[] })[keyword];

/** A copy of a document in which the known values are all there are. */
export function closeEnumerations<Document>(document: Document): Document {
  if (Array.isArray(document)) return document.map(closeEnumerations) as Document;
  if (typeof document !== 'object' || document === null) return document;
  return Object.fromEntries(
    Object.entries(document).map(([name, value]) =>
      name === keyword ? ['enum', value] : [name, closeEnumerations(value as unknown)],
    ),
  ) as Document;
}

/** The type of such a schema: its known values, which an editor proposes, or any other text. */
export function openType(schema: object): ts.TypeNode | undefined {
  const known = knownValues(schema);
  if (known === undefined) return undefined;
  const other = tsIntersection([STRING, ts.factory.createTypeLiteralNode([])]);
  return tsUnion([...known.map((value) => tsLiteral(value)), other]);
}
