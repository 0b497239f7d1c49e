/**
 * The embedded store through Mongoose, as the data layer uses it, beside bare LMDB of the same machine in the same minutes, and beside
 * what the driver manages when there is nothing to do (`ping`).
 */
import mongoose from 'mongoose';
import { percentile, ratePerSecond, repeat, toMetric, type Metric, type Plan } from './measure.js';
import { withLmdb, type RawLmdb } from './raw-lmdb.js';
import { withStoreUri } from './store-load.js';

const hands = 32;
const documents = 10_000;
const batch = 1_000;
const pageSize = 20;
const feedWritesPerSecond = 2_000;
const text = 'x'.repeat(200);

const schema = new mongoose.Schema(
  {
    name: String,
    group: Number,
    state: String,
    text: String,
    count: Number,
    sentAt: Number,
    at: Date,
    labels: mongoose.Schema.Types.Mixed,
  },
  { versionKey: false },
);
schema.index({ name: 1 });
schema.index({ group: 1, name: 1 });

const aDocument = (n: number): object => ({
  name: `instance-${String(n).padStart(8, '0')}`,
  group: n % 10,
  state: 'RUNNING',
  text,
  count: 0,
  at: new Date(),
  labels: { zone: 'a', tier: 'edge' },
});

const anyName = (): string =>
  `instance-${String(Math.floor(Math.random() * documents)).padStart(8, '0')}`;

type Model = mongoose.Model<object>;

/** One measurement: what it is called, what it is compared with, and its rate in a run of some seconds. */
interface Path {
  readonly name: string;
  readonly unit: string;
  readonly ceiling?: string;
  rate(seconds: number): Promise<number>;
}

const many =
  (once: () => Promise<unknown>, factor = 1, at = hands) =>
  async (seconds: number): Promise<number> =>
    factor * (await ratePerSecond(at, seconds, async () => void (await once())));

/** What LMDB itself does, with documents of the same size. */
const rawPaths = (raw: RawLmdb): readonly Path[] => [
  { name: 'LMDB get', unit: 'reads/s', rate: (seconds) => raw.gets(seconds) },
  { name: `LMDB range of ${pageSize}`, unit: 'pages/s', rate: (s) => raw.ranges(s, pageSize) },
  { name: `LMDB put, ${hands} a commit`, unit: 'puts/s', rate: (s) => raw.puts(s, hands) },
  { name: `LMDB put, ${batch} a commit`, unit: 'puts/s', rate: (s) => raw.puts(s, batch) },
];

const storePaths = (model: Model, scratch: Model): readonly Path[] => {
  const admin = model.db.getClient().db('admin');
  const increments = (): Parameters<Model['bulkWrite']>[0] =>
    Array.from({ length: batch }, () => ({
      updateOne: { filter: { name: anyName() }, update: { $inc: { count: 1 } } },
    })) as never;
  let made = 0;
  return [
    {
      name: 'driver, ping',
      unit: 'commands/s',
      rate: many(() => admin.command({ ping: 1 })),
    },
    {
      name: 'findOne by index',
      unit: 'reads/s',
      ceiling: 'driver, ping',
      rate: many(() => model.findOne({ name: anyName() }).lean()),
    },
    {
      name: 'findOne by index, bare driver',
      unit: 'reads/s',
      ceiling: 'driver, ping',
      rate: many(() => model.collection.findOne({ name: anyName() })),
    },
    {
      name: `sorted page of ${pageSize}`,
      unit: 'pages/s',
      ceiling: `LMDB range of ${pageSize}`,
      rate: many(() =>
        model
          .find({ group: 3, name: { $gt: anyName() } })
          .sort({ name: 1 })
          .limit(pageSize)
          .lean(),
      ),
    },
    {
      name: `findOneAndUpdate, ${hands} at once`,
      unit: 'writes/s',
      ceiling: `LMDB put, ${hands} a commit`,
      rate: many(() => model.findOneAndUpdate({ name: anyName() }, { $inc: { count: 1 } }).lean()),
    },
    {
      name: 'bulkWrite of updates',
      unit: 'documents/s',
      ceiling: `LMDB put, ${batch} a commit`,
      rate: many(() => model.bulkWrite(increments(), { ordered: false }), batch, 2),
    },
    {
      name: `create, ${hands} at once`,
      unit: 'writes/s',
      ceiling: `LMDB put, ${hands} a commit`,
      rate: many(() => scratch.create(aDocument((made += 1)))),
    },
    {
      name: 'insertMany',
      unit: 'documents/s',
      ceiling: `LMDB put, ${batch} a commit`,
      rate: many(
        () => scratch.insertMany(Array.from({ length: batch }, () => aDocument((made += 1)))),
        batch,
        2,
      ),
    },
  ];
};

