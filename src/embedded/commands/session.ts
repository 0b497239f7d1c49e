/** Sessions and the end of transactions. */
import { Binary } from 'bson';
import { encode, isDoc } from '../bson.js';
import { StoreError } from '../errors.js';
import type { Command, Reply, Request } from '../request.js';
import type { Store } from '../store.js';

const OK = encode({ ok: 1 });

function ids(request: Request): { session: string; number: number; key: Buffer } {
  const { session, txnNumber } = request;
  if (session === undefined || txnNumber === undefined) {
    throw new StoreError('InvalidOptions', `${request.name} needs lsid and txnNumber`);
  }
  return { session, number: txnNumber, key: Buffer.from(session, 'hex') };
}

async function commit(store: Store, request: Request): Promise<Reply> {
  const { session, number, key } = ids(request);
  const id = { session: key, number, statement: 0 };
  const transaction = store.transactions.find(session, number);
  // Sent again after its answer was lost: the record tells that it was done.
  if (!transaction && store.retries.find(id)) return { ok: 1 };
  const open = store.transactions.get(session, number);
  try {
    await store.kv.write(() => {
      // Sent twice within one group: the first one has done it.
      if (store.retries.find(id)) return;
      open.commit();
      store.retries.remember(id, OK);
    });
  } finally {
    store.transactions.end(open);
  }
  return { ok: 1 };
}

function abort(store: Store, request: Request): Reply {
  const { session, number, key } = ids(request);
  if (!store.transactions.find(session, number)) {
    if (store.retries.find({ session: key, number, statement: 0 })) {
      throw new StoreError('TransactionCommitted', 'the transaction is already committed');
    }
  }
  store.transactions.end(store.transactions.get(session, number));
  return { ok: 1 };
}

function endSessions(store: Store, request: Request): Reply {
  for (const item of request.list(request.name) ?? []) {
    const id = isDoc(item) ? item.get('id') : undefined;
    if (id instanceof Binary)
      store.transactions.endSession(Buffer.from(id.value()).toString('hex'));
  }
  return { ok: 1 };
}

/** Session commands by name. */
export const sessionCommands: Record<string, Command> = {
  commitTransaction: { fields: ['recoveryToken'], run: commit },
  abortTransaction: { fields: ['recoveryToken'], run: abort },
  endSessions: { fields: [], run: endSessions },
  killSessions: { fields: [], run: endSessions },
  refreshSessions: { fields: [], run: () => ({ ok: 1 }) },
};
