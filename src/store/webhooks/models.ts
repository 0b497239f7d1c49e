/** Database `jobs`: webhooks, and deliveries that were given up. */
import mongoose from 'mongoose';
import type { EventDocument } from '../documents.js';
import type { ObjectId } from '../ids.js';
import type { OwnerFields } from '../owner.js';

const { Schema } = mongoose;
const mixed = Schema.Types.Mixed;
const objectId = Schema.Types.ObjectId;
const options = { versionKey: false, minimize: false, strict: true } as const;
const owner = { organizationId: objectId, owned: Boolean };
const ofOrganization = { partialFilterExpression: { owned: true }, name: 'organization' };

/** `jobs.webhooks` */
export interface WebhookDocument extends OwnerFields {
  _id: ObjectId;
  name?: string;
  url: string;
  types: string[];
  sealedSecret: string;
  previousSealedSecret?: string;
  previousUntil?: Date;
  enabled: boolean;
  createdAt: Date;
  updatedAt: Date;
  version: number;
  cursor: number;
  failures: number;
  failingSince?: Date;
  nextAttemptAt?: Date;
  lastError?: string;
  lastDeliveredAt?: Date;
}

const webhookSchema = new Schema(
  {
    ...owner,
    name: String,
    url: String,
    types: [String],
    sealedSecret: String,
    previousSealedSecret: String,
    previousUntil: Date,
    enabled: Boolean,
    createdAt: Date,
    updatedAt: Date,
    version: Number,
    cursor: Number,
    failures: Number,
    failingSince: Date,
    nextAttemptAt: Date,
    lastError: String,
    lastDeliveredAt: Date,
  },
  { ...options, collection: 'webhooks' },
);
webhookSchema.index({ enabled: 1, _id: 1 }, { name: 'enabled' });
webhookSchema.index({ organizationId: 1, _id: 1 }, ofOrganization);

/** `jobs.deadLetters` */
export interface DeadLetterDocument extends OwnerFields {
  _id: ObjectId;
  webhookId: ObjectId;
  events: EventDocument[];
  attempts: number;
  reason: string;
  failedAt: Date;
  expiresAt: Date;
}

const deadLetterSchema = new Schema(
  {
    ...owner,
    webhookId: objectId,
    events: [mixed],
    attempts: Number,
    reason: String,
    failedAt: Date,
    expiresAt: Date,
  },
  { ...options, collection: 'deadLetters' },
);
deadLetterSchema.index({ webhookId: 1, _id: 1 }, { name: 'webhook' });
deadLetterSchema.index({ organizationId: 1, _id: 1 }, ofOrganization);
deadLetterSchema.index({ expiresAt: 1 }, { expireAfterSeconds: 0, name: 'expiry' });

export interface WebhookModels {
  readonly webhooks: mongoose.Model<WebhookDocument>;
  readonly deadLetters: mongoose.Model<DeadLetterDocument>;
}

export const createWebhookModels = (jobs: mongoose.Connection): WebhookModels => ({
  webhooks: jobs.model('Webhook', webhookSchema) as unknown as WebhookModels['webhooks'],
  deadLetters: jobs.model(
    'DeadLetter',
    deadLetterSchema,
  ) as unknown as WebhookModels['deadLetters'],
});
