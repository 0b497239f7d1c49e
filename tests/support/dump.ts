/** The whole state of a manager as a value, to show that something has changed nothing. */
import type mongoose from 'mongoose';
import type { Store } from '../../src/store/store.js';

export type Dump = Readonly<Record<string, readonly unknown[]>>;

/** Every document of every collection, by collection and id, in JSON. */
export async function dump(store: Store): Promise<Dump> {
  const entries = await Promise.all(
    Object.entries(store.models as unknown as Record<string, mongoose.Model<unknown>>).map(
      async ([name, model]) => {
        const documents = await model.find().sort({ _id: 1 }).lean();
        return [name, JSON.parse(JSON.stringify(documents)) as unknown[]] as const;
      },
    ),
  );
  return Object.fromEntries(entries);
}

const quietDumps = 3;
const quietWithinMs = 10_000;

/** The state once nothing writes to it any more: the history is written, and several dumps in a row are the same. */
export async function settledDump(store: Store): Promise<Dump> {
  const deadline = performance.now() + quietWithinMs;
  let last = '';
  for (let same = 0; ;) {
    const state = await dump(store);
    const text = JSON.stringify(state);
    same = text === last && store.feed.lagSeconds() === 0 ? same + 1 : 0;
    if (same >= quietDumps) return state;
    if (performance.now() > deadline) throw new Error('the state does not come to rest');
    last = text;
  }
}
