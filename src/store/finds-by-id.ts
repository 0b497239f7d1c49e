import DataLoader from 'dataloader';
import type mongoose from 'mongoose';
import { toObjectId, type ObjectId } from './ids.js';
import type { Transactions } from './unit-of-work.js';

interface Identified {
  readonly _id: ObjectId;
}

/** So many documents are asked for by one command. */
const togetherMax = 1_000;

/**
 * Finds documents by id. What is asked for in one turn of the event loop goes to the store as one command: a command costs the driver
 * more than a request costs the HTTP server (50 who read at once: 5 times as many answers a second). Nothing is kept, each asks for
 * what is there now. Inside a transaction each is a command of its own.
 */
export class FindsById<Document extends Identified> {
  readonly #model: mongoose.Model<Document>;
  readonly #transactions: Transactions;
  readonly #together: DataLoader<string, Document | undefined>;

  constructor(model: mongoose.Model<Document>, transactions: Transactions) {
    this.#model = model;
    this.#transactions = transactions;
    this.#together = new DataLoader((ids) => this.#findAll(ids), {
      cache: false,
      maxBatchSize: togetherMax,
      batchScheduleFn: (dispatch) => void setImmediate(dispatch),
    });
  }

  async find(id: string): Promise<Document | undefined> {
    const { session } = this.#transactions.options();
    if (session === undefined) return this.#together.load(id);
    const [document] = await this.#read([id], { session });
    return document;
  }

  /** Those of them that there are. */
  async findMany(ids: readonly string[]): Promise<readonly Document[]> {
    if (ids.length === 0) return [];
    const { session } = this.#transactions.options();
    if (session !== undefined) return this.#read(ids, { session });
    const found = await Promise.all(ids.map((id) => this.#together.load(id)));
    return found.filter((document) => document !== undefined);
  }

  async #findAll(ids: readonly string[]): Promise<(Document | undefined)[]> {
    const found = await this.#read([...new Set(ids)], {});
    const byId = new Map(found.map((document) => [document._id.toHexString(), document]));
    return ids.map((id) => byId.get(id));
  }

  #read(ids: readonly string[], options: mongoose.QueryOptions<Document>): Promise<Document[]> {
    const [only] = ids.map(toObjectId);
    const wanted = ids.length === 1 ? only : { $in: ids.map(toObjectId) };
    return this.#model.find({ _id: wanted } as object, null, options).lean<Document[]>();
  }
}
