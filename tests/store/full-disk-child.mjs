/** Fills a store until it refuses, and prints what it was told; whoever starts it limits what it may write. */
import { MongoClient } from 'mongodb';
import { startEmbeddedStore } from '../../dist/src/embedded/index.js';

const [, , dataDir = ''] = process.argv;
const store = await startEmbeddedStore({ dataDir });
const client = await MongoClient.connect(store.uri);
const c = client.db('full').collection('c');
const text = 'x'.repeat(2000);
const outcome = { acknowledged: 0, code: 0, read: 0, codeAfter: 0, left: 0 };
const insert = (n) =>
  c.insertMany(Array.from({ length: 10 }, (_, i) => ({ _id: n * 10 + i, group: n, text })));
const codeOf = (error) => error.code ?? String(error);
for (let n = 0; n < 5000 && outcome.code === 0; n++) {
  outcome.code = await insert(n).then(() => 0, codeOf);
  if (outcome.code === 0) outcome.acknowledged += 10;
}
outcome.read = await c.countDocuments({ text });
// Deleting needs a little space too, which is there; what it frees can be written again, two commits later.
for (const part of [8, 4, 2]) await c.deleteMany({ _id: { $lt: outcome.acknowledged / part } });
outcome.codeAfter = await insert(9999).then(() => 0, codeOf);
outcome.left = await c.countDocuments();
await client.close();
await store.close();
process.stdout.write(`${JSON.stringify(outcome)}\n`);
