/** A process that builds an index over what is there and writes on meanwhile, until it is killed; each line on stdout is something acknowledged. */
import { MongoClient } from 'mongodb';
import { startEmbeddedStore } from '../../dist/src/embedded/index.js';

const [, , directory = '', run = ''] = process.argv;
const documents = 20_000;
const store = await startEmbeddedStore({ dataDir: directory });
const client = await MongoClient.connect(store.uri);
const single = client.db('crash').collection('single');
const missing = documents - (await single.countDocuments());
if (missing > 0)
  await single.insertMany(
    Array.from({ length: missing }, (_, i) => ({
      _id: `before:${run}:${i}`,
      k: `key ${run} ${i}`,
    })),
  );
const building = single.createIndex({ k: 1 }, { unique: true }).then(() => {
  process.stdout.write('built\n');
});
for (let i = 0; ; i++) {
  const id = `${run}:${i}`;
  await single.insertOne({ _id: id, k: `key ${id}` });
  process.stdout.write(`single ${id}\n`);
  if (i === 10_000) await building;
}