const tickMs = 5;

/** Writes at a steady rate and follows: milliseconds from the call that writes until the change is told. */
async function feedLatencies(
  scratch: Model,
  seconds: number,
): Promise<Readonly<Record<string, number>>> {
  const stream = scratch.db.getClient().watch([{ $match: { 'ns.coll': scratch.collection.name } }]);
  await stream.tryNext();
  const latencies: number[] = [];
  const wanted = Math.round(seconds * feedWritesPerSecond);
  const following = (async (): Promise<void> => {
    while (latencies.length < wanted) {
      const change = (await stream.next()) as { fullDocument?: { sentAt?: number } };
      latencies.push(performance.now() - (change.fullDocument?.sentAt ?? 0));
    }
  })();
  const startedAt = performance.now();
  const writes: Promise<unknown>[] = [];
  while (writes.length < wanted) {
    const due = ((performance.now() - startedAt) / 1000) * feedWritesPerSecond;
    for (let n = writes.length; n < Math.min(due, wanted); n += 1)
      writes.push(scratch.create({ ...aDocument(n), sentAt: performance.now() }));
    await new Promise((resolve) => setTimeout(resolve, tickMs));
  }
  await Promise.all([...writes, following]);
  await stream.close();
  return { p50: percentile(latencies, 0.5), p99: percentile(latencies, 0.99) };
}

async function fill(model: Model, count: number): Promise<void> {
  await model.createIndexes();
  for (let n = 0; n < count; n += batch) {
    const rows = Array.from({ length: batch }, (_, i) => aDocument(n + i));
    await model.collection.insertMany(rows as never[]);
  }
}

async function measurePaths(plan: Plan, paths: readonly Path[]): Promise<Metric[]> {
  const metrics: Metric[] = [];
  for (const { name, unit, ceiling, rate } of paths) {
    const runs = await repeat(plan, async (seconds) => ({ rate: await rate(seconds) }));
    metrics.push(toMetric(name, unit, runs.get('rate') ?? [], ceiling));
  }
  return metrics;
}

/** All paths of the store. */
export const measureStore = async (plan: Plan): Promise<Metric[]> => {
  const raw = await withLmdb(documents, (lmdb) => measurePaths(plan, rawPaths(lmdb)));
  const stored = await withModels(async (model, scratch) => {
    await fill(model, documents);
    const paths = await measurePaths(plan, storePaths(model, scratch));
    const latencies = await repeat(plan, (seconds) => feedLatencies(scratch, seconds));
    const feed = (['p50', 'p99'] as const).map((name) =>
      toMetric(`feed at ${feedWritesPerSecond} writes/s, ${name}`, 'ms', latencies.get(name) ?? []),
    );
    return [...paths, ...feed];
  });
  return [...raw, ...stored];
};

/** A page by index with few documents, and with as many as `BENCH_DOCUMENTS` says. */
export const measurePages = async (plan: Plan): Promise<Metric[]> => {
  const most = Number(process.env['BENCH_DOCUMENTS'] || 1_000_000);
  return withModels(async (few, all) => {
    await fill(few, documents);
    await fill(all, most);
    const page = (model: Model, count: number, ceiling?: string): Path => ({
      name: `page of ${pageSize} of ${count}`,
      unit: 'pages/s',
      ...(ceiling && { ceiling }),
      rate: many(
        () => {
          const after = Math.floor(Math.random() * count);
          const name = { $gt: `instance-${String(after).padStart(8, '0')}` };
          return model.find({ group: 3, name }).sort({ name: 1 }).limit(pageSize).lean();
        },
        1,
        8,
      ),
    });
    const small = page(few, documents);
    return measurePaths(plan, [small, page(all, most, small.name)]);
  });
};

/** Two collections of one store. */
const withModels = <T>(work: (model: Model, scratch: Model) => Promise<T>): Promise<T> =>
  withStoreUri(async (uri) => {
    const connection = await mongoose.createConnection(uri, { maxPoolSize: hands }).asPromise();
    try {
      const [model, scratch] = ['documents', 'scratch'].map((name) =>
        connection.model(name, schema, name),
      ) as unknown as [Model, Model];
      await scratch.createCollection();
      return await work(model, scratch);
    } finally {
      await connection.close();
    }
  });
