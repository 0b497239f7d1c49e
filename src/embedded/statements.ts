/** What one update or delete statement does to a collection. */
import type { Doc, Value } from './bson.js';
import type { Collection, Index } from './catalog.js';
import {
  deleteDocument,
  insertDocument,
  replaceDocument,
  type Found,
  type Writer,
} from './documents.js';
import { StoreError } from './errors.js';
import type { MatchDetails } from './paths.js';
import type { SortSpec } from './planner.js';
import { compileFilter, type Matcher } from './query.js';
import { Search, type Hit, type SearchOptions } from './search.js';
import { compileUpdate, upsertBase, type Update } from './update.js';

/** A parsed update statement. */
export interface UpdateStatement {
  readonly filter: Doc;
  readonly update: Update;
  /** Finds array positions; only there if the update needs them. */
  readonly positions: Matcher | undefined;
  readonly multi: boolean;
  readonly upsert: boolean;
  readonly sort: SortSpec | undefined;
  readonly hint: Index | undefined;
}

/** What an update did. `before` and `after` are of the last document it matched. */
export interface UpdateResult {
  readonly n: number;
  readonly nModified: number;
  readonly upserted?: Value;
  readonly before?: Found;
  readonly after?: Found;
}

/** Checks a statement before any document is looked at. */
export function parseUpdate(
  query: Doc | undefined,
  change: Value | undefined,
  options: Omit<UpdateStatement, 'filter' | 'update' | 'positions'> & {
    arrayFilters: readonly Doc[];
  },
): UpdateStatement {
  const filter = query ?? new Map<string, Value>();
  const { arrayFilters, ...rest } = options;
  const update = compileUpdate(change, arrayFilters);
  if (update.replacement && rest.multi) {
    throw new StoreError(
      'FailedToParse',
      'multi update is not supported for replacement-style update',
    );
  }
  const matcher = compileFilter(filter);
  return { ...rest, filter, update, positions: update.positional ? matcher : undefined };
}

function collect(
  writer: Writer,
  collection: Collection,
  filter: Doc,
  options: SearchOptions,
): Hit[] {
  const search = new Search(writer, collection, filter, options);
  const hits: Hit[] = [];
  for (let hit = search.next(); hit; hit = search.next()) hits.push(hit);
  search.pause();
  return hits;
}

/** Applies an update to one document; undefined when that changes nothing. */
export function updateOne(
  writer: Writer,
  collection: Collection,
  statement: UpdateStatement,
  hit: Found,
): Found | undefined {
  const details: MatchDetails = {};
  statement.positions?.(hit.doc, details);
  const next = statement.update.apply(hit.doc, details, false);
  const type = statement.update.replacement ? 'replace' : 'update';
  const raw = replaceDocument(writer, collection, hit, next, type);
  return raw && { idPart: hit.idPart, raw, doc: next };
}

/** Runs an update statement: all matches are found first, so none is met twice. */
export function updateMatching(
  writer: Writer,
  collection: Collection,
  statement: UpdateStatement,
): UpdateResult {
  const { filter, multi, sort, hint } = statement;
  const hits = collect(writer, collection, filter, { limit: multi ? 0 : 1, sort, hint });
  if (hits.length === 0 && statement.upsert) return upsert(writer, collection, statement);
  let nModified = 0;
  let last: { before: Found; after: Found } | undefined;
  for (const hit of hits) {
    const after = updateOne(writer, collection, statement, hit);
    if (after) nModified++;
    last = { before: hit, after: after ?? hit };
  }
  return { n: hits.length, nModified, ...last };
}

function upsert(
  writer: Writer,
  collection: Collection,
  { filter, update }: UpdateStatement,
): UpdateResult {
  const base = upsertBase(filter);
  const doc = update.apply(base, {}, true);
  const after = insertDocument(writer, collection, doc);
  return { n: 1, nModified: 0, upserted: after.doc.get('_id') ?? null, after };
}

/** Deletes what matches and returns it. */
export function deleteMatching(
  writer: Writer,
  collection: Collection,
  filter: Doc,
  options: SearchOptions,
): Hit[] {
  const hits = collect(writer, collection, filter, options);
  for (const hit of hits) deleteDocument(writer, collection, hit);
  return hits;
}
