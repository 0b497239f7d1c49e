/** What was acknowledged is there after `kill -9`; wrong directories are refused with a reason. */
import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  chownSync,
  statSync,
  truncateSync,
  writeFileSync,
  readFileSync,
  mkdirSync,
} from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openOffline } from '../../src/maintenance/offline.js';
import { verifyStore } from '../../src/maintenance/verify.js';
import { MongoClient, SERVER_URI, makeDirectory, removeDirectory, startStore } from './support.js';

const ROUNDS = Number(process.env['KILL_ROUNDS'] ?? 20);
const childOf = (name: string): string =>
  fileURLToPath(new URL(`./${name}-child.mjs`, import.meta.url));
const [CHILD, INDEX_BUILD, FULL_DISK, UNPRIVILEGED] = [
  childOf('durability'),
  childOf('index-build'),
  childOf('full-disk'),
  childOf('unprivileged'),
];
/** A user that owns nothing. */
const NOBODY = 65_534;

let directory = '';
beforeEach(() => {
  directory = makeDirectory();
});
afterEach(() => removeDirectory(directory));

/** Runs a writing process, kills it after some acknowledgements, and returns what it was told. */
async function writeAndKill(
  round: number,
  acknowledgements: number,
  writer = CHILD,
): Promise<string[]> {
  const child: ChildProcess = spawn(process.execPath, [writer, directory, String(round)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const acknowledged: string[] = [];
  if (!child.stdout) throw new Error('the child has no output');
  const lines = createInterface({ input: child.stdout });
  lines.on('line', (line) => {
    if (line === 'ready') return;
    acknowledged.push(line);
    if (acknowledged.length === acknowledgements) child.kill('SIGKILL');
  });
  await Promise.all([once(child, 'exit'), once(lines, 'close')]);
  return acknowledged;
}

async function check(acknowledged: readonly string[]): Promise<void> {
  const store = await startStore(directory);
  const client = await MongoClient.connect(store.uri);
  const db = client.db('crash');
  const singles = await db.collection<{ _id: string; k: string }>('single').find().toArray();
  const pairs = await db.collection<{ _id: string; p: string }>('pair').find().toArray();
  const byIndex = await db.collection('single').find().sort({ k: 1 }).toArray();
  await client.close();
  await store.close();
  const offline = await openOffline(directory);
  const { faults } = verifyStore(offline.kv);
  await offline.close();
  expect(faults).toEqual([]);
  const ids = new Set(singles.map((doc) => doc._id));
  const halves = new Map<string, number>();
  for (const { p } of pairs) halves.set(p, (halves.get(p) ?? 0) + 1);
  const lost = acknowledged.filter((line) => {
    const [kind, id = ''] = line.split(' ');
    return kind === 'single' ? !ids.has(id) : halves.get(id) !== 2;
  });
  expect(lost).toEqual([]);
  expect([...halves.values()].filter((count) => count !== 2)).toEqual([]);
  expect(byIndex.map((doc) => String(doc._id)).sort()).toEqual([...ids].sort());
}

describe.skipIf(SERVER_URI !== undefined)('kill -9', () => {
  it(
    `loses nothing acknowledged in ${ROUNDS} rounds, and no half transaction`,
    { timeout: 20_000 + ROUNDS * 4000 },
    async () => {
      const acknowledged: string[] = [];
      for (let round = 0; round < ROUNDS; round++) {
        acknowledged.push(...(await writeAndKill(round, 20 + ((round * 37) % 200))));
        if (round % 5 === 4 || round === ROUNDS - 1) await check(acknowledged);
      }
      expect(acknowledged.length).toBeGreaterThan(ROUNDS * 20);
    },
  );

  it(
    'while an index is built leaves none that lacks a document',
    { timeout: 120_000 },
    async () => {
      const acknowledged: string[] = [];
      for (const count of [1, 2, 4, 8])
        acknowledged.push(...(await writeAndKill(count, count, INDEX_BUILD)));
      expect(acknowledged, 'it was killed before the index was there').not.toContain('built');
      await check(acknowledged);
      expect(await writeAndKill(100, 2_000, INDEX_BUILD)).toContain('built');
      await check(acknowledged);
    },
  );
});

describe.skipIf(SERVER_URI !== undefined)('a data directory', () => {
  const failure = async (): Promise<string> => {
    const outcome = await startStore(directory).catch((error: unknown) => error);
    if (outcome instanceof Error) return outcome.message;
    await (outcome as { close(): Promise<void> }).close();
    return 'started';
  };

  it('is private, and so is its socket', async () => {
    const store = await startStore(directory);
    expect(statSync(directory).mode & 0o777).toBe(0o700);
    const socket = decodeURIComponent(/^mongodb:\/\/([^/]+)\//.exec(store.uri)?.[1] ?? '');
    expect(statSync(socket).mode & 0o777).toBe(0o600);
    await store.close();
    expect(statSync(socket, { throwIfNoEntry: false })).toBeUndefined();
  });

  it('serves one store at a time', async () => {
    const store = await startStore(directory);
    expect(await failure()).toMatch(/in use by another process/);
    await store.close();
    expect(await failure()).toBe('started');
  });

  it('may have a long name', async () => {
    const base = directory;
    directory = join(base, 'x'.repeat(60), 'y'.repeat(60));
    mkdirSync(directory, { recursive: true });
    const store = await startStore(directory);
    const client = await MongoClient.connect(store.uri);
    await client.db('a').collection('b').insertOne({ c: 1 });
    expect(await failure()).toMatch(/in use by another process/);
    await client.close();
    await store.close();
    directory = base;
  });

  it('of a newer format is refused', async () => {
    await (await startStore(directory)).close();
    const file = join(directory, 'format.json');
    const content = JSON.parse(readFileSync(file, 'utf8')) as object;
    writeFileSync(file, JSON.stringify({ ...content, format: 99 }));
    expect(await failure()).toMatch(/format 99.*newer version/);
  });

  it('with a damaged format file is refused', async () => {
    await (await startStore(directory)).close();
    writeFileSync(join(directory, 'format.json'), '{');
    expect(await failure()).toMatch(/format\.json is damaged/);
  });

  it('with a truncated data file is refused', async () => {
    const store = await startStore(directory);
    const client = await MongoClient.connect(store.uri);
    await client
      .db('a')
      .collection('b')
      .insertMany(Array.from({ length: 500 }, (_, n) => ({ n, t: 'x'.repeat(500) })));
    await client.close();
    await store.close();
    truncateSync(join(directory, 'data.mdb'), 3 * 4096);
    expect(await failure()).toMatch(/data\.mdb is damaged/);
  });

  it('with a foreign data file is refused', async () => {
    await (await startStore(directory)).close();
    writeFileSync(join(directory, 'data.mdb'), 'x'.repeat(100_000));
    expect(await failure()).toMatch(/data\.mdb is damaged/);
  });

  it('that may not be made is refused', async () => {
    // Root may write everywhere: the child gives that up, and its directory belongs to whom it becomes.
    if (process.getuid?.() === 0) chownSync(directory, NOBODY, NOBODY);
    chmodSync(directory, 0o500);
    const words = [UNPRIVILEGED, join(directory, 'store'), String(NOBODY)];
    const { stdout } = await promisify(execFile)(process.execPath, words);
    expect(stdout).toMatch(/cannot be written: EACCES/);
    chmodSync(directory, 0o700);
  });

  it('that is a file is refused', async () => {
    writeFileSync(join(directory, 'file'), '');
    const base = directory;
    directory = join(base, 'file');
    expect(await failure()).toMatch(/cannot be written/);
    directory = base;
  });
});

describe.skipIf(SERVER_URI !== undefined)('a full disk', () => {
  interface Outcome {
    readonly acknowledged: number;
    readonly code: number;
    readonly codeAfter: number;
    readonly read: number;
    readonly left: number;
  }

  it('refuses writes with 14031, serves reads, lets documents be deleted, and loses nothing', async () => {
    // The limit of a file's size stops root too. In units of 512 bytes: 6 MiB.
    const command = 'ulimit -f 12288 && exec "$0" "$@"';
    const words = ['-c', command, process.execPath, FULL_DISK, directory];
    const { stdout } = await promisify(execFile)('sh', words);
    const outcome = JSON.parse(stdout) as Outcome;
    expect(outcome).toMatchObject({ code: 14031, read: outcome.acknowledged, codeAfter: 0 });
    expect(outcome.acknowledged).toBeGreaterThan(100);
    const offline = await openOffline(directory);
    const { faults, collections } = verifyStore(offline.kv);
    await offline.close();
    expect(faults).toEqual([]);
    expect(collections.map(({ documents }) => documents)).toEqual([outcome.left]);
  });
});
