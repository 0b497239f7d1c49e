/** Database `access`: people, their sessions, keys of programs, and the keys that sign. */
import mongoose from 'mongoose';
import type { Amounts, Guest, Quota } from '../../domain/access/organization.js';
import type { Permission, Role } from '../../domain/access/permissions.js';
import type { ObjectId } from '../ids.js';

const { Schema } = mongoose;
const options = { versionKey: false, minimize: false, strict: true } as const;
const objectId = Schema.Types.ObjectId;
const ofOrganization = { partialFilterExpression: { owned: true }, name: 'organization' };

/** `access.organizations` */
export interface OrganizationDocument {
  _id: ObjectId;
  name: string;
  displayName?: string;
  quota: Quota;
  guests?: Guest[];
  used: Amounts;
  createdAt: Date;
  updatedAt: Date;
  version: number;
  ledgerVersion: number;
}

const amounts = { instances: Number, cpuMillicores: Number, memoryMiB: Number };

const organizationSchema = new Schema(
  {
    name: String,
    displayName: String,
    quota: amounts,
    guests: [Schema.Types.Mixed],
    used: amounts,
    createdAt: Date,
    updatedAt: Date,
    version: Number,
    ledgerVersion: Number,
  },
  { ...options, collection: 'organizations' },
);
organizationSchema.index({ name: 1 }, { unique: true, name: 'name' });

/** `access.users` */
export interface UserDocument {
  _id: ObjectId;
  name: string;
  displayName?: string;
  email?: string;
  organizationId?: ObjectId;
  owned?: true;
  identity?: { issuer: string; subject: string };
  /** Marks those who have an identity at a provider, which is unique. */
  foreign?: true;
  roles: Role[];
  passwordHash?: string;
  disabled: boolean;
  createdAt: Date;
  updatedAt: Date;
  version: number;
}

const userSchema = new Schema(
  {
    name: String,
    displayName: String,
    email: String,
    organizationId: objectId,
    owned: Boolean,
    identity: { issuer: String, subject: String },
    foreign: Boolean,
    roles: [String],
    passwordHash: String,
    disabled: Boolean,
    createdAt: Date,
    updatedAt: Date,
    version: Number,
  },
  { ...options, collection: 'users' },
);
userSchema.index({ name: 1 }, { unique: true, name: 'name' });
userSchema.index({ organizationId: 1, _id: 1 }, ofOrganization);
userSchema.index(
  { 'identity.subject': 1, 'identity.issuer': 1 },
  { unique: true, partialFilterExpression: { foreign: true }, name: 'identity' },
);

/** `access.sessions` */
export interface SessionDocument {
  _id: ObjectId;
  userId: ObjectId;
  userName: string;
  organizationId?: ObjectId;
  roles: Role[];
  refreshHash: string;
  previousRefreshHash?: string;
  refreshedAt: Date;
  createdAt: Date;
  expiresAt: Date;
}

const sessionSchema = new Schema(
  {
    userId: objectId,
    userName: String,
    organizationId: objectId,
    roles: [String],
    refreshHash: String,
    previousRefreshHash: String,
    refreshedAt: Date,
    createdAt: Date,
    expiresAt: Date,
  },
  { ...options, collection: 'sessions' },
);
sessionSchema.index({ userId: 1 }, { name: 'user' });
sessionSchema.index({ expiresAt: 1 }, { expireAfterSeconds: 0, name: 'expiry' });

/** `access.apiKeys` */
export interface ApiKeyDocument {
  _id: ObjectId;
  name: string;
  permissions: Permission[];
  keyHash: string;
  organizationId?: ObjectId;
  owned?: true;
  ownerId?: ObjectId;
  createdAt: Date;
  expiresAt: Date;
  lastUsedAt?: Date;
}

const apiKeySchema = new Schema(
  {
    name: String,
    permissions: [String],
    keyHash: String,
    organizationId: objectId,
    owned: Boolean,
    ownerId: objectId,
    createdAt: Date,
    expiresAt: Date,
    lastUsedAt: Date,
  },
  { ...options, collection: 'apiKeys' },
);
apiKeySchema.index({ ownerId: 1, _id: 1 }, { name: 'owner' });
apiKeySchema.index({ organizationId: 1, _id: 1 }, ofOrganization);
apiKeySchema.index({ expiresAt: 1 }, { expireAfterSeconds: 0, name: 'expiry' });

/** `access.enrolmentTokens` */
export interface EnrolmentTokenDocument {
  _id: ObjectId;
  name?: string;
  tokenHash: string;
  organizationId?: ObjectId;
  owned?: true;
  clusterName?: string;
  usesMax: number;
  usesLeft: number;
  requiresApproval: boolean;
  ownerId?: ObjectId;
  createdAt: Date;
  expiresAt: Date;
  lastUsedAt?: Date;
}

const enrolmentTokenSchema = new Schema(
  {
    name: String,
    tokenHash: String,
    organizationId: objectId,
    owned: Boolean,
    clusterName: String,
    usesMax: Number,
    usesLeft: Number,
    requiresApproval: Boolean,
    ownerId: objectId,
    createdAt: Date,
    expiresAt: Date,
    lastUsedAt: Date,
  },
  { ...options, collection: 'enrolmentTokens' },
);
enrolmentTokenSchema.index({ organizationId: 1, _id: 1 }, ofOrganization);
enrolmentTokenSchema.index({ expiresAt: 1 }, { expireAfterSeconds: 0, name: 'expiry' });

