import type { Event } from '@system-manager/client';
import { useMemo, useState } from 'react';
import { EventHistory } from '../../data/history.js';
import { useLatest } from '../../live/hooks.js';
import { passes, whatHappened, type EventFilter } from '../../model/event-text.js';
import { many } from '../../model/numbers.js';
import { fullTime, timeOfDay } from '../../model/time.js';
import { EventSubject } from '../../parts/event-line.js';
import { Field } from '../../parts/field.js';
import { Page } from '../../parts/page.js';
import { Search } from '../../parts/search.js';
import { Table, type Column } from '../../parts/table.js';
import { useConnection } from '../../session/connection.js';

const columns: readonly Column<Event>[] = [
  { title: 'Number', width: '0.8fr', wide: true, cell: ({ sequence }) => sequence },
  {
    title: 'Time',
    width: '1fr',
    cell: ({ at }) => (
      <time dateTime={at} title={fullTime(at)}>
        {timeOfDay(at)}
      </time>
    ),
  },
  { title: 'Kind', width: '0.9fr', wide: true, cell: ({ subjectKind }) => subjectKind },
  { title: 'Subject', width: '1.2fr', cell: (event) => <EventSubject event={event} /> },
  {
    title: 'What happened',
    width: '3fr',
    cell: (event) => <span title={whatHappened(event)}>{whatHappened(event)}</span>,
  },
];

interface EventsProps {
  readonly filter: EventFilter;
  readonly subjectId: string;
}

function Events({ filter, subjectId }: EventsProps) {
  const connection = useConnection();
  const [history] = useState(
    () => new EventHistory(connection, subjectId === '' ? undefined : subjectId),
  );
  const { events, complete, waiting, held, error } = useLatest(history);
  const shown = useMemo(() => events.filter(passes(filter)), [events, filter]);
  const coming = useMemo(() => waiting.filter(passes(filter)).length, [waiting, filter]);
  const look = useMemo(
    () => (_: number, last: number) => {
      if (last >= shown.length - 1) void history.readOlder();
    },
    [history, shown.length],
  );
  return (
    <>
      <div className="actions">
        {held ? (
          <button type="button" onClick={history.goOn}>
            Go on{coming > 0 && ` with ${many(coming, 'event')}`}
          </button>
        ) : (
          <button type="button" onClick={history.hold}>
            Hold
          </button>
        )}
        <span className="quiet">
          {held ? 'What comes waits.' : 'What happens comes at the top.'}
        </span>
      </div>
      <Table
        label="Events"
        columns={columns}
        items={shown}
        keyOf={({ sequence }) => String(sequence)}
        complete={complete}
        error={error}
        onLook={look}
        empty="No such event is kept."
      />
    </>
  );
}

const kinds = ['cluster', 'service', 'instance', 'operation'] as const;

/** The history, newest first, live, narrowed to what somebody looks for. */
export function EventsPage() {
  const [filter, setFilter] = useState<EventFilter>({ kind: '', type: '' });
  const [subjectId, setSubjectId] = useState('');
  return (
    <Page title="Events">
      <Search
        label="Events"
        onSearch={(fields) => {
          setFilter({ kind: fields['kind'] ?? '', type: fields['type'] ?? '' });
          setSubjectId(fields['subjectId'] ?? '');
        }}
      >
        <Field label="Kind">
          {(ids) => (
            <select {...ids} name="kind">
              <option value="">any</option>
              {kinds.map((kind) => (
                <option key={kind}>{kind}</option>
              ))}
            </select>
          )}
        </Field>
        <Field label="Type">
          {(ids) => <input {...ids} name="type" placeholder="phaseChanged" />}
        </Field>
        <Field label="Subject id">
          {(ids) => (
            <input {...ids} name="subjectId" pattern="[0-9a-f]{24}" placeholder="24 digits" />
          )}
        </Field>
      </Search>
      <Events key={subjectId} filter={filter} subjectId={subjectId} />
    </Page>
  );
}
