import type { components } from '../../generated/openapi.js';
import type { DomainEvent } from '../domain/event/event.js';
import { toTimestamp } from './values.js';

/** An entry of the history as everybody gets it: in lists, streams and deliveries. */
export const toEvent = (event: DomainEvent): components['schemas']['Event'] => ({
  sequence: event.sequence,
  type: event.type,
  at: toTimestamp(event.at),
  subjectKind: event.subjectKind,
  subjectId: event.subjectId,
  ...(event.relatedIds.length > 0 ? { relatedIds: [...event.relatedIds] } : {}),
  data: { ...event.data },
});
