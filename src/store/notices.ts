/** What a neighbour of the manager has been told and has taken, so that it is told nothing twice, also after a restart. */
import type { NoticeDocument } from './documents.js';
import type { Models } from './models.js';

export interface NoticeStore {
  /** Values by key. */
  all(): Promise<ReadonlyMap<string, string>>;
  put(key: string, value: string): Promise<void>;
  remove(key: string): Promise<void>;
}

export const createNoticeStore = ({ notices }: Models): NoticeStore => ({
  async all() {
    const documents = await notices.find().lean<NoticeDocument[]>();
    return new Map(documents.map(({ _id, value }) => [_id, value]));
  },
  async put(key, value) {
    await notices.updateOne({ _id: key }, { $set: { value } }, { upsert: true });
  },
  async remove(key) {
    await notices.deleteOne({ _id: key });
  },
});
