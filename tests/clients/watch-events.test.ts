import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  createClient,
  type ClientOptions,
  type SystemManagerClient,
} from '../../clients/typescript/src/index.js';
import { ServerSentEventParser } from '../../clients/typescript/src/sse.js';
import { HttpStub, hangUp, problem, stream } from './support/http-stub.js';

const subjectId = 'a'.repeat(24);

let stub: HttpStub;
const clients: SystemManagerClient[] = [];

beforeEach(async () => {
  stub = await HttpStub.start();
});

afterEach(async () => {
  await Promise.all(clients.splice(0).map((client) => client.close()));
  await stub.close();
});

function connect(options: Partial<ClientOptions> = {}): SystemManagerClient {
  const retry = { delayMsMin: 1, delayMsMax: 4 };
  const client = createClient({ baseUrl: stub.url, token: 'secret', retry, ...options });
  clients.push(client);
  return client;
}

const event = (sequence: number): string =>
  `id: ${sequence}\nevent: service.deployed\ndata: {"sequence":${sequence}}\n\n`;

describe('watchEvents', () => {
  it('goes on from the last event over broken connections, without gap and duplicate', async () => {
    stub.answer(
      stream(`: hello\n\n${event(8)}${event(9)}id: 10\nda`),
      hangUp,
      problem(503, 'unavailable'),
      stream(`${event(10)}${event(11)}`, { end: false }),
    );
    const seen: number[] = [];
    for await (const { sequence } of connect().watchEvents({ after: 7, subjectId })) {
      seen.push(sequence);
      if (sequence === 11) break;
    }
    expect(seen).toEqual([8, 9, 10, 11]);
    expect(stub.seen.all.map(({ headers }) => headers['last-event-id'])).toEqual([
      '7',
      '9',
      '9',
      '9',
    ]);
    expect(stub.seen.all[0]?.headers.authorization).toBe('Bearer secret');
    expect(stub.seen.all[0]?.query.get('subjectId')).toBe(subjectId);
  });

  it('tells when a connection stands and when it is lost', async () => {
    stub.answer(stream(event(1)), hangUp, stream(event(2), { end: false }));
    const states: string[] = [];
    const onConnection = (state: string) => states.push(state);
    for await (const { sequence } of connect().watchEvents({ onConnection }))
      if (sequence === 2) break;
    expect(states).toEqual(['open', 'lost', 'lost', 'open']);
  });

  it('takes the position from a message without data', async () => {
    stub.answer(stream('id: 41\n\n'), stream(event(42), { end: false }));
    for await (const { sequence } of connect().watchEvents()) {
      expect(sequence).toBe(42);
      break;
    }
    expect(stub.seen.all.map(({ headers }) => headers['last-event-id'])).toEqual([undefined, '41']);
  });

  it('opens a stream anew that has fallen silent', async () => {
    stub.answer(stream(event(1), { end: false }), stream(event(2), { end: false }));
    const seen: number[] = [];
    for await (const { sequence } of connect({ idleTimeoutMs: 50 }).watchEvents()) {
      seen.push(sequence);
      if (sequence === 2) break;
    }
    expect(seen).toEqual([1, 2]);
  });

  it('ends without an error when the caller has had enough', async () => {
    stub.answer(stream(event(1), { end: false }));
    const controller = new AbortController();
    const seen: number[] = [];
    for await (const { sequence } of connect().watchEvents({ signal: controller.signal })) {
      seen.push(sequence);
      setImmediate(() => controller.abort());
    }
    expect(seen).toEqual([1]);
    for await (const late of connect().watchEvents({ signal: controller.signal })) {
      expect(late).toBeUndefined();
    }
    expect(stub.seen.all).toHaveLength(1);
  });

  it('says so when it is refused, or the history is no longer kept', async () => {
    stub.answer(problem(401, 'unauthenticated'));
    await expect(connect().watchEvents().next()).rejects.toMatchObject({ status: 401 });
    stub.answer(problem(410, 'history-trimmed'));
    await expect(connect().watchEvents({ after: 1 }).next()).rejects.toMatchObject({
      code: 'history-trimmed',
    });
    stub.answer(stream(`${event(5)}event: trimmed\ndata: {}\n\n`, { end: false }));
    const watch = connect().watchEvents({ after: 4 });
    expect((await watch.next()).value).toEqual({ sequence: 5 });
    await expect(watch.next()).rejects.toMatchObject({ status: 410, code: 'history-trimmed' });
  });

  it('does not skip an event that it cannot read', async () => {
    stub.answer(stream('id: 3\ndata: {"sequence"\n\n'));
    await expect(connect().watchEvents().next()).rejects.toBeInstanceOf(SyntaxError);
  });
});

describe('the parser of server-sent events', () => {
  const text =
    '\uFEFF: a\r\nid: 1\r\nevent: x\r\ndata: a\r\ndata:b\r\n\r\ndata\rid: 2\r\r:c\n\ndata: d\n\n';
  const expected = [
    { type: 'x', data: 'a\nb', lastEventId: '1' },
    { type: 'message', data: '', lastEventId: '2' },
    { type: 'message', data: 'd', lastEventId: '2' },
  ];

  it('reads the same messages however the text is cut', () => {
    for (let size = 1; size <= text.length; size += 1) {
      const parser = new ServerSentEventParser();
      const messages = [];
      for (let at = 0; at < text.length; at += size) {
        messages.push(...parser.push(text.slice(at, at + size)));
      }
      expect(messages).toEqual(expected);
    }
  });

  it('refuses a message without end', () => {
    const parser = new ServerSentEventParser();
    const push = (): void => {
      for (let turn = 0; turn < 100; turn += 1) parser.push(`data: ${'x'.repeat(100_000)}\n`);
    };
    expect(push).toThrow(RangeError);
  });
});
