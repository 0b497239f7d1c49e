/** Servers that speak the protocol but lack something are refused at boot, with what they lack. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Doc } from '../../src/embedded/bson.js';
import { startEmbeddedStore, type EmbeddedStore } from '../../src/embedded/index.js';
import { checkCapabilities } from '../../src/store/capabilities.js';
import { connect } from '../../src/store/connection.js';
import { openStore } from '../../src/store/store.js';
import { FaultyProxy, refusal, type Fault, type Rule } from '../support/faulty-proxy.js';

let dataDir: string;
let embedded: EmbeddedStore;
let proxy: FaultyProxy;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'sm-capable-'));
  embedded = await startEmbeddedStore({ dataDir });
  proxy = await FaultyProxy.start(embedded.uri);
});
afterAll(async () => {
  proxy.goAway();
  await embedded.close();
  await rm(dataDir, { recursive: true });
});
afterEach(() => {
  proxy.lift();
  expect(proxy.failures).toEqual([]);
});

/** What `openStore` says of a server with these faults; nothing when it takes it. */
async function verdict(...rules: readonly Rule[]): Promise<string | undefined> {
  for (const rule of rules) proxy.always(rule);
  try {
    const onError = (error: unknown): void => void proxy.failures.push(error);
    const store = await openStore({ uri: proxy.uri, now: Date.now, onError });
    await store.close();
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** Changes what the server says of itself. */
const hello =
  (edit: (fields: Doc) => void): Rule =>
  ({ name }) =>
    ['hello', 'isMaster', 'ismaster'].includes(name)
      ? {
          kind: 'replace',
          edit: (fields) => {
            edit(fields);
            return fields;
          },
        }
      : undefined;

const without = (...names: readonly string[]): Rule =>
  hello((fields) => {
    for (const name of names) fields.delete(name);
  });

const refuse = (code: number, codeName: string): Fault => ({
  kind: 'answer',
  reply: refusal(code, codeName),
});

const noStreams: Rule = ({ name }) =>
  name === 'aggregate' ? refuse(40573, 'Location40573') : undefined;
const noTransactions: Rule = ({ body }) =>
  body.get('startTransaction') === true ? refuse(20, 'IllegalOperation') : undefined;

/** The driver itself asks with the older name. */
const noHello: Rule = ({ name, body }) =>
  name === 'hello' && body.has('lsid') ? refuse(59, 'CommandNotFound') : undefined;
const unreadable: Rule = ({ name }) =>
  name === 'aggregate'
    ? {
        kind: 'replace',
        edit: (reply) => {
          (reply.get('cursor') as Doc).delete('id');
          return reply;
        },
      }
    : undefined;

describe('a server', () => {
  it('that can do all is taken, and nothing of the trial stays', async () => {
    expect(await verdict()).toBeUndefined();
    const { connection } = await connect(proxy.uri);
    const left = connection.getClient().db('jobs').collection('capabilities');
    expect(await left.countDocuments()).toBe(0);
    await connection.close();
  });

  it('that stands alone is refused with how to make a replica set', async () => {
    const alone = without('setName', 'setVersion', 'hosts', 'primary', 'me', 'electionId');
    expect(await verdict(alone)).toMatch(
      /^MONGODB_URI names a standalone server\..*--replSet rs0, run rs\.initiate\(\) once, .*\?replicaSet=rs0/,
    );
  });

  it.each<[string, Rule[], RegExp]>([
    ['is too old', [hello((fields) => fields.set('maxWireVersion', 13 as never))], /too old.*6\.0/],
    [
      'speaks what the driver does not',
      [hello((fields) => fields.set('maxWireVersion', 8 as never))],
      /^MONGODB_URI names a server.*docs\/mongodb\.md.*It does not fit: .*wire version 8/s,
    ],
    ['does not know hello', [noHello], /^MONGODB_URI names .*too old.*hello.*6\.0/s],
    [
      'answers what cannot be read',
      [unreadable],
      /no change streams as needed: BSON element "id" is missing/,
    ],
    ['has no sessions', [without('logicalSessionTimeoutMinutes')], /no sessions/],
    ['has no change streams', [noStreams], /no change streams as needed: Location40573/],
    ['has no transactions', [noTransactions], /no transactions as needed: IllegalOperation/],
    [
      'has neither, and says both',
      [noStreams, noTransactions],
      /no change streams as needed.*no transactions as needed/s,
    ],
  ])('that %s is refused', async (_, rules, message) => {
    expect(await verdict(...rules)).toMatch(message);
  });

  it('whose streams tell nothing is refused', async () => {
    proxy.always(({ name }) =>
      name === 'getMore'
        ? {
            kind: 'replace',
            edit: (reply) => {
              (reply.get('cursor') as Doc).set('nextBatch', []);
              return reply;
            },
          }
        : undefined,
    );
    const { connection } = await connect(proxy.uri);
    await expect(checkCapabilities(connection.getClient(), 100)).rejects.toThrow(
      /no change streams as needed: a change was not told within 0.1 s/,
    );
    await connection.close();
  });

  it('that loses a connection or steps down meanwhile is not misjudged', async () => {
    const stepDown = refusal(10107, 'NotWritablePrimary', ['TransientTransactionError']);
    const happened = [
      proxy.next(({ name }) => name === 'aggregate', { kind: 'cutAfter' }),
      proxy.next(({ name }) => name === 'insert', { kind: 'answer', reply: stepDown }),
      proxy.next(({ name }) => name === 'getMore', { kind: 'cutBefore' }),
    ];
    expect(await verdict()).toBeUndefined();
    await Promise.all(happened);
  });
});
