/** The data directory: private, writable, of a format we know, and ours alone. */
import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  readSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeSync,
} from 'node:fs';
import { createConnection, createServer, type Server } from 'node:net';
import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Version of everything under the data directory; a newer one is refused. */
export const FORMAT = 1;
const FORMAT_FILE = 'format.json';
const LOCK_FILE = 'lock.sock';
/** Longest path of a unix socket on Linux, without the final zero. */
export const SOCKET_PATH_BYTES_MAX = 107;

/** A data directory that may be used until it is released. */
export interface DataDirectory {
  readonly storeId: string;
  release(): Promise<void>;
}

function reason(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function prepare(path: string): void {
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 });
    chmodSync(path, 0o700);
    const probe = join(path, '.write-test');
    // Empty on purpose: on a full disk the store still starts, so that data can be deleted.
    closeSync(openSync(probe, 'w', 0o600));
    rmSync(probe);
  } catch (error) {
    throw new Error(`the data directory ${path} cannot be written: ${reason(error)}`, {
      cause: error,
    });
  }
}

function writeDurably(path: string, text: string): void {
  const file = openSync(path, 'w', 0o600);
  try {
    writeSync(file, text);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** Marks a directory as one of this store's. */
export function writeFormat(path: string, storeId: string): void {
  const file = join(path, FORMAT_FILE);
  writeDurably(`${file}.new`, JSON.stringify({ format: FORMAT, storeId }));
  renameSync(`${file}.new`, file);
}

function readFormat(path: string): string {
  const file = join(path, FORMAT_FILE);
  if (!existsSync(file)) {
    if (existsSync(join(path, 'data.mdb'))) {
      throw new Error(
        `${path} holds data without ${FORMAT_FILE}: it is not a data directory of this store`,
      );
    }
    const storeId = randomBytes(6).toString('hex');
    writeFormat(path, storeId);
    return storeId;
  }
  let content: { format?: unknown; storeId?: unknown };
  try {
    content = JSON.parse(readFileSync(file, 'utf8')) as typeof content;
  } catch (error) {
    throw new Error(`${file} is damaged: ${reason(error)}`, { cause: error });
  }
  const { format, storeId } = content;
  if (
    typeof format !== 'number' ||
    typeof storeId !== 'string' ||
    !/^[0-9a-f]{12}$/.test(storeId)
  ) {
    throw new Error(`${file} is damaged`);
  }
  if (format > FORMAT) {
    throw new Error(
      `the data directory ${path} has format ${format}; this version reads up to format ${FORMAT}. Use a newer version.`,
    );
  }
  return storeId;
}

const META_MAGIC = 0xbeefc0de;
/** From a meta page's magic number on: version, address, map size, two trees of 48 bytes. */
const LAST_PAGE_OFFSET = 24 + 2 * 48;
const TREE_OFFSET = 24;

/**
 * Refuses a data file that is shorter than it says itself: LMDB maps it into memory, and reading past its end would kill the process
 * instead of failing. Pages that the very last transaction has taken and given back at once need not have been written;
 * every earlier one has seen to the file's length ({@link Kv}).
 */
function checkDataFile(path: string): void {
  const name = join(path, 'data.mdb');
  const size = statSync(name, { throwIfNoEntry: false })?.size ?? 0;
  if (size === 0) return;
  const damaged = (why: string): Error =>
    new Error(`${name} is damaged: ${why}. Restore it from a backup.`);
  const head = Buffer.alloc(Math.min(size, 64 * 1024 + 512));
  const file = openSync(name, 'r');
  try {
    readSync(file, head, 0, head.length, 0);
  } finally {
    closeSync(file);
  }
  const first = findMagic(head, 0);
  if (first === undefined || first > 64) throw damaged('it is no LMDB file');
  const pageSize = head.readUInt32LE(first + TREE_OFFSET);
  const [before = 0, last = before] = [first, first + pageSize]
    .filter((at) => at + LAST_PAGE_OFFSET + 8 <= head.length)
    .map((at) => (Number(head.readBigUInt64LE(at + LAST_PAGE_OFFSET)) + 1) * pageSize)
    .sort((a, b) => a - b);
  if (size < before) throw damaged(`it has ${size} bytes and should have ${last}`);
  if (size < last) truncateSync(name, last);
}

function findMagic(bytes: Buffer, from: number): number | undefined {
  for (let at = from; at + 4 <= Math.min(bytes.length, 128); at += 4) {
    if (bytes.readUInt32LE(at) === META_MAGIC) return at;
  }
  return undefined;
}

/** Path of the lock socket; a directory with a long name gets one in the temporary directory. */
function lockPath(path: string): string {
  const direct = join(realpathSync(path), LOCK_FILE);
  if (Buffer.byteLength(direct) <= SOCKET_PATH_BYTES_MAX) return direct;
  const name = createHash('sha256').update(direct).digest('hex').slice(0, 24);
  return join(tmpdir(), `store-${name}.sock`);
}

function listen(path: string): Promise<Server | undefined> {
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => socket.destroy());
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') resolve(undefined);
      else reject(error);
    });
    server.listen(path, () => {
      server.unref();
      resolve(server);
    });
  });
}

function isAlive(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection(path);
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

/**
 * Takes the directory for this process. A listening socket is the lock: it goes with the process,
 * however it ends, and is seen from other containers that mount the directory.
 */
async function lock(path: string): Promise<Server> {
  const file = lockPath(path);
  const taken = (): Error => new Error(`the data directory ${path} is in use by another process`);
  for (let attempt = 0; attempt < 3; attempt++) {
    const server = await listen(file);
    if (server) return server;
    const stale = inode(file);
    if (await isAlive(file)) throw taken();
    // Moving the dead socket away first: if another process was faster, its socket moves back.
    const aside = `${file}.${process.pid}`;
    if (stale === undefined || !moveAside(file, aside)) continue;
    if (inode(aside) !== stale) {
      renameSync(aside, file);
      throw taken();
    }
    rmSync(aside, { force: true });
  }
  throw taken();
}

function inode(path: string): number | undefined {
  return statSync(path, { throwIfNoEntry: false })?.ino;
}

function moveAside(from: string, to: string): boolean {
  try {
    renameSync(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
}

/** Whether a process uses an existing data directory. */
export const isInUse = (path: string): Promise<boolean> => isAlive(lockPath(path));

/**
 * Makes or checks a data directory and locks it.
 *
 * @throws Error - it cannot be written, is in use, damaged, or of a newer format; the message says which
 */
export async function openDirectory(path: string): Promise<DataDirectory> {
  prepare(path);
  const server = await lock(path);
  const release = (): Promise<void> => new Promise((resolve) => server.close(() => resolve()));
  try {
    const storeId = readFormat(path);
    checkDataFile(path);
    return { storeId, release };
  } catch (error) {
    await release();
    throw error;
  }
}
