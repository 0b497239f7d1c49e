/** A store that is gone for a while: it is said at once, refused while it lasts, and heals by itself. */
import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { requireHistory, streamOf } from '../../src/http/event-stream.js';
import { ChangeFollower } from '../../src/store/change-follower.js';
import { classifyStoreError } from '../../src/store/errors.js';
import { startLeading, takeLead } from '../support/lead.js';
import { aCluster, id } from '../support/builders.js';
import { refusal, type Passing } from '../support/faulty-proxy.js';
import { FaultWorld } from './fault-world.js';

let world: FaultWorld;
beforeAll(async () => {
  world = await FaultWorld.start();
});
afterEach(() => {
  expect(world.proxy.failures).toEqual([]);
});
afterAll(() => world.close());

const from = (first: number, last: number): readonly number[] =>
  Array.from({ length: last - first + 1 }, (_, n) => first + n);

function isWatch(body: Passing['body']): boolean {
  const [stage] = (body.get('pipeline') ?? []) as readonly ReadonlyMap<string, unknown>[];
  return stage?.has('$changeStream') === true;
}

const resumes = ({ name, body }: Passing): boolean => {
  if (name !== 'aggregate' || !isWatch(body)) return false;
  const [stage] = body.get('pipeline') as unknown as readonly ReadonlyMap<string, unknown>[];
  const options = stage?.get('$changeStream') as ReadonlyMap<string, unknown> | undefined;
  return options?.has('resumeAfter') === true;
};

const gap = (): Promise<void> =>
  new Promise((resolve) => {
    const stop = world.store.feed.onGap(() => {
      stop();
      resolve();
    });
  });

const nextOf = async (stream: Readable): Promise<string> => {
  for (;;) {
    const chunk = stream.read() as Buffer | string | null;
    if (chunk !== null) return String(chunk);
    await once(stream, 'readable');
  }
};

describe('a change stream that begins', () => {
  it('has its place kept at once, so that nothing is missed', async () => {
    const stored = await world.another();
    const { history } = await startLeading(stored);
    expect((await history.position()).resumeToken).toBeDefined();
    await stored.close();
  });

  it('on a new store is where the history begins, whoever leads later (P8)', async () => {
    const fresh = await FaultWorld.start();
    const { store: stored } = fresh;
    await stored.feed.start();
    const cluster = aCluster({ id: id(0xc2), name: 'early' });
    await stored.clusters.insert(cluster);
    const told = new Promise((resolve) => stored.events.onAppend(resolve));
    await stored.feed.lead((await takeLead(stored)).history);
    await told;
    expect(await stored.events.read(0, 10)).toMatchObject([
      { sequence: 1, type: 'cluster.registered', subjectId: cluster.id },
    ]);
    await fresh.close();
  });

  it('in which nothing happens keeps its position fresh', async () => {
    const { connection } = world.store.databases;
    const { history } = await takeLead(world.store);
    const onError = (error: unknown): void => void world.errors.push({ error, message: 'idle' });
    const feed = new ChangeFollower({
      connection,
      onAppend: () => undefined,
      onBeginning: () => Promise.resolve(),
      onError,
      keepPositionEveryMs: 0,
    });
    await feed.start();
    await feed.lead(history);
    const tokens = new Set<string>();
    while (tokens.size < 3) tokens.add(JSON.stringify((await history.position()).resumeToken));
    await feed.close();
    expect(world.errors).toEqual([]);
  });

  it('that cannot be resumed at the start does not keep the manager from starting', async () => {
    const { last } = await world.store.events.bounds();
    const reply = refusal(286, 'ChangeStreamHistoryLost', ['NonResumableChangeStreamError']);
    const told = world.proxy.next(resumes, { kind: 'answer', reply });
    const again = await world.another();
    await Promise.all([startLeading(again), told]);
    expect(await again.events.bounds()).toEqual({ trimmedTo: last + 1, last: last + 1 });
    await again.close();
  });
});

describe('a change stream', () => {
  beforeAll(async () => {
    await startLeading(world.store);
  });

  it.each(['cutBefore', 'cutAfter'] as const)(
    'that is cut (%s) goes on without a gap and without a duplicate',
    async (kind) => {
      const cut = world.proxy.next(({ name }) => name === 'getMore', { kind }, 3);
      const before = await world.workers();
      let count = before;
      let done = false;
      void cut.then(() => (done = true));
      do {
        await world.addWorker();
        count += 1;
      } while (!done || count < before + 5);
      const counts = await world.countsUpTo(count);
      expect(counts.filter((each) => each > before)).toEqual(from(before + 1, count));
    },
  );

  it('whose place in the history was lost has its history declared trimmed, and goes on', async () => {
    await world.addWorker();
    const before = await world.workers();
    await world.countsUpTo(before);
    const { last } = await world.store.events.bounds();
    const watcher = streamOf(world.store.events, last, undefined, new AbortController().signal);
    expect(await nextOf(watcher)).toContain('the stream begins');
    watcher.read(0);

    const labels = ['NonResumableChangeStreamError'];
    const reply = refusal(286, 'ChangeStreamHistoryLost', labels);
    const told = world.proxy.next(resumes, { kind: 'answer', reply });
    const opened = gap();
    const fatal = refusal(280, 'ChangeStreamFatalError', labels);
    await world.proxy.next(({ name }) => name === 'getMore', { kind: 'answer', reply: fatal });
    await Promise.all([told, opened]);

    const { trimmedTo } = await world.store.events.bounds();
    expect(trimmedTo).toBe(last + 1);
    await expect(requireHistory(world.store.events, last)).rejects.toMatchObject({
      code: 'history-trimmed',
    });
    expect(await nextOf(watcher)).toBe(`event: trimmed\ndata: {"trimmedTo":${trimmedTo}}\n\n`);
    watcher.destroy();
    await world.addWorker();
    expect(await world.countsUpTo(before + 1)).toEqual([before + 1]);
  });
});

describe('a store that is gone for a while', () => {
  it('is refused meanwhile and heals by itself', { timeout: 30_000 }, async () => {
    await world.addWorker();
    const before = await world.workers();
    world.errors.length = 0;
    world.proxy.goAway();
    const refused = world.addWorker().catch(classifyStoreError);
    expect(await world.store.ping()).toBe(false);
    expect(await refused).toMatchObject({ code: 'unavailable', retryAfterSeconds: 2 });
    await world.told('the change feed was interrupted; it is opened again');
    expect(world.store.feed.following).toBe(false);

    const opened = gap();
    await world.proxy.comeBack();
    await opened;
    expect(world.store.feed.following).toBe(true);
    expect(await world.store.ping()).toBe(true);
    await world.addWorker();
    const counts = await world.countsUpTo(before + 1);
    expect(counts.filter((each) => each >= before)).toEqual([before, before + 1]);
  });
});
