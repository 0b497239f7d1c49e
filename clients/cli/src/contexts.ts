import { mkdir, readFile, rename, rmdir, stat, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { CommandFailed } from './errors.js';

/** What somebody holds who has signed in with a name and a password. */
export interface SignedIn {
  readonly accessToken: string;
  readonly accessTokenExpiresAt: string;
  /** Good once; whoever uses it gets the next one. */
  readonly refreshToken: string;
}

/** A manager, and who one is there: by a token, or signed in. */
export interface Context {
  readonly url: string;
  readonly token?: string;
  readonly signedIn?: SignedIn;
}

/** All contexts by name, and the one that is used where none is named. */
export interface Contexts {
  readonly current?: string;
  readonly contexts: Readonly<Record<string, Context>>;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** `SMCTL_CONFIG`, or `smctl/contexts.json` among the user's settings. */
export function contextsPath(environment: Environment): string {
  const own = environment['SMCTL_CONFIG'];
  if (own) return own;
  const settings = environment['XDG_CONFIG_HOME'] || join(homedir(), '.config');
  return join(settings, 'smctl', 'contexts.json');
}

/** @throws CommandFailed - there is a file, and it cannot be read */
export async function readContexts(path: string): Promise<Contexts> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as Contexts;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return { contexts: {} };
    throw new CommandFailed(
      `${path} cannot be read: ${(error as Error).message}`,
      'Put it right, or remove it and sign in again: smctl login URL',
    );
  }
}

/** Nobody else may read it: there are tokens in it. Whoever reads meanwhile sees the old file or the new one. */
export async function writeContexts(path: string, contexts: Contexts): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const fresh = `${path}.${process.pid}`;
  await writeFile(fresh, `${JSON.stringify(contexts, null, 2)}\n`, { mode: 0o600, flag: 'wx' });
  await rename(fresh, path);
}

/** Longer than any exchange takes; whoever holds the lock for longer is gone. */
const heldMsMax = 30_000;
const lookAgainMs = 50;

/**
 * Does something that no other `smctl` of this user may do at the same time. A directory is the lock, since only one can make it.
 *
 * @throws Error - it cannot be made
 */
export async function alone<Result>(path: string, work: () => Promise<Result>): Promise<Result> {
  const lock = `${path}.lock`;
  for (;;) {
    try {
      await mkdir(lock);
      break;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      const since = await stat(lock).then(
        ({ mtimeMs }) => mtimeMs,
        () => Date.now(),
      );
      if (Date.now() - since > heldMsMax) await rmdir(lock).catch(() => undefined);
      else await sleep(lookAgainMs);
    }
  }
  try {
    return await work();
  } finally {
    await rmdir(lock);
  }
}
