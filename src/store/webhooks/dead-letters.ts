import type { DeadLetterStore } from '../../domain/webhook/ports.js';
import type { DeadLetter } from '../../domain/webhook/webhook.js';
import type { EventDocument } from '../documents.js';
import { fromEventDocument, toEventDocument } from '../events.js';
import { toObjectId } from '../ids.js';
import { fromOwnerFields, ownerFields } from '../owner.js';
import { toPage } from '../pages.js';
import type { Transactions } from '../unit-of-work.js';
import type { DeadLetterDocument, WebhookModels } from './models.js';

/** Of one webhook; then the oldest goes. */
const lettersMax = 1_000;

const fromDocument = (document: DeadLetterDocument): DeadLetter => ({
  id: document._id.toHexString(),
  webhookId: document.webhookId.toHexString(),
  organizationId: fromOwnerFields(document),
  events: document.events.map(fromEventDocument),
  attempts: document.attempts,
  reason: document.reason,
  failedAt: document.failedAt.getTime(),
  expiresAt: document.expiresAt.getTime(),
});

/** Puts a delivery aside. */
export async function bury(
  { deadLetters }: WebhookModels,
  transactions: Transactions,
  letter: DeadLetter,
): Promise<void> {
  const webhookId = toObjectId(letter.webhookId);
  const document: DeadLetterDocument = {
    _id: toObjectId(letter.id),
    webhookId,
    ...ownerFields(letter.organizationId),
    events: letter.events.map((event): EventDocument => toEventDocument(event, event.sequence)),
    attempts: letter.attempts,
    reason: letter.reason,
    failedAt: new Date(letter.failedAt),
    expiresAt: new Date(letter.expiresAt),
  };
  await deadLetters.collection.insertOne(document, transactions.options());
  const [last] = await deadLetters
    .find({ webhookId }, { _id: 1 }, transactions.options())
    .sort({ _id: -1 })
    .skip(lettersMax)
    .limit(1)
    .lean<DeadLetterDocument[]>();
  if (last)
    await deadLetters.collection.deleteMany(
      { webhookId, _id: { $lte: last._id } },
      transactions.options(),
    );
}

export const createDeadLetterStore = (
  { deadLetters }: WebhookModels,
  transactions: Transactions,
): DeadLetterStore => ({
  async find(webhookId, id) {
    const document = await deadLetters
      .findOne(
        { _id: toObjectId(id), webhookId: toObjectId(webhookId) },
        null,
        transactions.options(),
      )
      .lean<DeadLetterDocument>();
    return document ? fromDocument(document) : undefined;
  },
  async list(webhookId, page) {
    const after = page.after === undefined ? {} : { _id: { $gt: toObjectId(page.after) } };
    const documents = await deadLetters
      .find({ webhookId: toObjectId(webhookId), ...after }, null, transactions.options())
      .sort({ _id: 1 })
      .limit(page.limit + 1)
      .lean<DeadLetterDocument[]>();
    return toPage(documents.map(fromDocument), page);
  },
  async remove(id) {
    await deadLetters.collection.deleteOne({ _id: toObjectId(id) }, transactions.options());
  },
});
