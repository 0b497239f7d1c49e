/** The whole state of a manager as a value, to show that something has changed nothing. */
import type mongoose from 'mongoose';
import type { App } from '../../src/app.js';
import type { Store } from '../../src/store/store.js';

export type Dump = Readonly<Record<string, readonly unknown[]>>;

/** What is no state: the lease is renewed all the time, and so is the place up to which nothing has happened. */
const passing: Readonly<Record<string, object>> = {
  leases: { _id: 1 },
  feed: { resumeToken: 0 },
};

/** Attempts to sign in are counted, and refusals remembered, just because nothing else happens. */
const alsoWhenRefused: ReadonlySet<string> = new Set(['signInFailures', 'audit', 'auditHead']);

/** Every document of every collection, by collection and id, in JSON. */
export async function dump(store: Store): Promise<Dump> {
  const entries = await Promise.all(
    Object.entries(store.models as unknown as Record<string, mongoose.Model<unknown>>)
      .filter(([name]) => !alsoWhenRefused.has(name))
      .map(async ([name, model]) => {
        const documents = await model.find({}, passing[name]).sort({ _id: 1 }).lean();
        return [name, JSON.parse(JSON.stringify(documents)) as unknown[]] as const;
      }),
  );
  return Object.fromEntries(entries);
}

/**
 * A change needs a few milliseconds from the store through the change feed to whoever reacts to it; on a machine with other work as many
 * times longer as reading the state takes longer.
 */
const quietMsMin = 100;
const quietReadings = 10;
const quietWithinMs = 60_000;

interface Settling {
  readonly store: Store;
  readonly app: Pick<App, 'waiting'>;
}

/** The state once nobody has anything to do any more: the history is written, nothing waits, and it stays the same for a while. */
export async function settledDump({ store, app }: Settling): Promise<Dump> {
  const deadline = performance.now() + quietWithinMs;
  let last = '';
  for (let since = performance.now(); ;) {
    const startedAt = performance.now();
    const state = await dump(store);
    const quietMs = Math.max(quietMsMin, quietReadings * (performance.now() - startedAt));
    const text = JSON.stringify(state);
    const busy = store.feed.lagSeconds() > 0 || app.waiting() > 0;
    if (busy || text !== last) since = performance.now();
    else if (performance.now() - since >= quietMs) return state;
    if (performance.now() > deadline) throw new Error('the state does not come to rest');
    last = text;
  }
}
