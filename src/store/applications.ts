import type { Application, ApplicationStore } from '../domain/application/application.js';
import { DomainError } from '../domain/errors.js';
import type { ApplicationDocument } from './documents.js';
import { isDuplicateKey } from './errors.js';
import { FindsById } from './finds-by-id.js';
import { toObjectId } from './ids.js';
import type { Models } from './models.js';
import { fromOwnerFields, ownerFields } from './owner.js';
import type { Transactions } from './unit-of-work.js';
import { compact, setOrUnset } from './updates.js';

const toApplicationDocument = (application: Application): ApplicationDocument =>
  compact({
    _id: toObjectId(application.id),
    ...ownerFields(application.organizationId),
    userId: toObjectId(application.ownerId),
    userName: application.ownerName,
    application_name: application.name,
    application_namespace: application.namespace,
    application_desc: application.description,
    label: application.label,
    more: application.more,
    createdAt: new Date(application.createdAt),
    updatedAt: new Date(application.updatedAt),
    version: application.version,
  }) as ApplicationDocument;

const fromApplicationDocument = (document: ApplicationDocument): Application => ({
  id: document._id.toHexString(),
  organizationId: fromOwnerFields(document),
  ownerId: document.userId.toHexString(),
  ownerName: document.userName,
  name: document.application_name,
  namespace: document.application_namespace,
  description: document.application_desc,
  label: document.label,
  more: document.more,
  createdAt: document.createdAt.getTime(),
  updatedAt: document.updatedAt.getTime(),
  version: document.version,
});

/** @throws DomainError `application-name-in-use` */
async function unlessTaken<T>({ name, namespace }: Application, write: Promise<T>): Promise<T> {
  try {
    return await write;
  } catch (error) {
    if (!isDuplicateKey(error)) throw error;
    throw new DomainError(
      'application-name-in-use',
      `You have an application ${name}.${namespace} already.`,
      { cause: error },
    );
  }
}

export const createApplicationStore = (
  { applications }: Models,
  transactions: Transactions,
): ApplicationStore => {
  const byId = new FindsById(applications, transactions);
  return {
    async find(id) {
      const document = await byId.find(id);
      return document ? fromApplicationDocument(document) : undefined;
    },
    async list({ organizationId, ownerId }) {
      const documents = await applications
        .find(
          {
            ...ownerFields(organizationId),
            ...(ownerId === undefined ? {} : { userId: toObjectId(ownerId) }),
          },
          null,
          transactions.options(),
        )
        .sort({ _id: 1 })
        .lean<ApplicationDocument[]>();
      return documents.map(fromApplicationDocument);
    },
    async insert(application) {
      await unlessTaken(
        application,
        applications.collection.insertOne(
          toApplicationDocument(application),
          transactions.options(),
        ),
      );
    },
    async replace(application) {
      const { name, namespace, description, updatedAt } = application;
      const write = applications.collection.updateOne(
        { _id: toObjectId(application.id), version: application.version },
        {
          ...setOrUnset({
            application_name: name,
            application_namespace: namespace,
            application_desc: description,
            updatedAt: new Date(updatedAt),
          }),
          $inc: { version: 1 },
        },
        transactions.options(),
      );
      const result = await unlessTaken(application, write);
      if (result.matchedCount === 0)
        throw new DomainError(
          'write-conflict',
          'The application has changed meanwhile; try again.',
        );
      return { ...application, version: application.version + 1 };
    },
    async remove(id) {
      await applications.collection.deleteOne({ _id: toObjectId(id) }, transactions.options());
    },
  };
};
