import { createHash, randomBytes } from 'node:crypto';
import { link, mkdir, open, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Secrets } from './domain/ports.js';
import { durably } from './failpoints.js';

const randomText = (): string => randomBytes(24).toString('base64url');

/** SHA-256 is enough here: all that is hashed is long and random. */
export const secrets: Secrets & { randomText(): string } = {
  randomText,
  createCredential(clusterId) {
    const credential = `smc_${clusterId}_${randomText()}`;
    return { credential, hash: secrets.hash(credential) };
  },
  hash: (credential) => createHash('sha256').update(credential).digest('hex'),
};

/** A token that is kept in a file. */
export interface KeptToken {
  readonly token: string;
  /** Where it lies; absent when it was given by configuration. */
  readonly path?: string;
}

/** Makes the file whole or not at all: one that is there and empty would keep the manager from starting. @returns false when it exists */
async function writeNew(path: string, token: string): Promise<boolean> {
  const draft = `${path}.${randomText()}`;
  const file = await open(draft, 'wx', 0o600);
  try {
    await durably('token.write', async () => {
      await file.writeFile(`${token}\n`);
      await file.sync();
    });
    await link(draft, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    await file.close();
    await rm(draft, { force: true });
  }
}

/** The given token, or the one in the file, which is made (mode 0600) when there is none yet. */
export async function keepToken(
  dataDir: string,
  name: string,
  given: string | undefined,
): Promise<KeptToken> {
  if (given !== undefined) return { token: given };
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  const path = join(dataDir, name);
  const fresh = `sm_${randomText()}`;
  if (await writeNew(path, fresh)) return { token: fresh, path };
  const token = (await readFile(path, 'utf8')).trim();
  if (token === '') throw new Error(`${path} is empty; delete it to have a new token made.`);
  return { token, path };
}
