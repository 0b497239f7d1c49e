import type { SignInFailureStore } from '../../domain/access/ports.js';
import type { AccessModels, SignInFailuresDocument } from './models.js';

/** Failures are forgotten an hour after the last. */
const rememberedMs = 3_600_000;

export const createSignInFailureStore = (
  { signInFailures }: AccessModels,
  now: () => number,
): SignInFailureStore => ({
  async find(name) {
    const document = await signInFailures.findOne({ _id: name }).lean<SignInFailuresDocument>();
    if (!document || document.expiresAt.getTime() <= now()) return undefined;
    return { count: document.count, lockedUntil: document.lockedUntil?.getTime() ?? 0 };
  },
  async add(name, lockedUntil) {
    const document = await signInFailures.collection.findOneAndUpdate(
      { _id: name as never },
      { $inc: { count: 1 }, $set: { expiresAt: new Date(now() + rememberedMs) } },
      { upsert: true, returnDocument: 'after' },
    );
    if (document === null) return;
    const { count } = document as unknown as SignInFailuresDocument;
    // Of failures that come together the last one counted decides.
    await signInFailures.collection.updateOne(
      { _id: name as never, count },
      { $set: { lockedUntil: new Date(lockedUntil(count)) } },
    );
  },
  async clear(name) {
    await signInFailures.collection.deleteOne({ _id: name as never });
  },
});
