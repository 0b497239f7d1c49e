/** A process that writes until it is killed; each line on stdout is something acknowledged. */
import { MongoClient } from 'mongodb';
import { startEmbeddedStore } from '../../dist/src/embedded/index.js';

const [, , directory = '', run = ''] = process.argv;
const store = await startEmbeddedStore({ dataDir: directory });
const client = await MongoClient.connect(store.uri);
const single = client.db('crash').collection('single');
const pair = client.db('crash').collection('pair');
await single.createIndex({ k: 1 }, { unique: true });
process.stdout.write('ready\n');

async function writeSingles(writer) {
  for (let i = 0; ; i++) {
    const id = `${run}:${writer}:${i}`;
    await single.insertOne({ _id: id, k: `key ${id}` });
    process.stdout.write(`single ${id}\n`);
  }
}

async function writePairs(writer) {
  for (let i = 0; ; i++) {
    const id = `${run}:${writer}:${i}`;
    await client.withSession((session) =>
      session.withTransaction(async () => {
        await pair.insertOne({ _id: `${id}:a`, p: id }, { session });
        await pair.insertOne({ _id: `${id}:b`, p: id }, { session });
      }),
    );
    process.stdout.write(`pair ${id}\n`);
  }
}

// 32 writers at once, one in four with transactions.
await Promise.all(
  Array.from({ length: 32 }, (_, i) => (i % 4 === 0 ? writePairs(i) : writeSingles(i))),
);
