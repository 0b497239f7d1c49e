import type { Organization } from '../../domain/access/organization.js';
import type { OrganizationStore } from '../../domain/access/ports.js';
import { DomainError } from '../../domain/errors.js';
import { isDuplicateKey } from '../errors.js';
import { toObjectId } from '../ids.js';
import { toPage } from '../pages.js';
import type { Transactions } from '../unit-of-work.js';
import { compact, setOrUnset } from '../updates.js';
import type { AccessModels, OrganizationDocument } from './models.js';

const fromOrganizationDocument = (document: OrganizationDocument): Organization => ({
  id: document._id.toHexString(),
  name: document.name,
  displayName: document.displayName,
  quota: document.quota,
  guests: document.guests,
  used: document.used,
  createdAt: document.createdAt.getTime(),
  updatedAt: document.updatedAt.getTime(),
  version: document.version,
  ledgerVersion: document.ledgerVersion,
});

/** @throws DomainError `organization-name-in-use` */
async function unlessTaken<T>(name: string, write: Promise<T>): Promise<T> {
  try {
    return await write;
  } catch (error) {
    if (!isDuplicateKey(error)) throw error;
    throw new DomainError(
      'organization-name-in-use',
      `There is an organization named ${name} already.`,
      { errors: [{ pointer: '#/name', detail: 'is in use' }], cause: error },
    );
  }
}

const changed = (): DomainError =>
  new DomainError('write-conflict', 'The organization has changed meanwhile; try again.');

export const createOrganizationStore = (
  { organizations }: AccessModels,
  transactions: Transactions,
): OrganizationStore => {
  const findBy = async (filter: object): Promise<Organization | undefined> => {
    const document = await organizations
      .findOne(filter, null, transactions.options())
      .lean<OrganizationDocument>();
    return document ? fromOrganizationDocument(document) : undefined;
  };
  return {
    find: (id) => findBy({ _id: toObjectId(id) }),
    findByName: (name) => findBy({ name }),
    async list(page) {
      const after = page.after === undefined ? {} : { _id: { $gt: toObjectId(page.after) } };
      const documents = await organizations
        .find(after, null, transactions.options())
        .sort({ _id: 1 })
        .limit(page.limit + 1)
        .lean<OrganizationDocument[]>();
      return toPage(documents.map(fromOrganizationDocument), page);
    },
    async insert({ id, createdAt, updatedAt, quota, ...rest }) {
      await unlessTaken(
        rest.name,
        organizations.collection.insertOne(
          compact({
            ...rest,
            _id: toObjectId(id),
            quota: compact({ ...quota }),
            createdAt: new Date(createdAt),
            updatedAt: new Date(updatedAt),
          }) as OrganizationDocument,
          transactions.options(),
        ),
      );
    },
    async replace(organization) {
      const { name, displayName, quota, guests, updatedAt } = organization;
      const write = organizations.collection.updateOne(
        { _id: toObjectId(organization.id), version: organization.version },
        {
          ...setOrUnset({
            name,
            displayName,
            quota: compact({ ...quota }),
            guests,
            updatedAt: new Date(updatedAt),
          }),
          $inc: { version: 1 },
        },
        transactions.options(),
      );
      const result = await unlessTaken(name, write);
      if (result.matchedCount === 0) throw changed();
      return { ...organization, version: organization.version + 1 };
    },
    async settle({ id, ledgerVersion }, used) {
      const result = await organizations.collection.updateOne(
        { _id: toObjectId(id), ledgerVersion },
        { $set: { used }, $inc: { ledgerVersion: 1 } },
        transactions.options(),
      );
      if (result.matchedCount === 0) throw changed();
    },
    async remove({ id, ledgerVersion }) {
      const result = await organizations.collection.deleteOne(
        { _id: toObjectId(id), ledgerVersion },
        transactions.options(),
      );
      if (result.deletedCount === 0) throw changed();
    },
  };
};
