import type { Event } from '@system-manager/client';
import { inWords } from './phases.js';

const text = (value: unknown): string | undefined =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;

/** What an event is about, as people call it. */
export function subjectOf({ subjectKind, subjectId, data }: Event): string {
  if (subjectKind === 'instance') return `instance ${text(data['ordinal']) ?? ''}`.trim();
  if (subjectKind === 'operation') return text(data['kind']) ?? 'operation';
  return text(data['name']) ?? subjectId;
}

function detailsOf({ type, data }: Event): readonly (string | undefined)[] {
  const phase = text(data['phase']);
  const progress = data['progress'] as { done?: number; total?: number } | undefined;
  return [
    type.endsWith('phaseChanged') && phase ? `is ${inWords(phase)}` : undefined,
    type === 'instance.moving'
      ? `to ${text(data['toClusterName']) ?? 'another cluster'}`
      : undefined,
    type.startsWith('instance.') && data['clusterName']
      ? `at ${text(data['clusterName']) ?? ''}`
      : undefined,
    type === 'service.scaled' ? `to ${text(data['replicas']) ?? '?'}` : undefined,
    type === 'service.updated' ? `revision ${text(data['revision']) ?? '?'}` : undefined,
    type === 'cluster.workersCounted' ? text(data['count']) : undefined,
    type === 'operation.progressed' && progress
      ? `${progress.done ?? 0} of ${progress.total ?? 0}`
      : undefined,
    text(data['reason']),
  ];
}

/** What happened, in a few words: `phase changed, is running, at attic`. */
export function whatHappened(event: Event): string {
  const verb = inWords(event.type.split('.')[1] ?? event.type);
  return [verb, ...detailsOf(event).filter((each) => each !== undefined)].join(', ');
}

/** Where the page shows the subject. */
export function addressOf({ subjectKind, subjectId, data, relatedIds }: Event): string | undefined {
  if (subjectKind === 'cluster') return `/clusters/${subjectId}`;
  if (subjectKind === 'service') return `/services/${subjectId}`;
  if (subjectKind === 'instance') return `/instances/${subjectId}`;
  const subject = data['subjectKind'];
  const id = text(data['subjectId']) ?? relatedIds?.[0];
  if (id === undefined) return undefined;
  return subject === 'cluster' ? `/clusters/${id}` : `/services/${id}`;
}

export interface EventFilter {
  /** Kind of the subject; empty: all. */
  readonly kind: string;
  /** Part of the type; empty: all. */
  readonly type: string;
}

export const passes =
  (filter: EventFilter) =>
  (event: Event): boolean =>
    (filter.kind === '' || event.subjectKind === filter.kind) &&
    event.type.toLowerCase().includes(filter.type.trim().toLowerCase());
