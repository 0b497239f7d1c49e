import { EventEmitter } from 'node:events';
import type { DomainEvent, EventDraft, EventSubject } from '../domain/event/event.js';
import type { EventStore } from '../domain/ports.js';
import type { EventDocument, FeedDocument } from './documents.js';
import { toObjectId } from './ids.js';
import type { Models } from './models.js';
import type { Transactions } from './unit-of-work.js';

const fromEventDocument = (document: EventDocument): DomainEvent => ({
  sequence: document._id,
  type: document.type,
  at: document.at.getTime(),
  subjectKind: document.subjectKind as EventSubject,
  subjectId: document.subjectId.toHexString(),
  relatedIds: document.relatedIds.map((id) => id.toHexString()),
  data: document.data,
});

const toEventDocument = (draft: EventDraft, sequence: number): EventDocument => ({
  _id: sequence,
  type: draft.type,
  at: new Date(draft.at),
  subjectKind: draft.subjectKind,
  subjectId: toObjectId(draft.subjectId),
  relatedIds: draft.relatedIds.map(toObjectId),
  data: draft.data,
});

/** How far the history has been written. */
export interface HistoryPosition {
  readonly sequence: number;
  readonly resumeToken: unknown;
}

/** How many events are removed at once. */
const trimmedAtOnceMax = 5_000;

/** The history. Events and the position in the change feed are written together, so none is missed and none comes twice. */
export class EventLog implements EventStore {
  readonly #models: Models;
  readonly #transactions: Transactions;
  readonly #appended = new EventEmitter<{ append: [number] }>();

  constructor(models: Models, transactions: Transactions) {
    this.#models = models;
    this.#transactions = transactions;
    this.#appended.setMaxListeners(0);
  }

  async read(after: number, limit: number, subjectId?: string): Promise<readonly DomainEvent[]> {
    const position = { _id: { $gt: after } };
    const find = async (filter: object): Promise<EventDocument[]> =>
      this.#models.events
        .find({ ...position, ...filter })
        .sort({ _id: 1 })
        .limit(limit)
        .lean<EventDocument[]>();
    if (subjectId === undefined) return (await find({})).map(fromEventDocument);
    const id = toObjectId(subjectId);
    const [own, related] = await Promise.all([find({ subjectId: id }), find({ relatedIds: id })]);
    const bySequence = new Map([...own, ...related].map((each) => [each._id, each]));
    return [...bySequence.values()]
      .sort((a, b) => a._id - b._id)
      .slice(0, limit)
      .map(fromEventDocument);
  }

  async bounds(): Promise<{ trimmedTo: number; last: number }> {
    const feed = await this.#feed();
    return { trimmedTo: feed?.trimmedTo ?? 0, last: feed?.sequence ?? 0 };
  }

  onAppend(listener: (last: number) => void): () => void {
    this.#appended.on('append', listener);
    return () => this.#appended.off('append', listener);
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
   * @throws Error - another manager writes the history
   */
  async append(from: number, drafts: readonly EventDraft[], resumeToken: unknown): Promise<number> {
    const last = from + drafts.length;
    // Trimming writes the same document: that is a reason to try again, not to interrupt the feed.
    await this.#transactions.transaction(async () => {
      const { feed, events } = this.#models;
      const options = this.#transactions.options();
      const result = await feed.collection.updateOne(
        { _id: 'history' as never, sequence: from },
        { $set: { sequence: last, resumeToken } },
        options,
      );
      if (result.matchedCount === 0) throw new Error('Another manager writes the history.');
      if (drafts.length > 0)
        await events.collection.insertMany(
          drafts.map((draft, index) => toEventDocument(draft, from + index + 1)) as never[],
          options,
        );
    });
    if (drafts.length > 0) this.#appended.emit('append', last);
    return last;
  }

  /** Makes the position when there is none yet. */
  async ensurePosition(): Promise<void> {
    await this.#models.feed.updateOne(
      { _id: 'history' },
      { $setOnInsert: { sequence: 0, trimmedTo: 0 } },
      { upsert: true },
    );
  }

  /** Keeps where the change feed begins, if nobody has kept a position yet. */
  async keepFirstPosition(resumeToken: unknown): Promise<void> {
    await this.#models.feed.collection.updateOne(
      { _id: 'history' as never, resumeToken: { $exists: false } },
      { $set: { resumeToken } },
    );
  }

  /** Forgets all but the newest events. @returns how many are gone */
  async trim(keep: number): Promise<number> {
    const { trimmedTo, last } = await this.bounds();
    const upTo = Math.min(last - keep, trimmedTo + trimmedAtOnceMax);
    if (upTo <= trimmedTo) return 0;
    // The mark comes first: a reader may be told too early that events are gone, never too late.
    await this.#models.feed.updateOne({ _id: 'history' }, { $set: { trimmedTo: upTo } });
    const result = await this.#models.events.deleteMany({ _id: { $lte: upTo } });
    return result.deletedCount;
  }

  /** Declares everything so far as trimmed, because changes were missed that can no longer be told. */
  async declareGap(): Promise<void> {
    const { last } = await this.bounds();
    await this.#models.feed.updateOne(
      { _id: 'history' },
      { $set: { trimmedTo: last + 1, sequence: last + 1 }, $unset: { resumeToken: '' } },
    );
    await this.#models.events.deleteMany({ _id: { $lte: last } });
    // Watchers that wait for the next event are told that they have missed some.
    this.#appended.emit('append', last + 1);
  }

  async #feed(): Promise<FeedDocument | null> {
    return this.#models.feed
      .findOne({ _id: 'history' }, null, this.#transactions.options())
      .lean<FeedDocument>();
  }
}
