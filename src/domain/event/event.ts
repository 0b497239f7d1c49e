export type EventSubject = 'service' | 'cluster' | 'instance' | 'operation';

/** Something that happened, before it has its place in the history. */
export interface EventDraft {
  /** `<subject>.<verb>` */
  readonly type: string;
  readonly at: number;
  readonly subjectKind: EventSubject;
  readonly subjectId: string;
  readonly relatedIds: readonly string[];
  /** Whose history it belongs to; absent: only to that of the installation. */
  readonly organizationId?: string | undefined;
  readonly data: Readonly<Record<string, unknown>>;
}

/** One entry of the history. Sequence numbers start at 1 and have no gaps. */
export interface DomainEvent extends EventDraft {
  readonly sequence: number;
}
