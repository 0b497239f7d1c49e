/** Commands on a bad connection: what was acknowledged happened once, what was refused says that it may be tried again. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { DomainError } from '../../src/domain/errors.js';
import { classifyStoreError } from '../../src/store/errors.js';
import { refusal, type Passing } from '../support/faulty-proxy.js';
import { FaultWorld, countedCluster } from './fault-world.js';

let world: FaultWorld;
let before = 0;

beforeAll(async () => {
  world = await FaultWorld.start();
});
afterAll(() => world.close());
beforeEach(async () => {
  before = await world.workers();
});
afterEach(() => {
  world.proxy.lift();
  expect(world.proxy.failures).toEqual([]);
});

const added = async (): Promise<number> => (await world.workers()) - before;
const is =
  (...names: readonly string[]) =>
  ({ name }: Passing): boolean =>
    names.includes(name);
const ofCluster =
  (name: string) =>
  (command: Passing): boolean =>
    command.name === name && command.body.get(name) === 'clusters';

/** What a caller is told: nothing, or the code of a refusal. */
async function toldBy(work: Promise<unknown>): Promise<string | undefined> {
  try {
    await work;
    return undefined;
  } catch (error) {
    const known = error instanceof DomainError ? error : classifyStoreError(error);
    return known?.code ?? `unexplained: ${String(error)}`;
  }
}

describe('a connection that is lost', () => {
  it('under load loses and doubles nothing', async () => {
    let count = 0;
    world.proxy.always(({ name }) => {
      if (['hello', 'isMaster', 'ismaster', 'ping', 'endSessions'].includes(name)) return undefined;
      count += 1;
      if (count % 20 === 7) return { kind: 'cutBefore' };
      return count % 20 === 17 ? { kind: 'cutAfter' } : undefined;
    });
    const hand = async (): Promise<(string | undefined)[]> => {
      const told: (string | undefined)[] = [];
      for (let n = 0; n < 5; n += 1) told.push(await toldBy(world.addWorker()));
      return told;
    };
    const told = (await Promise.all([hand(), hand(), hand(), hand()])).flat();
    const [done, refused] = [undefined, 'unavailable'].map(
      (code) => told.filter((each) => each === code).length,
    );
    expect(count).toBeGreaterThan(60);
    expect((done ?? 0) + (refused ?? 0)).toBe(told.length);
    // Whoever was refused does not know: it may have happened, once.
    expect(await added()).toBeGreaterThanOrEqual(done ?? 0);
    expect(await added()).toBeLessThanOrEqual(told.length);
    expect(done).toBeGreaterThan(0);
  });

  it.each(['find', 'update', 'commitTransaction'])(
    'before %s is made up for',
    async (name) => {
      const cut = world.proxy.next(is(name), { kind: 'cutBefore' });
      await Promise.all([world.addWorker(), cut]);
      expect(await added()).toBe(1);
    },
  );

  it.each(['find', 'update', 'commitTransaction'])(
    'after %s, before its reply, does not double it',
    async (name) => {
      const cut = world.proxy.next(is(name), { kind: 'cutAfter' });
      await Promise.all([world.addWorker(), cut]);
      expect(await added()).toBe(1);
    },
  );

  it('four times in a row after the commit does not double it', async () => {
    const cut = world.proxy.next(is('commitTransaction'), { kind: 'cutAfter' }, 4);
    await Promise.all([world.addWorker(), cut]);
    expect(await added()).toBe(1);
  });

  it.each(['ECONNRESET', 'EPIPE'])(
    'and told by the error of its socket (%s) has the transaction tried again',
    async (code) => {
      const broken = Object.assign(new Error(`write ${code}`), { code, syscall: 'write' });
      let attempts = 0;
      await world.store.transactions.transaction(async () => {
        attempts += 1;
        await world.addWorker();
        if (attempts === 1) throw broken;
      });
      expect(await added()).toBe(1);
      expect(await toldBy(Promise.reject(broken))).toBe('unavailable');
    },
  );

  it('after a write outside of a transaction does not double it', async () => {
    const { session } = (await world.direct.clusters.find(countedCluster)) ?? {};
    const cut = world.proxy.next(ofCluster('findAndModify'), { kind: 'cutAfter' });
    const [cluster] = await Promise.all([
      world.store.clusters.beginSession(countedCluster, { capabilities: [] }, 1),
      cut,
    ]);
    expect(cluster?.session).toBe((session ?? 0) + 1);
  });
});

