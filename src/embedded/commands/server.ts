/** What drivers ask when they connect and leave, the end of transactions, and the backup. */
import { Long, ObjectId, Timestamp } from 'bson';
import { DOCUMENT_BYTES_MAX, encode } from '../bson.js';
import { FORMAT } from '../directory.js';
import { StoreError } from '../errors.js';
import { STATEMENTS_MAX, sessionId, type Command, type Reply, type Request } from '../request.js';
import type { Store } from '../store.js';
import { MESSAGE_BYTES_MAX } from '../wire.js';

/** Of MongoDB 7.0; drivers choose their features by it. */
const WIRE_VERSION_MAX = 21;
const electionId = new ObjectId();

function hello(store: Store, request: Request): Reply {
  const { address } = store.settings;
  const now = new Date();
  return {
    helloOk: true,
    isWritablePrimary: true,
    ismaster: true,
    // A replica set of one: transactions, change streams and retryable writes need that.
    setName: 'embedded',
    setVersion: 1,
    me: address,
    hosts: [address],
    primary: address,
    secondary: false,
    electionId,
    lastWrite: {
      opTime: { ts: new Timestamp({ t: Math.floor(now.getTime() / 1000), i: 1 }), t: Long.ONE },
      lastWriteDate: now,
    },
    maxBsonObjectSize: DOCUMENT_BYTES_MAX,
    maxMessageSizeBytes: MESSAGE_BYTES_MAX,
    maxWriteBatchSize: STATEMENTS_MAX,
    localTime: now,
    logicalSessionTimeoutMinutes: 30,
    connectionId: request.connection.id,
    minWireVersion: 0,
    maxWireVersion: WIRE_VERSION_MAX,
    readOnly: false,
    ok: 1,
  };
}

const HELLO: Command = {
  fields: ['helloOk', 'client', 'compression', 'topologyVersion', 'maxAwaitTimeMS', 'backpressure'],
  run: hello,
};

const COMMITTED = encode({ ok: 1 });

async function commitTransaction(store: Store, request: Request): Promise<Reply> {
  const { sessions, retries } = store;
  const { session, txnNumber: number, name } = request;
  if (session === undefined || number === undefined) throw outside(name);
  const state = sessions.of(session);
  // Sent again after its answer was lost.
  if (number === state.number && state.state === 'committed') return { ok: 1 };
  const open = sessions.transactionOf(state, number);
  try {
    await store.kv.write(() => {
      request.time = open.commit();
      retries.remember({ session, number, name }, COMMITTED);
    });
    sessions.end(state, 'committed');
  } finally {
    sessions.end(state, 'aborted');
  }
  return { ok: 1 };
}

function abortTransaction(store: Store, { session, txnNumber, name }: Request): Reply {
  if (session === undefined || txnNumber === undefined) throw outside(name);
  const state = store.sessions.of(session);
  store.sessions.transactionOf(state, txnNumber);
  store.sessions.end(state, 'aborted');
  return { ok: 1 };
}

const outside = (name: string): StoreError =>
  new StoreError('InvalidOptions', `${name} needs a session and a transaction`);

function endSessions(store: Store, request: Request): Reply {
  for (const lsid of request.docs(request.name)) {
    const id = sessionId(lsid);
    if (id !== undefined) store.sessions.giveUp(id);
  }
  return { ok: 1 };
}

/** It writes to where it is told: only whoever may write there anyway can open the socket. */
async function storeBackup(store: Store, request: Request): Promise<Reply> {
  if (!request.connection.local)
    throw new StoreError('Unauthorized', 'storeBackup is taken on the unix socket only');
  const path = request.text('path');
  if (path === undefined) throw new StoreError('BadValue', "storeBackup needs 'path'");
  await store.kv.copyTo(path);
  return { format: FORMAT, storeId: store.settings.storeId, ok: 1 };
}

/** Commands about the server and its sessions by name. */
export const serverCommands: Record<string, Command> = {
  hello: HELLO,
  isMaster: HELLO,
  ismaster: HELLO,
  ping: { fields: [], run: () => ({ ok: 1 }) },
  commitTransaction: { fields: ['recoveryToken'], run: commitTransaction },
  abortTransaction: { fields: ['recoveryToken'], run: abortTransaction },
  endSessions: { fields: [], run: endSessions },
  killSessions: { fields: [], run: endSessions },
  storeBackup: { fields: ['path'], run: storeBackup },
};
