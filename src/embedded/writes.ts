/** What one update or delete statement does, step by step: a step that would take long is done outside of the write group. */
import type { Collection } from './catalog.js';
import { documentKey, type Writer } from './documents.js';
import type { View } from './kv.js';
import type { SortSpec } from './planner.js';
import type { Filter } from './query.js';
import { BUSY, Hit, Search, visitAll } from './search.js';

/** A statement of a write command. */
export interface Statement {
  /** Does what can be done in one write group. @returns what is to be done before the next one, if anything is left */
  run(writer: Writer): 'done' | 'more' | 'search';
  /** Searches with breaks, so that others write meanwhile. */
  search(view: View, deadline: number): Promise<void>;
}

/** A change of one document or of all that match. */
export interface Change {
  readonly collection: Collection | undefined;
  readonly filter: Filter;
  readonly many: boolean;
  readonly sort?: SortSpec | undefined;
  /** Searches within the write group, however long it takes: what is sent again must have been done as a whole. */
  readonly atOnce: boolean;
  /** Called for each document that matches. */
  apply(writer: Writer, collection: Collection, hit: Hit): void;
  /** Called once if none does. */
  none(writer: Writer): void;
}

const GROUP_DOCUMENTS_MAX = 500;
/** Of 128 documents each; about 10 ms. */
const TURNS_IN_GROUP_MAX = 8;
/** Found for a change of one document; more than one, since the first may have changed until it is its turn. */
const CANDIDATES_MAX = 100;

/**
 * Finds and changes. Like MongoDB's multi-document writes a change of many is atomic for each document, not as a whole; those it has
 * found are looked at again when their turn comes, and none is met twice.
 */
export class ChangeStatement implements Statement {
  private candidates: Buffer[] | undefined;
  private met = 0;

  constructor(private readonly change: Change) {}

  run(writer: Writer): 'done' | 'more' | 'search' {
    const { collection, many } = this.change;
    if (!collection || collection.dropped) {
      if (this.met === 0) this.change.none(writer);
      return 'done';
    }
    if (this.candidates) return this.takeTurns(writer, collection, this.candidates);
    const hit = many ? BUSY : this.first(writer, collection);
    if (hit === BUSY) return 'search';
    if (hit) this.change.apply(writer, collection, hit);
    else this.change.none(writer);
    return 'done';
  }

  async search(view: View, deadline: number): Promise<void> {
    const { collection, filter, many, sort } = this.change;
    if (!collection) return;
    const found: Buffer[] = [];
    const limit = many ? 0 : CANDIDATES_MAX;
    const search = new Search(view, collection, filter, { sort, limit });
    await visitAll(search, deadline, ({ idPart }) => void found.push(idPart));
    this.candidates = found;
  }

  private first(writer: Writer, collection: Collection): Hit | typeof BUSY | undefined {
    const { filter, sort, atOnce } = this.change;
    const search = new Search(writer, collection, filter, { sort, limit: 1 });
    try {
      let hit = search.advance();
      for (let turn = 1; hit === BUSY && (atOnce || turn < TURNS_IN_GROUP_MAX); turn++)
        hit = search.advance();
      return hit;
    } finally {
      search.pause();
    }
  }

  private takeTurns(writer: Writer, collection: Collection, candidates: Buffer[]): 'done' | 'more' {
    const { filter, many } = this.change;
    const chunk = candidates.splice(0, GROUP_DOCUMENTS_MAX);
    if (chunk.length === 0) {
      if (this.met === 0) this.change.none(writer);
      return 'done';
    }
    for (const idPart of chunk) {
      const raw = writer.get(documentKey(collection, idPart));
      const hit = raw && new Hit(idPart, raw);
      if (!hit || !filter.matches(hit.doc)) continue;
      this.met++;
      this.change.apply(writer, collection, hit);
      if (!many) return 'done';
    }
    // All that could be the one have changed meanwhile: look again.
    if (!many) this.candidates = undefined;
    return 'more';
  }
}
