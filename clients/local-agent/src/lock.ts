import { open, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { ProcessIdentity, ProcessTable } from './proc.js';

/** Another agent uses the data directory. */
export class DirectoryInUse extends Error {
  override readonly name = 'DirectoryInUse';
}

/**
 * Makes sure that one agent at a time uses a data directory: two would stop each other's instances. The lock of an agent that was
 * killed is told by its process being gone.
 *
 * @returns what gives the lock back
 * @throws DirectoryInUse - its holder is alive
 */
export async function lockDirectory(
  directory: string,
  table: ProcessTable,
): Promise<() => Promise<void>> {
  const path = join(directory, 'agent.lock');
  for (let attempt = 0; attempt < 3; attempt += 1) {
    if (await write(path, table.identify(process.pid))) return () => rm(path, { force: true });
    const holder = await readHolder(path);
    if (holder !== undefined && holder.pid !== process.pid && table.isAlive(holder)) {
      throw new DirectoryInUse(`${directory} is in use by the agent with pid ${holder.pid}`);
    }
    await rm(path, { force: true });
  }
  throw new DirectoryInUse(`${directory} cannot be locked`);
}

async function write(path: string, identity: ProcessIdentity): Promise<boolean> {
  try {
    const file = await open(path, 'wx', 0o600);
    try {
      await file.writeFile(JSON.stringify(identity));
    } finally {
      await file.close();
    }
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** Undefined for a lock whose writer did not come to the end of it. */
async function readHolder(path: string): Promise<ProcessIdentity | undefined> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as ProcessIdentity;
  } catch {
    return undefined;
  }
}
