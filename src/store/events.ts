import type { DomainEvent, EventDraft, EventSubject } from '../domain/event/event.js';
import type { EventDocument } from './documents.js';
import { toObjectId } from './ids.js';
import { fromOwnerFields, ownerFields } from './owner.js';

export const toEventDocument = (draft: EventDraft, sequence: number): EventDocument => ({
  _id: sequence,
  type: draft.type,
  at: new Date(draft.at),
  subjectKind: draft.subjectKind,
  subjectId: toObjectId(draft.subjectId),
  relatedIds: draft.relatedIds.map(toObjectId),
  ...ownerFields(draft.organizationId),
  data: draft.data,
});

export const fromEventDocument = (document: EventDocument): DomainEvent => ({
  sequence: document._id,
  type: document.type,
  at: document.at.getTime(),
  subjectKind: document.subjectKind as EventSubject,
  subjectId: document.subjectId.toHexString(),
  relatedIds: document.relatedIds.map((id) => id.toHexString()),
  organizationId: fromOwnerFields(document),
  data: document.data,
});
