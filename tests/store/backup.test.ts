/** `backup` and `restore`, as the command line runs them. */
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  appendFileSync,
  chownSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { storeDirectory } from '../../src/maintenance/command-line.js';
import { Workshop, breakEntry, failureOf, run, withStore } from './maintenance-support.js';
import {
  MongoClient,
  SERVER_URI,
  codeOf,
  makeDirectory,
  removeDirectory,
  startStore,
  type Client,
} from './support.js';

const MAIN = fileURLToPath(new URL('../../dist/src/main.js', import.meta.url));
const UNPRIVILEGED = fileURLToPath(new URL('./unprivileged-child.mjs', import.meta.url));
/** A user that owns nothing. */
const NOBODY = 65_534;
const ACCOUNTS = 20;
const WRITERS = 8;

const workshop = new Workshop();
let base = '';
let dataDir = '';
let file = '';
beforeAll(() => workshop.prepare());
afterAll(() => workshop.remove());
beforeEach(() => {
  base = makeDirectory();
  dataDir = join(base, 'data');
  file = join(base, 'backup');
});
afterEach(() => removeDirectory(base));

/** Money that moves between accounts in transactions; its sum never changes. */
async function transfer(client: Client, going: () => boolean): Promise<number> {
  const accounts = client.db('b').collection<{ _id: number; balance: number }>('accounts');
  const moves = client.db('b').collection('moves');
  let done = 0;
  while (going()) {
    const [from, to] = [done % ACCOUNTS, (done * 7 + 3) % ACCOUNTS];
    await client.withSession((session) =>
      session.withTransaction(async () => {
        await accounts.updateOne({ _id: from }, { $inc: { balance: -1 } }, { session });
        await accounts.updateOne({ _id: to }, { $inc: { balance: 1 } }, { session });
        await moves.insertOne({ from, to }, { session });
      }),
    );
    done++;
  }
  return done;
}

const describeEmbedded = describe.skipIf(SERVER_URI !== undefined);

describeEmbedded('a backup', () => {
  it('of a running store is of one moment, and writers go on', async () => {
    const moved = await withStore(dataDir, async (client) => {
      const db = client.db('b');
      await db.createCollection('moves');
      await db
        .collection<{ _id: number; balance: number }>('accounts')
        .insertMany(Array.from({ length: ACCOUNTS }, (_, _id) => ({ _id, balance: 100 })));
      let going = true;
      const writers = Array.from({ length: WRITERS }, () => transfer(client, () => going));
      while ((await db.collection('moves').countDocuments()) < 100);
      const [, said] = await run(['backup', file], dataDir);
      const before = await db.collection('moves').countDocuments();
      while ((await db.collection('moves').countDocuments()) === before);
      going = false;
      expect(said).toMatch(/bytes, complete and on disk; the manager went on/);
      return (await Promise.all(writers)).reduce((a, b) => a + b, 0);
    });
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readdirSync(base).sort()).toEqual(['backup', 'data']);

    const other = join(base, 'other');
    const [well, said] = await run(['restore', file], other);
    expect([well, said]).toEqual([true, expect.stringMatching(/b\.accounts +20 .*no faults/s)]);
    await withStore(other, async (client) => {
      const accounts = await client.db('b').collection('accounts').find().toArray();
      const moves = await client.db('b').collection('moves').find().toArray();
      expect(accounts.reduce((sum, each) => sum + Number(each['balance']), 0)).toBe(ACCOUNTS * 100);
      const netOf = (id: number): number =>
        moves.filter((move) => move['to'] === id).length -
        moves.filter((move) => move['from'] === id).length;
      for (const { _id, balance } of accounts as unknown as { _id: number; balance: number }[])
        expect(balance - 100).toBe(netOf(_id));
      expect(moves.length).toBeGreaterThanOrEqual(100);
      expect(moves.length).toBeLessThan(moved);
    });
  });

  it('holds documents, indexes and the history that change streams resume from', async () => {
    const token = await withStore(dataDir, async (client) => {
      const stream = client.watch([], { maxAwaitTimeMS: 20 });
      await stream.tryNext();
      await client.db('b').collection('c').insertOne({ n: 1 });
      const { _id } = await stream.next();
      await client.db('b').collection('c').insertOne({ n: 2 });
      await stream.close();
      return _id;
    });
    await run(['backup', file], dataDir);
    const other = join(base, 'other');
    await run(['restore', file], other);
    await withStore(other, async (client) => {
      const stream = client.watch([], { resumeAfter: token, maxAwaitTimeMS: 20 });
      expect(await stream.next()).toMatchObject({ fullDocument: { n: 2 } });
      await stream.close();
    });
  });

  it('of a store that does not run can be taken too, and restored where that was', async () => {
    workshop.fill(dataDir);
    expect((await run(['backup', file], dataDir))[1]).toMatch(/the manager was not running/);
    const other = join(base, 'other');
    mkdirSync(storeDirectory(other), { recursive: true });
    await run(['restore', file], other);
    expect((await run(['verify'], other))[0]).toBe(true);
    await withStore(other, async (client) => {
      expect(await client.db('b').collection('c').countDocuments({ tags: 'more' })).toBe(20);
    });
  });

  it('overwrites nothing', async () => {
    workshop.fill(dataDir);
    writeFileSync(file, 'precious');
    expect(await failureOf(['backup', file], dataDir)).toMatch(
      /exists; a backup overwrites nothing/,
    );
    await withStore(dataDir, async () => {
      expect(await failureOf(['backup', file], dataDir)).toMatch(
        /exists; a backup overwrites nothing/,
      );
    });
    expect(readFileSync(file, 'utf8')).toBe('precious');
  });

  it('says why it cannot be written', async () => {
    workshop.fill(dataDir);
    const nowhere = join(base, 'none', 'backup');
    expect(await failureOf(['backup', nowhere], dataDir)).toMatch(/cannot be written to .*none/);
    expect(await failureOf(['backup', file], base)).toMatch(/there is no store in/);
  });

  it.skipIf(process.getuid?.() !== 0)(
    'made by root is of a manager that runs as somebody else',
    async () => {
      const directory = storeDirectory(dataDir);
      mkdirSync(directory, { recursive: true });
      for (const path of [base, dataDir, directory]) chownSync(path, NOBODY, NOBODY);
      const words = [UNPRIVILEGED, directory, String(NOBODY), 'stay'];
      const manager = spawn(process.execPath, words, { stdio: ['pipe', 'pipe', 'inherit'] });
      try {
        expect(String(await once(manager.stdout, 'data'))).toBe('started');
        mkdirSync(join(base, 'backups'), { mode: 0o755 });
        file = join(base, 'backups', 'backup');
        const [, said] = await run(['backup', file], dataDir);
        expect(said).toMatch(/the manager went on meanwhile/);
        expect(statSync(file).mode & 0o777).toBe(0o600);
        // Behind a door that is closed to the manager.
        mkdirSync(join(base, 'closed'), { mode: 0o700 });
        const closed = join(base, 'closed', 'backup');
        expect(await failureOf(['backup', closed], dataDir)).toMatch(
          /the manager could not copy its files to .*closed.*run this as its user/,
        );
        expect(readdirSync(join(base, 'closed'))).toEqual([]);
      } finally {
        manager.stdin.end();
        await once(manager, 'exit');
      }
    },
  );

  it('cannot be asked for over TCP', async () => {
    const store = await startStore(storeDirectory(dataDir), { port: 0 });
    const client = await MongoClient.connect(store.tcpUri ?? '');
    const command = { storeBackup: 1, path: file };
    expect(await codeOf(client.db('admin').command(command))).toBe(13);
    expect(existsSync(file)).toBe(false);
    await client.close();
    await store.close();
  });
});

