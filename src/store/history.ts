import type { EventDraft } from '../domain/event/event.js';
import type { LeadHolder } from '../domain/leadership.js';
import type { FeedDocument } from './documents.js';
import { toEventDocument } from './events.js';
import { FencedOffError, isDuplicateKey } from './errors.js';
import { requireLease } from './fence.js';
import type { Models } from './models.js';
import type { Transactions } from './unit-of-work.js';
import { durably, failpoint } from '../failpoints.js';

/** How far the history has been written. */
export interface HistoryPosition {
  readonly sequence: number;
  readonly resumeToken: unknown;
}

export interface HistoryOptions {
  readonly models: Models;
  readonly transactions: Transactions;
  /** Stands in the position while this manager leads; another number there means that another manager does. */
  readonly fence: number;
  readonly holder: LeadHolder;
  /** Called after each append with the last sequence number. */
  readonly onAppend: (last: number) => void;
}

/**
 * Keeps where the history of a new store begins: where the first manager that is there begins to follow the changes, before it takes
 * any request. Whoever writes the history later misses nothing.
 */
export async function keepBeginning({ feed }: Models, resumeToken: unknown): Promise<void> {
  const untouched = { sequence: 0, trimmedTo: 0, resumeToken: { $exists: false } };
  try {
    await feed.collection.updateOne(
      { _id: 'history' as never, ...untouched },
      { $set: { resumeToken } },
      { upsert: true },
    );
  } catch (error) {
    // There is a position already.
    if (!isDuplicateKey(error)) throw error;
  }
}

/** How many events are removed at once. */
const trimmedAtOnceMax = 5_000;

/**
 * The history as its only writer sees it. Events and the position in the change feed are written together, so none is missed and
 * none comes twice; each write is refused once another manager leads.
 */
export class History {
  readonly #options: HistoryOptions;

  constructor(options: HistoryOptions) {
    this.#options = options;
  }

  /** Where to go on following the change feed. */
  async position(): Promise<HistoryPosition> {
    const feed = await this.#feed();
    return { sequence: feed?.sequence ?? 0, resumeToken: feed?.resumeToken };
  }

  /**
   * Appends events and moves the position, if it is still where the caller has seen it.
   *
   * @returns the new last sequence number
   * @throws FencedOffError; Error - the position has moved: it has to be read again
   */
  async append(from: number, drafts: readonly EventDraft[], resumeToken: unknown): Promise<number> {
    const { models, transactions, onAppend } = this.#options;
    const last = from + drafts.length;
    // Trimming writes the same document: that is a reason to try again, not to interrupt the feed.
    await durably('history.append', () =>
      transactions.transaction(async () => {
        await this.#change({ sequence: from }, { $set: { sequence: last, resumeToken } });
        await failpoint?.('history.append.moved');
        if (drafts.length > 0)
          await models.events.collection.insertMany(
            drafts.map((draft, index) => toEventDocument(draft, from + index + 1)) as never[],
            transactions.options(),
          );
      }),
    );
    if (drafts.length > 0) onAppend(last);
    return last;
  }

  /** Keeps where the change feed begins, when no position is kept yet. */
  async keepFirstPosition(resumeToken: unknown): Promise<void> {
    await durably('history.keepFirstPosition', () =>
      this.#change({ resumeToken: { $exists: false } }, { $set: { resumeToken } }),
    );
  }

  /** Forgets all but the newest events. @returns how many are gone */
  async trim(keep: number): Promise<number> {
    const feed = await this.#feed();
    const trimmedTo = feed?.trimmedTo ?? 0;
    const upTo = Math.min((feed?.sequence ?? 0) - keep, trimmedTo + trimmedAtOnceMax);
    if (upTo <= trimmedTo) return 0;
    // The mark comes first: a reader may be told too early that events are gone, never too late.
    await durably('history.trim', () => this.#change({}, { $max: { trimmedTo: upTo } }));
    await failpoint?.('history.trim.marked');
    // What is declared gone may be removed by anybody at any time, so this needs no fence.
    const result = await this.#options.models.events.deleteMany({ _id: { $lte: upTo } });
    return result.deletedCount;
  }

  /** Declares everything so far as trimmed, because changes were missed that can no longer be told. */
  async declareGap(): Promise<void> {
    const { sequence } = await this.position();
    const next = sequence + 1;
    await durably('history.declareGap', () =>
      this.#change(
        { sequence },
        { $set: { trimmedTo: next, sequence: next }, $unset: { resumeToken: '' } },
      ),
    );
    await failpoint?.('history.declareGap.declared');
    await this.#options.models.events.deleteMany({ _id: { $lte: sequence } });
    // Watchers that wait for the next event are told that they have missed some.
    this.#options.onAppend(next);
  }

  async #change(condition: object, change: object): Promise<void> {
    const { models, transactions, fence, holder } = this.#options;
    requireLease(holder);
    const { matchedCount } = await models.feed.collection.updateOne(
      { _id: 'history' as never, fence, ...condition },
      change,
      transactions.options(),
    );
    if (matchedCount === 1) return;
    const feed = await this.#feed();
    if (feed?.fence === fence) throw new Error('The history ends elsewhere than expected.');
    holder.onRefused();
    throw new FencedOffError(fence);
  }

  async #feed(): Promise<FeedDocument | null> {
    const { models, transactions } = this.#options;
    return models.feed
      .findOne({ _id: 'history' }, null, transactions.options())
      .lean<FeedDocument>();
  }
}
