/** The history and its stream: no gap, no duplicate (P8). */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { trimHistory } from '../support/lead.js';
import { startTestManager } from '../support/app.js';
import { problemOf, type Schemas } from '../support/calls.js';
import { openStream, type EventStream, type Message } from '../support/sse.js';
import { World } from '../support/world.js';

let world: World;
const open: EventStream[] = [];

beforeAll(async () => {
  world = new World(await startTestManager());
});

afterAll(async () => {
  for (const stream of open) stream.close();
  await world.manager.close();
});

async function watch(query = '', headers: Record<string, string> = {}): Promise<EventStream> {
  const call = { path: `/api/v1/events/stream${query}`, headers };
  const stream = await openStream(world.manager.url, call);
  open.push(stream);
  return stream;
}

const eventOf = ({ data }: Message) => JSON.parse(data) as Schemas['Event'];

/** Messages up to the one that fits. */
async function readUntil(
  stream: EventStream,
  fits: (event: Schemas['Event']) => boolean,
): Promise<readonly Message[]> {
  const messages: Message[] = [];
  for (;;) {
    const message = await stream.next();
    messages.push(message);
    if (fits(eventOf(message))) return messages;
  }
}

const isAbout =
  (id: string, type?: string) =>
  (event: Schemas['Event']): boolean =>
    event.subjectId === id && (type === undefined || event.type === type);

const bounds = () => world.manager.store.events.bounds();

/** Everything that the history has after a sequence number. */
async function historyAfter(after: number): Promise<readonly Schemas['Event'][]> {
  const path = `/api/v1/events?limit=500&after=${after}`;
  return (await world.ask<Schemas['EventPage']>(200, { path })).items;
}

describe('the history', () => {
  it('is read page by page, without a gap and without a duplicate (P8)', async () => {
    const { last: start } = await bounds();
    for (let times = 0; times < 7; times += 1) await world.register();
    await world.until('all is written', async () => (await bounds()).last >= start + 7);
    const sequences: number[] = [];
    for (let after = start; ;) {
      const path = `/api/v1/events?limit=3&after=${after}`;
      const page = await world.ask<Schemas['EventPage']>(200, { path });
      sequences.push(...page.items.map(({ sequence }) => sequence));
      if (page.items.length === 0) break;
      expect(page.lastSequence).toBe(sequences.at(-1));
      after = page.lastSequence;
    }
    expect(sequences).toEqual(sequences.map((_, index) => start + 1 + index));
  });

  it('tells the life of a service from its deployment to its end', async () => {
    const cluster = await world.activeCluster();
    const { service } = await world.runningAt(cluster);
    await world.terminateAt(cluster, service.id);
    const path = `/api/v1/events?limit=500&subjectId=${service.id}`;
    const types = await world.until('the end is written', async () => {
      const { items } = await world.ask<Schemas['EventPage']>(200, { path });
      const told = items.map(({ type }) => type);
      return told.includes('service.terminated') && told.includes('operation.succeeded') && told;
    });
    const steps = [
      'service.deployed',
      'instance.created',
      'instance.phaseChanged',
      'service.terminating',
      'service.terminated',
    ];
    const places = steps.map((step) => types.indexOf(step));
    expect(places.every((place) => place >= 0)).toBe(true);
    expect([...places].sort((a, b) => a - b)).toEqual(places);
  });
});

describe('the stream', () => {
  it('tells id, event and data as the history has them', async () => {
    const stream = await watch();
    const { id } = await world.register();
    const [message] = (await readUntil(stream, isAbout(id))).slice(-1);
    const [event] = (await historyAfter(0)).filter(isAbout(id));
    expect(stream.answer.headers['content-type']).toMatch(/^text\/event-stream/);
    expect(message && eventOf(message)).toEqual(event);
    expect(message).toMatchObject({ id: String(event?.sequence), event: 'cluster.registered' });
  });

  it('starts with what happens from now on, and with `after` in the past', async () => {
    const before = await world.register();
    await world.until('it is written', async () => {
      const events = await historyAfter(0);
      return events.some(isAbout(before.id));
    });
    const { last } = await bounds();
    const fresh = await watch();
    const { id } = await world.register();
    expect(eventOf(await fresh.next()).subjectId).toBe(id);
    const past = await watch(`?after=${last - 1}`);
    expect(eventOf(await past.next()).subjectId).toBe(before.id);
  });

  it('resumes by Last-Event-ID, without a gap and without a duplicate (P8)', async () => {
    const { last: start } = await bounds();
    const seen: string[] = [];
    let lastId = String(start);
    for (let times = 0; times < 4; times += 1) {
      const stream = await watch('', { 'last-event-id': lastId });
      const registered = [await world.register(), await world.register(), await world.register()];
      // Left in the middle: the rest is told to the next connection.
      const id = registered[times % 3]?.id ?? '';
      const messages = await readUntil(stream, isAbout(id));
      seen.push(...messages.map((each) => each.id ?? ''));
      lastId = seen.at(-1) ?? '';
      stream.close();
    }
    expect(seen.map(Number)).toEqual(seen.map((_, index) => start + 1 + index));
    const told = (await historyAfter(start)).slice(0, seen.length).map(({ sequence }) => sequence);
    expect(seen.map(Number)).toEqual(told);
  });

  it('of one subject tells what concerns it, and nothing else', async () => {
    const [mine, other] = [
      await world.deploy({ replicas: 0 }),
      await world.deploy({ replicas: 0 }),
    ];
    const { id } = mine.service;
    const stream = await watch(`?after=0&subjectId=${id}`);
    for (const service of [other.service, mine.service])
      await world.ask(202, {
        ...{ method: 'POST', path: `/api/v1/services/${service.id}/scale`, json: { replicas: 1 } },
      });
    const messages = await readUntil(stream, isAbout(id, 'service.scaled'));
    const events = messages.map(eventOf);
    expect(events[0]?.type).toBe('service.deployed');
    for (const { subjectId, relatedIds = [] } of events)
      expect([subjectId, ...relatedIds]).toContain(id);
  });

  it('is refused where the history is trimmed, and goes on from where it is kept (P8)', async () => {
    const { last: start } = await bounds();
    await world.register();
    await world.until('it is written', async () => (await bounds()).last > start);
    await trimHistory(world.manager.store, 0);
    const { trimmedTo } = await bounds();
    const refused = await world.send({
      ...{ path: '/api/v1/events/stream', headers: { 'last-event-id': String(start) } },
    });
    expect([refused.status, problemOf(refused).code]).toEqual([410, 'history-trimmed']);
    const stream = await watch('', { 'last-event-id': String(trimmedTo) });
    const { id } = await world.register();
    const [first, ...more] = await readUntil(stream, isAbout(id));
    expect(first?.id).toBe(String(trimmedTo + 1));
    expect(more.map((each) => Number(each.id))).toEqual(more.map((_, n) => trimmedTo + 2 + n));
  });
});
