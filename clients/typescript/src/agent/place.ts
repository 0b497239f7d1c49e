import { randomUUID } from 'node:crypto';
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';

/** Where an agent keeps what must outlive its process: a few small texts by name. Bring your own to keep them elsewhere. */
export interface Place {
  /** @returns the text, or undefined when there is none */
  read(name: string): Promise<string | undefined>;
  /** Replaces a text. Durable once resolved; a crash leaves the old text or the new one, never a part of it. */
  write(name: string, text: string): Promise<void>;
  /** Nothing to remove is no error. */
  remove(name: string): Promise<void>;
}

/** Keeps nothing beyond the life of the process. For tests, and for clusters whose instances end with their agent. */
export function memoryPlace(): Place {
  const texts = new Map<string, string>();
  return {
    read: (name) => Promise.resolve(texts.get(name)),
    write: (name, text) => {
      texts.set(name, text);
      return Promise.resolve();
    },
    remove: (name) => {
      texts.delete(name);
      return Promise.resolve();
    },
  };
}

/**
 * One file for each text, in a directory that is made when it is first written to. Only the owner can read them (mode 0600). A file is
 * written beside, synced and renamed.
 */
export function directoryPlace(directory: string): Place {
  return {
    read: async (name) => {
      try {
        return await readFile(join(directory, name), 'utf8');
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
        throw error;
      }
    },
    write: async (name, text) => {
      await mkdir(directory, { recursive: true, mode: 0o700 });
      await replaceFile(join(directory, name), text);
      await syncDirectory(directory);
    },
    remove: (name) => rm(join(directory, name), { force: true }),
  };
}

async function replaceFile(path: string, text: string): Promise<void> {
  const beside = `${path}.${randomUUID()}`;
  try {
    const file = await open(beside, 'wx', 0o600);
    try {
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(beside, path);
  } catch (error) {
    await rm(beside, { force: true });
    throw error;
  }
}

/** Makes the new name durable, not only what it names. */
async function syncDirectory(path: string): Promise<void> {
  const directory = await open(path, 'r');
  try {
    await directory.sync();
  } finally {
    await directory.close();
  }
}
