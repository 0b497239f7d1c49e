import type { Handlers } from '../contract.js';
import type { PortsFor } from '../ports-for.js';
import { requireHistory, streamOf } from '../event-stream.js';
import { toEvent } from '../views.js';

export const eventHandlers = (portsFor: PortsFor) =>
  ({
    listEvents: async ({ principal, query }) => {
      const ports = portsFor(principal);
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
