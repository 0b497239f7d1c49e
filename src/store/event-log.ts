import { EventEmitter } from 'node:events';
import type { DomainEvent } from '../domain/event/event.js';
import type { EventStore, NewEvents } from '../domain/ports.js';
import type { EventDocument, FeedDocument } from './documents.js';
import { EventTail } from './event-tail.js';
import { fromEventDocument } from './events.js';
import { toObjectId } from './ids.js';
import type { Models } from './models.js';
import { ownerFields } from './owner.js';

/** The history as everybody reads it. */
export class EventLog implements EventStore {
  readonly #models: Models;
  readonly #appended = new EventEmitter<{ append: [number] }>();
  /** Whether somebody has followed since the last announcement; nothing is read ahead for nobody. */
  #followed = false;
  readonly #tail = new EventTail((after, limit) => this.read(after, limit));

  constructor(models: Models) {
    this.#models = models;
    this.#appended.setMaxListeners(0);
  }

  async read(
    after: number,
    limit: number,
    subjectId?: string,
    organizationId?: string,
  ): Promise<readonly DomainEvent[]> {
    const position = { ...ownerFields(organizationId), _id: { $gt: after } };
    return this.#find(position, 1, limit, subjectId);
  }

  async readBack(
    before: number | undefined,
    limit: number,
    subjectId?: string,
    organizationId?: string,
  ): Promise<readonly DomainEvent[]> {
    const position = before === undefined ? {} : { _id: { $lt: before } };
    return this.#find({ ...ownerFields(organizationId), ...position }, -1, limit, subjectId);
  }

  /** @param direction - 1: oldest first, -1: newest first */
  async #find(
    position: object,
    direction: 1 | -1,
    limit: number,
    subjectId: string | undefined,
  ): Promise<readonly DomainEvent[]> {
    const find = async (filter: object): Promise<EventDocument[]> =>
      this.#models.events
        .find({ ...position, ...filter })
        .sort({ _id: direction })
        .limit(limit)
        .lean<EventDocument[]>();
    if (subjectId === undefined) return (await find({})).map(fromEventDocument);
    const id = toObjectId(subjectId);
    const [own, related] = await Promise.all([find({ subjectId: id }), find({ relatedIds: id })]);
    const bySequence = new Map([...own, ...related].map((each) => [each._id, each]));
    return [...bySequence.values()]
      .sort((a, b) => direction * (a._id - b._id))
      .slice(0, limit)
      .map(fromEventDocument);
  }

  async next(
    after: number,
    limit: number,
    subjectId?: string,
    organizationId?: string,
  ): Promise<NewEvents> {
    this.#followed = true;
    const known = this.#tail.after(after, limit, subjectId, organizationId);
    if (known) return known;
    const { trimmedTo, last } = await this.bounds();
    if (after < trimmedTo) return { events: [], upTo: after, trimmedTo };
    const events = await this.read(after, limit, subjectId, organizationId);
    // With fewer than asked for, everything up to the end that was seen before reading has been looked at.
    const end = events.at(-1)?.sequence ?? after;
    return { events, upTo: events.length < limit ? Math.max(end, last) : end, trimmedTo };
  }

  async bounds(): Promise<{ trimmedTo: number; last: number }> {
    const feed = await this.#models.feed.findOne({ _id: 'history' }).lean<FeedDocument>();
    return { trimmedTo: feed?.trimmedTo ?? 0, last: feed?.sequence ?? 0 };
  }

  onAppend(listener: (last: number) => void): () => void {
    this.#appended.on('append', listener);
    return () => this.#appended.off('append', listener);
  }

  /** Tells the listeners that the history has grown, whoever has written it, once what is new lies ready for them. */
  announce(last: number): void {
    if (!this.#followed) {
      this.#tail.clear();
      this.#appended.emit('append', last);
      return;
    }
    this.#followed = false;
    void this.#tail.extend(last).then(() => {
      this.#appended.emit('append', last);
    });
  }
}
