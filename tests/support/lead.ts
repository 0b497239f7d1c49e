/** Leading without a manager around it: for tests of the data layer. */
import type { LeadHolder } from '../../src/domain/leadership.js';
import { History } from '../../src/store/history.js';
import type { StoreLead } from '../../src/store/lead.js';
import type { Store } from '../../src/store/store.js';

/** A holder that believes in its lease, come what may. */
export const confident: LeadHolder = { mayAct: () => true, onRefused: () => undefined };

/** Takes the lease from whoever has it. */
export async function takeLead(store: Store, holder = confident): Promise<StoreLead> {
  const lead = await store.leases.take(await store.leases.read(), holder);
  if (lead === undefined) throw new Error('somebody else was faster');
  return lead;
}

/** Opens the feed, and has it write the history. */
export async function startLeading(store: Store): Promise<StoreLead> {
  await store.feed.start();
  const lead = await takeLead(store);
  await store.feed.lead(lead.history);
  return lead;
}

/** Forgets all but the newest events of a running manager, as that manager itself would do. */
export async function trimHistory({ models, transactions, events }: Store, keep: number) {
  const { fence = 0 } = (await models.feed.findOne({ _id: 'history' }).lean()) ?? {};
  const onAppend = (last: number): void => {
    events.announce(last);
  };
  await new History({ models, transactions, fence, holder: confident, onAppend }).trim(keep);
}