/** `access.signInFailures`, by name. */
export interface SignInFailuresDocument {
  _id: string;
  count: number;
  lockedUntil?: Date;
  expiresAt: Date;
}

const signInFailuresSchema = new Schema(
  { _id: String, count: Number, lockedUntil: Date, expiresAt: Date },
  { ...options, collection: 'signInFailures' },
);
signInFailuresSchema.index({ expiresAt: 1 }, { expireAfterSeconds: 0, name: 'expiry' });

/** `access.signingKeys` */
export interface SigningKeyDocument {
  _id: string;
  publicJwk: Record<string, unknown>;
  sealedPrivateJwk: string;
  createdAt: Date;
  expiresAt: Date;
}

const signingKeySchema = new Schema(
  {
    _id: String,
    publicJwk: Schema.Types.Mixed,
    sealedPrivateJwk: String,
    createdAt: Date,
    expiresAt: Date,
  },
  { ...options, collection: 'signingKeys' },
);
signingKeySchema.index({ expiresAt: 1 }, { expireAfterSeconds: 0, name: 'expiry' });

const peerKeySchema = signingKeySchema.clone().set('collection', 'peerKeys');

/** `access.authorities`, by number. */
export interface AuthorityDocument {
  _id: number;
  certificate: string;
  sealedKey: string;
  expiresAt: Date;
}

const authoritySchema = new Schema(
  { _id: Number, certificate: String, sealedKey: String, expiresAt: Date },
  { ...options, collection: 'authorities' },
);

/** `access.audit`, by sequence number. */
export interface AuditDocument {
  _id: number;
  at: Date;
  actorKind: string;
  actorId?: string;
  actorName?: string;
  address: string;
  operationId: string;
  subjectId?: string;
  status: number;
  code?: string;
  /** There when it is one, so that those can be found. */
  refused?: true;
  requestId: string;
  previousHash: string;
  hash: string;
}

const auditSchema = new Schema(
  {
    _id: Number,
    at: Date,
    actorKind: String,
    actorId: String,
    actorName: String,
    address: String,
    operationId: String,
    subjectId: String,
    status: Number,
    code: String,
    refused: Boolean,
    requestId: String,
    previousHash: String,
    hash: String,
  },
  { ...options, collection: 'audit' },
);
auditSchema.index({ at: 1 }, { name: 'time' });
auditSchema.index({ actorId: 1, _id: 1 }, { name: 'actor' });
auditSchema.index({ subjectId: 1, _id: 1 }, { name: 'subject' });
auditSchema.index({ operationId: 1, _id: 1 }, { name: 'operation' });
auditSchema.index(
  { refused: 1, _id: 1 },
  { partialFilterExpression: { refused: true }, name: 'refused' },
);

/** `access.auditHead`: how far the audit log goes, in one document. */
export interface AuditHeadDocument {
  _id: 'head';
  sequence: number;
  hash: string;
  trimmedTo: number;
  anchor: string;
}

const auditHeadSchema = new Schema(
  { _id: String, sequence: Number, hash: String, trimmedTo: Number, anchor: String },
  { ...options, collection: 'auditHead' },
);

/** One Mongoose model a collection of the database `access`. */
export interface AccessModels {
  readonly organizations: mongoose.Model<OrganizationDocument>;
  readonly users: mongoose.Model<UserDocument>;
  readonly sessions: mongoose.Model<SessionDocument>;
  readonly apiKeys: mongoose.Model<ApiKeyDocument>;
  readonly enrolmentTokens: mongoose.Model<EnrolmentTokenDocument>;
  readonly signInFailures: mongoose.Model<SignInFailuresDocument>;
  readonly signingKeys: mongoose.Model<SigningKeyDocument>;
  readonly peerKeys: mongoose.Model<SigningKeyDocument>;
  readonly authorities: mongoose.Model<AuthorityDocument>;
  readonly audit: mongoose.Model<AuditDocument>;
  readonly auditHead: mongoose.Model<AuditHeadDocument>;
}

const model = <T>(
  db: mongoose.Connection,
  name: string,
  schema: mongoose.Schema,
): mongoose.Model<T> => db.model(name, schema) as unknown as mongoose.Model<T>;

export const createAccessModels = (access: mongoose.Connection): AccessModels => ({
  organizations: model<OrganizationDocument>(access, 'Organization', organizationSchema),
  users: model<UserDocument>(access, 'User', userSchema),
  sessions: model<SessionDocument>(access, 'Session', sessionSchema),
  apiKeys: model<ApiKeyDocument>(access, 'ApiKey', apiKeySchema),
  enrolmentTokens: model<EnrolmentTokenDocument>(access, 'EnrolmentToken', enrolmentTokenSchema),
  signInFailures: model<SignInFailuresDocument>(access, 'SignInFailures', signInFailuresSchema),
  signingKeys: model<SigningKeyDocument>(access, 'SigningKey', signingKeySchema),
  peerKeys: model<SigningKeyDocument>(access, 'PeerKey', peerKeySchema),
  authorities: model<AuthorityDocument>(access, 'Authority', authoritySchema),
  audit: model<AuditDocument>(access, 'Audit', auditSchema),
  auditHead: model<AuditHeadDocument>(access, 'AuditHead', auditHeadSchema),
});