describeEmbedded('a restore', () => {
  beforeEach(async () => {
    workshop.fill(dataDir);
    await run(['backup', file], dataDir);
  });

  it('goes into an empty directory only', async () => {
    expect(await failureOf(['restore', file], dataDir)).toMatch(/is not empty/);
    await withStore(dataDir, async () => {
      expect(await failureOf(['restore', file], dataDir)).toMatch(/in use by another process/);
    });
  });

  it.each<[string, () => void, RegExp]>([
    ['is missing', () => (file = `${file}.none`), /there is no file/],
    ['is a directory', () => (file = base), /is not a backup/],
    ['is something else', () => writeFileSync(file, 'x'.repeat(10_000)), /is not a backup/],
    ['is empty', () => writeFileSync(file, ''), /is not a backup/],
    ['was cut short', () => truncateSync(file, statSync(file).size - 100), /or it was cut short/],
    ['has something behind it', () => appendFileSync(file, 'x'), /is not a backup/],
    ['was changed', () => corrupt(20_000), /checksum is wrong/],
    [
      'is of a newer format',
      () => rewrite('"backupFormat":1', '"backupFormat":7'),
      /newer version/,
    ],
    ['holds a newer store', () => rewrite('"format":1', '"format":7'), /newer version/],
  ])('refuses a file that %s', async (_, damage, message) => {
    damage();
    const other = join(base, 'other');
    expect(await failureOf(['restore', file], other)).toMatch(message);
    expect(existsSync(storeDirectory(other))).toBe(false);
    expect(existsSync(other) ? readdirSync(other) : []).toEqual([]);
  });

  function corrupt(at: number): void {
    const bytes = readFileSync(file);
    bytes[at] = (bytes[at] ?? 0) ^ 0xff;
    writeFileSync(file, bytes);
  }

  function rewrite(from: string, to: string): void {
    const text = readFileSync(file, 'latin1');
    expect(text).toContain(from);
    writeFileSync(file, text.replace(from, to), 'latin1');
  }

  it('refuses a backup of a damaged store', async () => {
    await breakEntry(dataDir);
    const damaged = `${file}.damaged`;
    await run(['backup', damaged], dataDir);
    const other = join(base, 'other');
    expect(await failureOf(['restore', damaged], other)).toMatch(/holds a damaged store/);
    expect(existsSync(storeDirectory(other))).toBe(false);
  });
});

describeEmbedded('the command line', () => {
  interface Ended {
    readonly code: number;
    readonly output: string;
  }
  const main = async (...words: string[]): Promise<Ended> => {
    try {
      const { stdout } = await promisify(execFile)(process.execPath, [MAIN, ...words]);
      return { code: 0, output: stdout };
    } catch (error) {
      const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
      return { code, output: stdout + stderr };
    }
  };

  it('exits 0 when all is well, 1 when it is not, 2 when it was misused', async () => {
    workshop.fill(dataDir);
    const at = ['--data-dir', dataDir];
    const [help, backedUp, misspelt] = await Promise.all([
      main('--help'),
      main('backup', file, ...at),
      main('verfy'),
    ]);
    expect(help.output).toMatch(/verify .*backup FILE .*restore FILE/s);
    expect(backedUp).toEqual({ code: 0, output: expect.stringContaining('complete') as string });
    expect(misspelt).toEqual({ code: 2, output: expect.stringContaining("'verfy'") as string });
    await breakEntry(dataDir);
    const [broken, taken] = await Promise.all([
      main('verify', ...at),
      main('restore', file, '--data-dir', base),
    ]);
    expect(broken).toEqual({ code: 1, output: expect.stringContaining('2 faults') as string });
    expect(taken).toEqual({ code: 0, output: expect.stringContaining('restored') as string });
  });
});
