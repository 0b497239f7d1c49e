import { expect } from 'vitest';
import { parsed, type Schemas } from '../../support/calls.js';
import { trimHistory } from '../../support/lead.js';
import { openStream } from '../../support/sse.js';
import type { Case, Context } from '../context.js';

/** Forgets the history, so that nothing of it can be asked for. */
async function trimAll({ world }: Context): Promise<void> {
  await world.register();
  const { events } = world.manager.store;
  await world.until('there is history', async () => (await events.bounds()).last > 0);
  await trimHistory(world.manager.store, 0);
}

export const eventCases: readonly Case[] = [
  {
    operationId: 'listEvents',
    status: 200,
    name: 'of one subject',
    request: async ({ world }) => {
      const { id } = await world.register();
      const path = `/api/v1/events?subjectId=${id}`;
      await world.until('the event is there', async () => {
        const { items } = await world.ask<Schemas['EventPage']>(200, { path });
        return items.length > 0;
      });
      return { path };
    },
    check: (answer) => {
      const { items } = parsed<Schemas['EventPage']>(answer);
      expect(items.map(({ type }) => type)).toEqual(['cluster.registered']);
    },
  },
  {
    operationId: 'listEvents',
    status: 200,
    name: 'of one subject, newest first, page by page',
    request: async ({ world }) => {
      const { id } = await world.register();
      await world.ask(200, {
        method: 'PUT',
        path: `/api/v1/clusters/${id}/workers/count`,
        json: { count: 3 },
      });
      const path = `/api/v1/events?subjectId=${id}&order=newestFirst`;
      const newest = await world.until('both events are there', async () => {
        const { items } = await world.ask<Schemas['EventPage']>(200, { path });
        return items.length === 2 && items[0];
      });
      expect(newest.type).toBe('cluster.workersCounted');
      const first = await world.ask<Schemas['EventPage']>(200, { path: `${path}&limit=1` });
      expect(first.items).toEqual([newest]);
      expect(first.lastSequence).toBeGreaterThanOrEqual(newest.sequence);
      return { path: `${path}&before=${newest.sequence}` };
    },
    check: (answer) => {
      const { items } = parsed<Schemas['EventPage']>(answer);
      expect(items.map(({ type }) => type)).toEqual(['cluster.registered']);
    },
  },
  ...(['after=1&order=newestFirst', 'before=9'] as const).map((query): Case => ({
    operationId: 'listEvents',
    status: 400,
    name: `with a position that does not fit the order: ${query}`,
    problem: {
      code: 'validation-failed',
      pointers: [query.startsWith('after') ? '#/query/after' : '#/query/before'],
    },
    request: () => ({ path: `/api/v1/events?${query}` }),
  })),
  {
    operationId: 'listEvents',
    status: 410,
    name: 'before those that are kept',
    problem: { code: 'history-trimmed' },
    request: async (context) => {
      await trimAll(context);
      return { path: '/api/v1/events?after=0' };
    },
  },
  {
    operationId: 'streamEvents',
    status: 200,
    name: 'from now on',
    request: () => ({ path: '/api/v1/events/stream' }),
    transport: async ({ world }, call) => {
      const stream = await openStream(world.manager.url, call);
      try {
        const { id } = await world.register();
        const { data } = await stream.next();
        expect(JSON.parse(data)).toMatchObject({ type: 'cluster.registered', subjectId: id });
        return { ...stream.answer, text: data };
      } finally {
        stream.close();
      }
    },
  },
  ...(['after', 'Last-Event-ID'] as const).map((where): Case => ({
    operationId: 'streamEvents',
    status: 410,
    name: `before those that are kept, by ${where}`,
    problem: { code: 'history-trimmed' },
    request: async (context) => {
      await trimAll(context);
      return where === 'after'
        ? { path: '/api/v1/events/stream?after=0' }
        : { path: '/api/v1/events/stream', headers: { 'last-event-id': '0' } };
    },
  })),
];
