/** Where a running store listens, and how others of the same user find that. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createConnection } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { SOCKET_PATH_BYTES_MAX } from './directory.js';

/** Names the socket of the store that runs on a data directory; gone when it has ended in order. */
const POINTER_FILE = 'socket-path';

/** A private place for the socket, in the data directory unless that name is too long. */
export function claimSocketPlace(dataDir: string): { path: string; remove: () => void } {
  const direct = join(dataDir, 'store.sock');
  const fits = Buffer.byteLength(direct) <= SOCKET_PATH_BYTES_MAX;
  const path = fits ? direct : join(mkdtempSync(join(tmpdir(), 'store-')), 'store.sock');
  const pointer = join(dataDir, POINTER_FILE);
  const remove = (): void => {
    rmSync(fits ? path : dirname(path), { recursive: true, force: true });
    rmSync(pointer, { force: true });
  };
  if (fits) rmSync(path, { force: true });
  writePointer(pointer, path);
  return { path, remove };
}

/** A store must start on a full disk too, so that data can be deleted; it cannot be found then. */
function writePointer(pointer: string, path: string): void {
  try {
    writeFileSync(pointer, path, { mode: 0o600 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
    rmSync(pointer, { force: true });
  }
}

function pointedAt(dataDir: string): string | undefined {
  try {
    return readFileSync(join(dataDir, POINTER_FILE), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

function answers(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection(path);
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

/** Connection string of the store that runs on a data directory; undefined when none does. */
export async function findRunningStore(dataDir: string): Promise<string | undefined> {
  const path = pointedAt(dataDir);
  if (path === undefined || path === '' || !(await answers(path))) return undefined;
  return socketUri(path);
}

/** Connection string of a socket. */
export const socketUri = (path: string): string =>
  `mongodb://${encodeURIComponent(path)}/?directConnection=true`;
