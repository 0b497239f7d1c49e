/** What drivers ask when they connect. */
import { Long, ObjectId, Timestamp } from 'bson';
import { DOCUMENT_BYTES_MAX } from '../bson.js';
import type { Command, Reply, Request } from '../request.js';
import type { Store } from '../store.js';
import { MESSAGE_BYTES_MAX } from '../wire.js';

/** 7.0; drivers choose their features by it. */
const WIRE_VERSION_MAX = 21;
const SET_NAME = 'embedded';
const SERVER_VERSION = '7.0.0';
const electionId = new ObjectId();

function hello(store: Store, request: Request): Reply {
  const { address } = store.settings;
  const now = new Date();
  return {
    helloOk: true,
    isWritablePrimary: true,
    ismaster: true,
    // A replica set of one: transactions, change streams and retryable writes need that.
    setName: SET_NAME,
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
    maxWriteBatchSize: 100_000,
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
  fields: [
    'helloOk',
    'client',
    'compression',
    'topologyVersion',
    'maxAwaitTimeMS',
    'loadBalanced',
    'backpressure',
  ],
  run: hello,
};

/** Handshake commands by name. */
export const handshakeCommands: Record<string, Command> = {
  hello: HELLO,
  isMaster: HELLO,
  ismaster: HELLO,
  ping: { fields: [], run: () => ({ ok: 1 }) },
  buildInfo: {
    fields: [],
    run: () => ({
      version: SERVER_VERSION,
      versionArray: [7, 0, 0, 0],
      gitVersion: 'embedded-lmdb',
      modules: [],
      maxBsonObjectSize: DOCUMENT_BYTES_MAX,
      ok: 1,
    }),
  },
  connectionStatus: {
    fields: ['showPrivileges'],
    run: () => ({ authInfo: { authenticatedUsers: [], authenticatedUserRoles: [] }, ok: 1 }),
  },
};
