/** Fills a store, reads all of it in several ways, and tells the parent process what came of it. */
import { MongoClient } from 'mongodb';

const [, , uri = '', count = ''] = process.argv;
const documents = Number(count);

const client = await MongoClient.connect(uri);
const c = client.db('scan').collection('c');
for (let n = 0; n < documents; n += 5000) {
  const batch = Array.from({ length: Math.min(5000, documents - n) }, (_, i) => ({
    _id: n + i,
    group: (n + i) % 7,
    text: 'some text that makes the document about 150 bytes long, as small documents are',
  }));
  await c.insertMany(batch, { ordered: false });
}

let read = 0;
for await (const { _id } of c.find()) {
  if (_id !== read) throw new Error(`document ${_id} where ${read} was due`);
  read++;
}

// While one command looks at everything, others write.
let scanning = true;
const counting = c.countDocuments({ text: 'nothing is like this' }).then((n) => {
  scanning = false;
  return n;
});
let writes = 0;
while (scanning) {
  await client.db('scan').collection('other').insertOne({ n: writes });
  if (scanning) writes++;
}
const unmatched = await counting;

const matched = await c.countDocuments({ group: { $gte: 0 } });
await client.close();
process.send({ read, writes, unmatched, matched }, () => process.disconnect());
