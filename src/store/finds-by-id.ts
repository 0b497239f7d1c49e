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
 * more than a request costs the HTTP server. Nothing is kept, each asks for what is there now. Inside a transaction each is a command of its own.
 */
export class FindsById<Document extends Identified> {
  readonly #collection: mongoose.mongo.Collection<Document>;
  readonly #transactions: Transactions;
  readonly #together: DataLoader<string, Document | undefined>;

  constructor(model: mongoose.Model<Document>, transactions: Transactions) {
    this.#collection = model.collection as unknown as mongoose.mongo.Collection<Document>;
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
    const document = await this.#collection.findOne({ _id: toObjectId(id) } as never, { session });
    return (document ?? undefined) as Document | undefined;
  }

  /** Those of them that there are. */
  async findMany(ids: readonly string[]): Promise<readonly Document[]> {
    const { session } = this.#transactions.options();
    const found = session
      ? await this.#collection
          .find({ _id: { $in: ids.map(toObjectId) } } as never, { session })
          .toArray()
      : await Promise.all(ids.map((id) => this.#together.load(id)));
    return found.filter((each) => each !== undefined) as readonly Document[];
  }

  async #findAll(ids: readonly string[]): Promise<(Document | undefined)[]> {
    const [first] = ids;
    const wanted =
      ids.length === 1 && first !== undefined
        ? toObjectId(first)
        : { $in: [...new Set(ids)].map(toObjectId) };
    const found = await this.#collection.find({ _id: wanted } as never).toArray();
    const byId = new Map(found.map((each) => [each._id.toHexString(), each as Document]));
    return ids.map((id) => byId.get(id));
  }
}
