/** Restoring: a new data directory out of a backup, checked before it gets its name. */
import { constants } from 'node:fs';
import {
  chmod,
  copyFile,
  mkdir,
  mkdtemp,
  open,
  readdir,
  rename,
  rm,
  truncate,
} from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { checksum, readBackupInfo, syncDirectory, type BackupInfo } from './backup.js';
import { isInUse, writeFormat } from '../embedded/directory.js';
import { openOffline } from './offline.js';
import { verifyStore, type Verdict } from './verify.js';
import { failpoint } from '../failpoints.js';

/** What a restore made. */
export interface Restored {
  readonly info: BackupInfo;
  readonly verdict: Verdict;
}

const hasCode = (error: unknown, ...codes: string[]): boolean =>
  error instanceof Error && 'code' in error && codes.includes(String(error.code));

async function requireEmpty(directory: string): Promise<void> {
  let names: string[];
  try {
    names = await readdir(directory);
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return;
    throw error;
  }
  if (names.length === 0) return;
  if (await isInUse(directory))
    throw new Error(`the data directory ${directory} is in use by another process`);
  throw new Error(
    `the data directory ${directory} is not empty; a backup is restored into an empty one only`,
  );
}

async function fillDirectory(work: string, file: string, info: BackupInfo): Promise<void> {
  const data = join(work, 'data.mdb');
  await copyFile(file, data, constants.COPYFILE_FICLONE);
  await chmod(data, 0o600);
  await truncate(data, info.bytes);
  // Of the copy, not of the original: this is what will be used.
  if ((await checksum(data, info.bytes)) !== info.sha256)
    throw new Error(`${file} is damaged: its checksum is wrong`);
  const handle = await open(data, 'r+');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
  writeFormat(work, info.storeId);
}

async function verifyDirectory(work: string): Promise<Verdict> {
  const offline = await openOffline(work);
  try {
    return verifyStore(offline.kv);
  } finally {
    await offline.close();
  }
}

/** Gives the finished directory its name; takes the place of an empty one, never of another. */
async function publish(work: string, directory: string): Promise<void> {
  try {
    await rename(work, directory);
  } catch (error) {
    if (!hasCode(error, 'ENOTEMPTY', 'EEXIST')) throw error;
    throw new Error(`the data directory ${directory} was filled meanwhile; nothing is restored`, {
      cause: error,
    });
  }
}

/**
 * Makes a data directory out of a backup. It appears under its name only when its documents and
 * indexes have been compared.
 *
 * @throws Error - the file is missing, no backup, damaged or of a newer version; the directory is
 *   not empty or in use; what was restored does not hold together
 */
export async function restoreBackup(file: string, directory: string): Promise<Restored> {
  const info = await readBackupInfo(file);
  await requireEmpty(directory);
  const parent = dirname(directory);
  await mkdir(parent, { recursive: true, mode: 0o700 });
  const work = await mkdtemp(join(parent, `.${basename(directory)}-`));
  try {
    await fillDirectory(work, file, info);
    await failpoint?.('restore.filled');
    const verdict = await verifyDirectory(work);
    if (verdict.faults.length > 0)
      throw new Error(
        `${file} holds a damaged store, nothing is restored: ${verdict.faults[0] ?? ''}` +
          ` (${verdict.faultCount} faults)`,
      );
    await rm(join(work, 'lock.mdb'), { force: true });
    await syncDirectory(work);
    await publish(work, directory);
    await syncDirectory(parent);
    await failpoint?.('restore.published');
    return { info, verdict };
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}