describe('a server', () => {
  it('that is slow is waited for', async () => {
    world.proxy.always(({ name }) => (name === 'getMore' ? undefined : { kind: 'slow', ms: 20 }));
    await Promise.all([world.addWorker(), world.addWorker(), world.addWorker()]);
    expect(await added()).toBe(3);
  });

  it('that steps down before a plain write gets it again', async () => {
    const labels = ['RetryableWriteError'];
    const reply = refusal(10107, 'NotWritablePrimary', labels);
    const { session = 0 } = (await world.direct.clusters.find(countedCluster)) ?? {};
    const told = world.proxy.next(ofCluster('update'), { kind: 'answer', reply });
    await Promise.all([world.store.clusters.heard(countedCluster, session, 4_711), told]);
    expect((await world.direct.clusters.find(countedCluster))?.lastHeardAt).toBe(4_711);
  });

  it('that steps down during a transaction gets it again from the start', async () => {
    const reply = refusal(10107, 'NotWritablePrimary', ['TransientTransactionError']);
    const told = world.proxy.next(ofCluster('update'), { kind: 'answer', reply });
    await Promise.all([world.addWorker(), told]);
    expect(await added()).toBe(1);
  });

  it('that steps down at the commit gets the commit again', async () => {
    const reply = refusal(10107, 'NotWritablePrimary', ['RetryableWriteError']);
    const told = world.proxy.next(is('commitTransaction'), { kind: 'answer', reply });
    await Promise.all([world.addWorker(), told]);
    expect(await added()).toBe(1);
  });

  it('that finds a write conflict gets the transaction again', async () => {
    const reply = refusal(112, 'WriteConflict', ['TransientTransactionError']);
    const told = world.proxy.next(ofCluster('update'), { kind: 'answer', reply }, 3);
    await Promise.all([world.addWorker(), told]);
    expect(await added()).toBe(1);
  });

  it('that does not know what became of a commit is asked again', async () => {
    const labels = ['UnknownTransactionCommitResult'];
    const reply = refusal(50, 'MaxTimeMSExpired', labels);
    const told = world.proxy.next(is('commitTransaction'), {
      kind: 'replace',
      edit: () => reply,
    });
    await Promise.all([world.addWorker(), told]);
    expect(await added()).toBe(1);
  });

  it('that has forgotten a transaction at its commit gets it again from the start', async () => {
    const reply = refusal(251, 'NoSuchTransaction', ['TransientTransactionError']);
    const told = world.proxy.next(is('commitTransaction'), { kind: 'answer', reply });
    await Promise.all([world.addWorker(), told]);
    expect(await added()).toBe(1);
  });

  it('that stays without a primary is refused as unavailable', async () => {
    const reply = refusal(10107, 'NotWritablePrimary', ['RetryableWriteError']);
    world.proxy.always((command) =>
      ofCluster('update')(command) ? { kind: 'answer', reply } : undefined,
    );
    expect(await toldBy(world.store.clusters.heard(countedCluster, 1, 1))).toBe('unavailable');
  });

  it('that conflicts for ever is given up with a refusal that may be tried again', async () => {
    const reply = refusal(112, 'WriteConflict', ['TransientTransactionError']);
    world.proxy.always((command) => (ofCluster('update')(command) ? { kind: 'answer', reply } : undefined));
    expect(await toldBy(world.addWorker())).toBe('write-conflict');
    expect(await added()).toBe(0);
  });
});

// In a world of its own: the other driver in it has to wait for its greeting, too.
it('a server that does not answer its monitor has its commands broken off, and gets them again', async () => {
  const own = await FaultWorld.start();
  const hasty = await own.another('&connectTimeoutMS=300');
  const held = own.proxy.next(ofCluster('update'), { kind: 'slow', ms: 5_000 });
  let asked = 0;
  // Two drivers ask. The one that waits long asks once meanwhile, so the other one has given up before it asks again.
  const answered = new Promise<void>((resolve) => {
    const stop = own.proxy.always((command) => {
      if (!is('hello', 'ismaster')(command)) return undefined;
      asked += 1;
      if (asked < 4) return { kind: 'slow', ms: 5_000 };
      stop();
      resolve();
      return undefined;
    });
  });
  const { session = 0 } = (await own.direct.clusters.find(countedCluster)) ?? {};
  const { transactions, clusters } = hasty;
  const told = toldBy(
    transactions.transaction(() => clusters.heard(countedCluster, session, 4_712)),
  );
  await Promise.all([held, answered]);
  expect(await told).toBeUndefined();
  expect((await own.direct.clusters.find(countedCluster))?.lastHeardAt).toBe(4_712);
  await hasty.close();
  await own.close();
});
