import { randomUUID } from 'node:crypto';
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Where an agent keeps the credential that it got at its enrolment. */
export interface CredentialStore {
  /** @returns the credential, or undefined when there is none */
  load(): Promise<string | undefined>;
  /** Durable once resolved. */
  save(credential: string): Promise<void>;
  clear(): Promise<void>;
}

/**
 * Keeps the credential in a file that only its owner can read (mode 0600). It is written beside and renamed, so a crash leaves
 * the old one or the new one.
 */
export function fileCredentialStore(path: string): CredentialStore {
  return {
    load: async () => {
      try {
        const credential = (await readFile(path, 'utf8')).trim();
        return credential === '' ? undefined : credential;
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
        throw error;
      }
    },
    save: async (credential) => {
      await mkdir(dirname(path), { recursive: true, mode: 0o700 });
      const beside = `${path}.${randomUUID()}`;
      try {
        const file = await open(beside, 'wx', 0o600);
        try {
          await file.writeFile(`${credential}\n`);
          await file.sync();
        } finally {
          await file.close();
        }
        await rename(beside, path);
      } catch (error) {
        await rm(beside, { force: true });
        throw error;
      }
      await syncDirectory(dirname(path));
    },
    clear: () => rm(path, { force: true }),
  };
}

async function syncDirectory(path: string): Promise<void> {
  const directory = await open(path, 'r');
  try {
    await directory.sync();
  } finally {
    await directory.close();
  }
}
