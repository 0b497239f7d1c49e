/** A process that writes until it is killed; each line on stdout is something acknowledged. */
import mongoose from 'mongoose';
import { startStore } from './support.js';

const directory = process.argv[2] ?? '';
const run = process.argv[3] ?? '';
const store = await startStore(directory);
const client = await mongoose.mongo.MongoClient.connect(store.uri);
const single = client.db('crash').collection<{ _id: string; k: string }>('single');
const pair = client.db('crash').collection<{ _id: string; p: string }>('pair');
await single.createIndex({ k: 1 }, { unique: true });
process.stdout.write('ready\n');

async function writeSingles(writer: number): Promise<never> {
  for (let i = 0; ; i++) {
    const id = `${run}:${writer}:${i}`;
    await single.insertOne({ _id: id, k: `key ${id}` });
    process.stdout.write(`single ${id}\n`);
  }
}

async function writePairs(writer: number): Promise<never> {
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

const writers = Array.from({ length: 16 }, (_, i) =>
  i % 4 === 0 ? writePairs(i) : writeSingles(i),
);
await Promise.all(writers);
