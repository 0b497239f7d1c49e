import { mkdir, open, readdir, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const logBytesMax = 8 * 1024 * 1024;
const keptBytes = 2 * 1024 * 1024;
const endedLogsMax = 100;

/** What instances write, one file each. The files of ended instances are kept for a while, to see why they ended. */
export class LogFiles {
  readonly #directory: string;

  constructor(directory: string) {
    this.#directory = directory;
  }

  async prepare(): Promise<void> {
    await mkdir(this.#directory, { recursive: true, mode: 0o700 });
  }

  pathOf(name: string): string {
    return join(this.#directory, `${name}.log`);
  }

  /**
   * Shortens files that have grown past 8 MiB; the last 2 MiB go to a file beside. The processes go on writing meanwhile: they
   * append, so they go on at the new end.
   */
  async bound(paths: readonly string[]): Promise<void> {
    for (const path of paths) {
      const bytes = await sizeOf(path);
      if (bytes <= logBytesMax) continue;
      await writeFile(`${path}.1`, await readEnd(path, bytes), { mode: 0o600 });
      await truncate(path, 0);
    }
  }

  /** Keeps the newest 100 files of ended instances. */
  async prune(living: ReadonlySet<string>): Promise<void> {
    const names = (await readdir(this.#directory)).filter((name) => name.endsWith('.log'));
    const ended = names
      .map((name) => join(this.#directory, name))
      .filter((path) => !living.has(path));
    if (ended.length <= endedLogsMax) return;
    const dated = await Promise.all(
      ended.map(async (path) => ({ path, at: (await statOf(path))?.mtimeMs ?? 0 })),
    );
    dated.sort((one, other) => other.at - one.at);
    for (const { path } of dated.slice(endedLogsMax)) {
      await rm(path, { force: true });
      await rm(`${path}.1`, { force: true });
    }
  }
}

async function statOf(path: string) {
  try {
    return await stat(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

async function sizeOf(path: string): Promise<number> {
  return (await statOf(path))?.size ?? 0;
}

async function readEnd(path: string, bytes: number): Promise<Buffer> {
  const file = await open(path, 'r');
  try {
    const buffer = Buffer.alloc(keptBytes);
    const { bytesRead } = await file.read(buffer, 0, keptBytes, Math.max(0, bytes - keptBytes));
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}
