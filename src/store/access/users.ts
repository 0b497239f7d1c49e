import type { UserStore } from '../../domain/access/ports.js';
import type { User } from '../../domain/access/user.js';
import { DomainError } from '../../domain/errors.js';
import { isDuplicateKey } from '../errors.js';
import { FindsById } from '../finds-by-id.js';
import { toObjectId } from '../ids.js';
import { fromOwnerFields, ownerFields } from '../owner.js';
import { toPage } from '../pages.js';
import type { Transactions } from '../unit-of-work.js';
import { compact, setOrUnset } from '../updates.js';
import type { AccessModels, UserDocument } from './models.js';

const userFields = (user: User) => ({
  name: user.name,
  displayName: user.displayName,
  email: user.email,
  roles: [...user.roles],
  passwordHash: user.passwordHash,
  disabled: user.disabled,
  createdAt: new Date(user.createdAt),
  updatedAt: new Date(user.updatedAt),
});

const fromUserDocument = (document: UserDocument): User => ({
  id: document._id.toHexString(),
  name: document.name,
  displayName: document.displayName,
  email: document.email,
  organizationId: fromOwnerFields(document),
  identity: document.identity,
  roles: document.roles,
  passwordHash: document.passwordHash,
  disabled: document.disabled,
  createdAt: document.createdAt.getTime(),
  updatedAt: document.updatedAt.getTime(),
  version: document.version,
});

export const createUserStore = ({ users }: AccessModels, transactions: Transactions): UserStore => {
  const byId = new FindsById(users, transactions);
  const findBy = async (filter: object): Promise<User | undefined> => {
    const document = await users.findOne(filter, null, transactions.options()).lean<UserDocument>();
    return document ? fromUserDocument(document) : undefined;
  };
  return {
    async find(id) {
      const document = await byId.find(id);
      return document ? fromUserDocument(document) : undefined;
    },
    findByName: (name) => findBy({ name }),
    findByIdentity: (issuer, subject) =>
      findBy({ foreign: true, 'identity.subject': subject, 'identity.issuer': issuer }),
    async list({ organizationId }, page) {
      const after = page.after === undefined ? {} : { _id: { $gt: toObjectId(page.after) } };
      const documents = await users
        .find({ ...ownerFields(organizationId), ...after }, null, transactions.options())
        .sort({ _id: 1 })
        .limit(page.limit + 1)
        .lean<UserDocument[]>();
      return toPage(documents.map(fromUserDocument), page);
    },
    any: async () => (await findBy({})) !== undefined,
    async insert(user) {
      const { id, version } = user;
      try {
        await users.collection.insertOne(
          compact({
            _id: toObjectId(id),
            ...ownerFields(user.organizationId),
            ...userFields(user),
            identity: user.identity,
            foreign: user.identity === undefined ? undefined : true,
            version,
          }) as UserDocument,
          transactions.options(),
        );
      } catch (error) {
        if (isDuplicateKey(error))
          throw new DomainError('user-name-in-use', `Another user has the name ${user.name}.`);
        throw error;
      }
    },
    async replace(user) {
      const { $set, $unset } = setOrUnset(userFields(user));
      const result = await users.collection.updateOne(
        { _id: toObjectId(user.id), version: user.version },
        { ...($set && { $set }), ...($unset && { $unset }), $inc: { version: 1 } },
        transactions.options(),
      );
      if (result.matchedCount === 0)
        throw new DomainError('write-conflict', 'The user has changed meanwhile; try again.');
      return { ...user, version: user.version + 1 };
    },
    async remove(id) {
      await users.collection.deleteOne({ _id: toObjectId(id) }, transactions.options());
    },
  };
};
