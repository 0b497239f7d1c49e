/** What the leader does with its lease and the history, at a data layer at which something fails. Each story ends well, or throws. */
import { expect } from 'vitest';
import type { EventDraft } from '../../src/domain/event/event.js';
import type { StoreLead } from '../../src/store/lead.js';
import type { Store } from '../../src/store/store.js';
import { id } from '../support/builders.js';
import { takeLead } from '../support/lead.js';

const draft: EventDraft = {
  type: 'cluster.updated',
  at: 1,
  subjectKind: 'cluster',
  subjectId: id(1),
  relatedIds: [],
  data: {},
};

export class StoreStories {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  /** Whoever failed to take the lease takes it in the end, and nobody who had it before can write. */
  async takeOver(): Promise<void> {
    const before = await this.#insist(() => takeLead(this.#store));
    const after = await this.#insist(() => takeLead(this.#store));
    expect(after.fence).toBeGreaterThan(before.fence);
    expect([await before.renew(), await after.renew()]).toEqual([false, true]);
    await expect(this.#append(before)).rejects.toThrow('Another manager leads');
    await this.#append(after);
  }

  async renew(): Promise<void> {
    const lead = await takeLead(this.#store);
    expect(await this.#insist(() => lead.renew())).toBe(true);
  }

  async giveBack(): Promise<void> {
    const lead = await takeLead(this.#store);
    await this.#insist(() => lead.release());
    expect((await this.#store.leases.read())?.holder).toBeUndefined();
  }

  async follow(): Promise<void> {
    const { models, feed } = this.#store;
    await models.feed.deleteMany({});
    const { history } = await takeLead(this.#store);
    await feed.lead(history);
    expect((await history.position()).resumeToken).toBeDefined();
    feed.follow();
  }

  /** What was missed is declared once it can be, and nothing is told twice. */
  async declareGap(): Promise<void> {
    const lead = await takeLead(this.#store);
    await this.#append(lead);
    await this.#insist(() => lead.history.declareGap());
    await this.#whole();
    expect(await this.#store.events.read(0, 10)).toEqual([]);
  }

  async trim(): Promise<void> {
    const lead = await takeLead(this.#store);
    for (let count = 0; count < 3; count += 1) await this.#append(lead);
    await this.#insist(() => lead.history.trim(1));
    await lead.history.trim(0);
    await this.#whole();
  }

  async #append({ history }: StoreLead): Promise<void> {
    const { sequence } = await history.position();
    await history.append(sequence, [draft], { _data: '01' });
  }

  /** What is kept is everything after the mark. */
  async #whole(): Promise<void> {
    const { trimmedTo, last } = await this.#store.events.bounds();
    const kept = (await this.#store.events.read(trimmedTo, 1_000)).map(({ sequence }) => sequence);
    expect(kept).toEqual(Array.from({ length: last - trimmedTo }, (_, n) => trimmedTo + n + 1));
  }

  /** Tries it once more when it has failed. */
  async #insist<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch {
      return work();
    }
  }
}
