/**
 * Whether a server can do what is needed, found out at boot: what it says of itself, then a transaction whose change must come out
 * of a change stream. Some servers speak the protocol and lack one of these, and it would show only under load.
 */
import mongoose from 'mongoose';
import { classifyStoreError, isTransient } from './errors.js';
import { newId, toObjectId, type ObjectId } from './ids.js';

type Client = mongoose.mongo.MongoClient;
type Document = mongoose.mongo.Document;

/** Of MongoDB 6.0. */
const wireVersionMin = 17;
const scratch = { db: 'jobs', coll: 'capabilities' } as const;
const attemptsMax = 5;

/** What the server lacks, in words for whoever has configured it. */
export class CapabilityError extends Error {
  override readonly name = 'CapabilityError';
  readonly lacks: readonly string[];

  constructor(lacks: readonly string[], message?: string) {
    super(
      message ??
        'MONGODB_URI names a server that cannot do what the System Manager needs (see docs/mongodb.md):\n' +
          lacks.map((each) => `  - ${each}`).join('\n'),
    );
    this.lacks = lacks;
  }
}

/** Change streams and transactions exist on replica sets and sharded clusters only. */
const standalone =
  'MONGODB_URI names a standalone server. The System Manager needs transactions and change streams: ' +
  'start mongod with --replSet rs0, run rs.initiate() once, and add ?replicaSet=rs0 to the URI.';

function judgeHello(hello: Document): string[] {
  if (hello['setName'] === undefined && hello['msg'] !== 'isdbgrid')
    throw new CapabilityError(['a replica set'], standalone);
  const version = Number(hello['maxWireVersion']);
  return [
    ...(version < wireVersionMin
      ? [
          `It is too old: it speaks wire version ${version}; MongoDB 6.0 (${wireVersionMin}) is needed.`,
        ]
      : []),
    ...(typeof hello['logicalSessionTimeoutMinutes'] !== 'number'
      ? ['It has no sessions, without which writes cannot be retried safely.']
      : []),
    ...(hello['secondary'] === true
      ? ['It is a secondary. Name the whole replica set, without directConnection.']
      : []),
  ];
}

const reason = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** The store being away, or busy, says nothing about what it can do. */
const saysNothing = (error: unknown): boolean =>
  isTransient(error) || classifyStoreError(error) !== undefined;

/** Carries out a try. @returns why it is not possible; undefined when it is */
async function lackOf(what: string, attempt: () => Promise<unknown>): Promise<string | undefined> {
  for (let left = attemptsMax - 1; ; left -= 1) {
    try {
      await attempt();
      return undefined;
    } catch (error) {
      const lack = `It has no ${what} as needed: ${reason(error)}`;
      if (!saysNothing(error)) return lack;
      if (left > 0) continue;
      // A lost connection may look like an answer that cannot be read, but not each time.
      if (error instanceof mongoose.mongo.MongoUnexpectedServerResponseError) return lack;
      throw error;
    }
  }
}

async function writeInTransaction(client: Client): Promise<ObjectId> {
  const _id = toObjectId(newId());
  const collection = client.db(scratch.db).collection(scratch.coll);
  await client.withSession(async (session) => {
    session.startTransaction({
      readConcern: { level: 'snapshot' },
      writeConcern: { w: 'majority' },
    });
    await collection.findOne({ _id }, { session });
    await collection.insertOne({ _id, triedAt: new Date() }, { session });
    await session.commitTransaction();
  });
  return _id;
}

/** A stream over all databases, as the feed uses it. */
const watch = (client: Client): mongoose.mongo.ChangeStream =>
  client.watch([{ $match: { 'ns.db': scratch.db, 'ns.coll': scratch.coll } }], {
    fullDocument: 'updateLookup',
    // Opening the stream waits so long for a first change, too, at every start.
    maxAwaitTimeMS: 50,
  });

/** Tries both. What it makes is removed, whatever comes of it. */
class Trial {
  readonly #client: Client;
  #stream: mongoose.mongo.ChangeStream | undefined;
  #written: ObjectId | undefined;

  constructor(client: Client) {
    this.#client = client;
  }

  async openStream(): Promise<void> {
    await this.#stream?.close();
    this.#stream = watch(this.#client);
    await this.#stream.tryNext();
  }

  async write(): Promise<void> {
    this.#written = await writeInTransaction(this.#client);
  }

  /** @throws Error - what was written is not told by the stream in time */
  async hear(withinMs: number): Promise<void> {
    const until = performance.now() + withinMs;
    while (performance.now() < until) {
      const change = await this.#stream?.tryNext();
      if (
        change &&
        'documentKey' in change &&
        this.#written?.equals(change.documentKey._id as never)
      )
        return;
    }
    throw new Error(`a change was not told within ${withinMs / 1000} s`);
  }

  async end(): Promise<void> {
    await this.#stream?.close();
    const collection = this.#client.db(scratch.db).collection(scratch.coll);
    if (this.#written) await collection.deleteOne({ _id: this.#written });
  }
}

async function judgeDeeds(client: Client, toldWithinMs: number): Promise<string[]> {
  const trial = new Trial(client);
  try {
    const lacks = [
      await lackOf('change streams', () => trial.openStream()),
      await lackOf('transactions', () => trial.write()),
    ].filter((each) => each !== undefined);
    if (lacks.length > 0) return lacks;
    const silent = await lackOf('change streams', () => trial.hear(toldWithinMs));
    return silent === undefined ? [] : [silent];
  } finally {
    await trial.end();
  }
}

const commandNotFoundCode = 59;

async function sayHello(client: Client): Promise<Document> {
  try {
    return await client.db('admin').command({ hello: 1 });
  } catch (error) {
    if ((error as { code?: unknown }).code !== commandNotFoundCode) throw error;
    throw new CapabilityError([
      'It is too old: it does not know the command hello; MongoDB 6.0 is needed.',
    ]);
  }
}

/** A server that the driver itself refuses cannot be asked anything: its reason is the verdict. Other errors stay as they are. */
export function asVerdict(error: unknown): unknown {
  if (!(error instanceof mongoose.Error.MongooseServerSelectionError)) return error;
  const seen = error.cause as Partial<mongoose.mongo.TopologyDescription> | undefined;
  for (const { error: why } of seen?.servers?.values() ?? [])
    if (why instanceof mongoose.mongo.MongoCompatibilityError)
      return new CapabilityError([`It does not fit: ${why.message}.`]);
  return error;
}

/**
 * Checks a server, with one small document in a scratch collection (`jobs.capabilities`) that is removed again.
 *
 * @param toldWithinMs - how long a change stream may take to tell a change
 * @throws CapabilityError - it lacks something; all of it is said at once
 * @throws Error - it did not answer
 */
export async function checkCapabilities(client: Client, toldWithinMs = 10_000): Promise<void> {
  const said = judgeHello(await sayHello(client));
  if (said.length > 0) throw new CapabilityError(said);
  const lacks = await judgeDeeds(client, toldWithinMs);
  if (lacks.length > 0) throw new CapabilityError(lacks);
}
