/** Writes to many documents in several write groups, so that others are served in between. */
import type { Doc } from './bson.js';
import type { Collection, Index } from './catalog.js';
import { documentKey } from './documents.js';
import { compileFilter } from './query.js';
import { Breather, Hit, Search, visitAll } from './search.js';
import type { Store } from './store.js';

const GROUP_DOCUMENTS = 500;

/**
 * Finds what matches now, then applies a change to each document that still matches when its turn
 * comes. Like MongoDB's multi-document writes this is atomic for each document, not as a whole,
 * and meets no document twice.
 *
 * @param apply - runs inside a write group
 */
export async function writeMany(
  store: Store,
  collection: Collection,
  filter: Doc,
  options: { hint: Index | undefined; deadline: number },
  apply: (hit: Hit) => void,
): Promise<void> {
  const found: Buffer[] = [];
  const search = new Search(store.kv.main, collection, filter, { hint: options.hint });
  await visitAll(search, new Breather(options.deadline), ({ idPart }) => void found.push(idPart));
  const matches = compileFilter(filter);
  for (let at = 0; at < found.length; at += GROUP_DOCUMENTS) {
    const chunk = found.slice(at, at + GROUP_DOCUMENTS);
    await store.kv.write(() => {
      if (collection.dropped) return;
      for (const idPart of chunk) {
        const raw = store.kv.main.get(documentKey(collection, idPart));
        const hit = raw && new Hit(idPart, raw);
        if (hit && matches(hit.doc)) apply(hit);
      }
    });
  }
}
