/** At each failpoint something fails once, in the middle of a story that must end well all the same (P1, P2, P5, P6, P8). */
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FailpointName } from '../../src/failpoints.js';
import { startTestStore, type TestStore } from '../support/app.js';
import { FakeClock } from '../support/clock.js';
import { Site } from '../support/site.js';
import { FileStories } from './file-stories.js';
import { ManagerStories } from './manager-stories.js';
import { Sabotage } from './sabotage.js';
import { StoreStories } from './store-stories.js';
import { table, type Row } from './table.js';

const inactiveAfterMs = 200;
let sabotage: Sabotage;
let site: Site;
let managerStories: ManagerStories;
let testStore: TestStore;
let storeStories: StoreStories;
let fileStories: FileStories;

beforeAll(async () => {
  fileStories = await FileStories.start();
  site = await Site.start({ tolerant: true, webhookNetworks: '127.0.0.0/8' });
  managerStories = new ManagerStories(site);
  testStore = await startTestStore(Date.now, { tolerant: true });
  await testStore.store.feed.start();
  storeStories = new StoreStories(testStore.store);
  sabotage = new Sabotage();
}, 60_000);

afterAll(async () => {
  sabotage.end();
  await managerStories.end();
  await site.close();
  await testStore.close();
  await fileStories.end();
}, 60_000);

const special = {
  /** A heartbeat that could not be noted is followed by the next. */
  heartbeat: async (): Promise<void> => {
    const quick = await Site.start({ tolerant: true, heartbeatMs: 250, reportMs: 100 });
    const { id } = await quick.enrol();
    const { lastHeardAt } = await quick.cluster(id);
    await quick.until(
      'it is heard of again',
      async () => !sabotage.pending && (await quick.cluster(id)).lastHeardAt !== lastHeardAt,
    );
    await quick.close();
  },
  /** Who could not be called inactive is called so at the next look. */
  silence: async (): Promise<void> => {
    const clock = new FakeClock();
    const quiet = await Site.start({ tolerant: true, now: clock.now, inactiveAfterMs });
    const { agent, id } = await quiet.enrol();
    await agent.drop();
    await quiet.ask(200, { path: '/api/v1/system/storm' });
    clock.advance(inactiveAfterMs + 1);
    await quiet.until('it is inactive', async () => (await quiet.cluster(id)).state === 'inactive');
    await quiet.close();
  },
  /** A leader that cannot begin lets go, and begins again. */
  begin: async (): Promise<void> => {
    const started = await Site.start({ tolerant: true, leaseMs: 1_000 });
    const member = await started.enrolObedient();
    const { operation } = await started.deployAt(member);
    await started.succeeded(operation);
    await started.close();
  },
} as const;

function tell(row: Row): Promise<void> {
  if ('manager' in row) return managerStories[row.manager]();
  if ('store' in row) return storeStories[row.store]();
  if ('files' in row) return fileStories[row.files]();
  return special[row.special]();
}

/** Whose failing would end the thread that serves everybody: only a kill gets there. */
const fatal: readonly FailpointName[] = ['group.durable'];

describe('a story in which something fails', () => {
  it.each(table)('at %s ends well', { timeout: 60_000 }, async (name, row) => {
    if (!fatal.includes(name)) sabotage.failOnce(name);
    await tell(row);
    // The history is written a moment after the story has ended.
    await expect.poll(() => sabotage.pending, { timeout: 20_000 }).toBe(false);
    expect(sabotage.reached(name)).toBeGreaterThan(0);
  });

  it('leaves a history without a gap and without a duplicate (P8)', { timeout: 60_000 }, () =>
    managerStories.checkHistory(),
  );
});

describe('the failpoints', () => {
  it('in the code are those of the table', async () => {
    const root = fileURLToPath(new URL('../../src', import.meta.url));
    const files = (await readdir(root, { recursive: true })).filter(
      (each) => each.endsWith('.ts') && !each.endsWith('failpoints.ts'),
    );
    const texts = await Promise.all(files.map((each) => readFile(join(root, each), 'utf8')));
    const found = texts.flatMap((text) => [
      ...[...text.matchAll(/failpoint\?\.\('([\w.]+)'\)/g)].map(([, name = '']) => name),
      ...[...text.matchAll(/durably\('([\w.]+)'/g)].flatMap(([, name = '']) => [
        `${name}.before`,
        `${name}.after`,
      ]),
    ]);
    expect(found.sort()).toEqual(table.map(([name]) => name).sort());
    expect(found.length).toBeGreaterThanOrEqual(45);
  });
});
