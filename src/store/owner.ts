/**
 * To which organization a document belongs. `owned` marks those that belong to one, so that only they stand in the index for it:
 * an installation without organizations pays nothing.
 */
import { toObjectId, type ObjectId } from './ids.js';

export interface OwnerFields {
  organizationId?: ObjectId;
  owned?: true;
}

/** The fields of a new document, and the filter that finds those of an organization. */
export const ownerFields = (organizationId: string | undefined): OwnerFields =>
  organizationId === undefined ? {} : { owned: true, organizationId: toObjectId(organizationId) };

export const fromOwnerFields = ({ organizationId }: OwnerFields): string | undefined =>
  organizationId?.toHexString();
