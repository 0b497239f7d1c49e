import { DomainError } from '../../domain/errors.js';
import type { EventStore } from '../../domain/ports.js';
import type { Handlers } from '../contract.js';
import type { PortsFor } from '../ports-for.js';
import { requireHistory, streamOf } from '../event-stream.js';
import { toEvent } from '../../wire/event.js';

/** One page towards the past. What is no longer kept is left out: whoever looks back comes to an end there. */
async function readBack(
  events: EventStore,
  query: { after?: number; before?: number; limit: number; subjectId?: string },
) {
  if (query.after !== undefined)
    throw new DomainError('validation-failed', 'after goes with order=oldestFirst.', {
      errors: [{ pointer: '#/query/after', detail: 'goes with order=oldestFirst only' }],
    });
  // Read first, so that nothing lies between the newest event here and whoever goes on after it.
  const { last } = await events.bounds();
  const before = query.before ?? last + 1;
  const items = await events.readBack(before, query.limit, query.subjectId);
  return {
    status: 200 as const,
    body: { items: items.map(toEvent), lastSequence: Math.min(before - 1, last) },
  };
}

export const eventHandlers = (portsFor: PortsFor) =>
  ({
    listEvents: async ({ principal, query }) => {
      const ports = portsFor(principal);
      if (query.order === 'newestFirst') return readBack(ports.events, query);
      if (query.before !== undefined)
        throw new DomainError('validation-failed', 'before goes with order=newestFirst.', {
          errors: [{ pointer: '#/query/before', detail: 'goes with order=newestFirst only' }],
        });
      const after = query.after ?? (await ports.events.bounds()).trimmedTo;
      await requireHistory(ports.events, after);
      const events = await ports.events.read(after, query.limit, query.subjectId);
      return {
        status: 200,
        body: {
          items: events.map(toEvent),
          lastSequence: events.at(-1)?.sequence ?? after,
        },
      };
    },
    streamEvents: async ({ principal, query, header, signal }) => {
      const ports = portsFor(principal);
      const resumed = header['Last-Event-ID'];
      const after =
        resumed === undefined
          ? (query.after ?? (await ports.events.bounds()).last)
          : Number(resumed);
      await requireHistory(ports.events, after);
      return { status: 200, body: streamOf(ports.events, after, query.subjectId, signal) };
    },
  }) satisfies Partial<Handlers>;
