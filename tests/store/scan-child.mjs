/** Fills a store, reads all of it in several ways, and prints what that cost in memory. */
import { readFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import { clearInterval, setInterval } from 'node:timers';
import { MongoClient } from 'mongodb';
import { startEmbeddedStore } from '../../dist/src/embedded/index.js';

const [, , dataDir = '', count = '200000'] = process.argv;
const documents = Number(count);
const MIB = 1024;

/** Anonymous memory of the process, worker included, in MiB: the mapped file is the kernel's cache and can be taken back. */
function memory() {
  const status = readFileSync('/proc/self/status', 'utf8');
  const of = (name) => Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)?.[1]) / MIB;
  return { anonymous: of('RssAnon'), resident: of('VmRSS') };
}

const store = await startEmbeddedStore({ dataDir });
const client = await MongoClient.connect(store.uri);
const c = client.db('scan').collection('c');
for (let n = 0; n < documents; n += 5000) {
  const batch = Array.from({ length: Math.min(5000, documents - n) }, (_, i) => ({
    _id: n + i,
    group: (n + i) % 7,
    text: 'some text that makes the document about 150 bytes long, as small documents are',
  }));
  await c.insertMany(batch, { ordered: false });
}

const base = memory();
let peak = base;
const look = () => {
  const now = memory();
  peak = {
    anonymous: Math.max(peak.anonymous, now.anonymous),
    resident: Math.max(peak.resident, now.resident),
  };
};
const timer = setInterval(look, 20);

const started = performance.now();
let read = 0;
for await (const { _id } of c.find()) {
  if (_id !== read) throw new Error(`document ${_id} where ${read} was due`);
  read++;
}
const scanSeconds = (performance.now() - started) / 1000;

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

const groups = await c.aggregate([{ $group: { _id: '$group', n: { $sum: 1 } } }]).toArray();
clearInterval(timer);
look();
await client.close();
await store.close();
process.stdout.write(
  `${JSON.stringify({
    read,
    scanSeconds,
    writes,
    unmatched,
    grouped: groups.reduce((sum, { n }) => sum + n, 0),
    grownMiB: peak.anonymous - base.anonymous,
    peakAnonymousMiB: peak.anonymous,
    peakResidentMiB: peak.resident,
  })}\n`,
);
