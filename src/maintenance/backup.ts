/**
 * Backups: one file, which is the LMDB file of one moment followed by a page that says what it is
 * and carries its checksum. A file without that last page was cut short or is something else.
 */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { link, mkdtemp, open, rename, rm, stat, type FileHandle } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { FORMAT } from '../embedded/directory.js';
import { failpoint } from '../failpoints.js';

/** Version of the last page; a newer one is refused. */
const BACKUP_FORMAT = 1;
const TRAILER_BYTES = 4096;
const MAGIC = 'system-manager-backup\n';

/** What a backup says of itself. */
export interface BackupInfo {
  readonly backupFormat: number;
  /** Format of the data directory. */
  readonly format: number;
  readonly storeId: string;
  readonly createdAt: string;
  /** Bytes of the data, without the last page. */
  readonly bytes: number;
  readonly sha256: string;
}

/** Which store a copy is of. */
export type Origin = Pick<BackupInfo, 'format' | 'storeId'>;

/** A file error with the path in words. */
const refusal = (message: string, cause?: unknown): Error =>
  new Error(message, cause === undefined ? {} : { cause });

const hasCode = (error: unknown, ...codes: string[]): boolean =>
  error instanceof Error && 'code' in error && codes.includes(String(error.code));

/** Checksum of the first bytes of a file. */
export async function checksum(file: string, bytes: number): Promise<string> {
  const hash = createHash('sha256');
  if (bytes > 0)
    for await (const chunk of createReadStream(file, {
      end: bytes - 1,
      highWaterMark: 1024 * 1024,
    }))
      hash.update(chunk as Buffer);
  return hash.digest('hex');
}

function trailer(info: BackupInfo): Buffer {
  const page = Buffer.alloc(TRAILER_BYTES);
  page.write(`${MAGIC}${JSON.stringify(info)}\n`);
  return page;
}

/** Makes names in a directory durable. */
export async function syncDirectory(path: string): Promise<void> {
  const directory = await open(path, 'r');
  try {
    await directory.sync();
  } finally {
    await directory.close();
  }
}

/** Gives a finished file its name, unless that name is taken. */
async function publish(from: string, to: string): Promise<void> {
  try {
    // A link never overwrites, whoever else writes there at the same time.
    await link(from, to);
  } catch (error) {
    if (hasCode(error, 'EEXIST')) throw refusal(`${to} exists; a backup overwrites nothing`, error);
    if (!hasCode(error, 'EPERM', 'EOPNOTSUPP', 'ENOTSUP', 'EMLINK')) throw error;
    await refuseExisting(to);
    await rename(from, to);
  }
}

async function exists(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return false;
    throw error;
  }
}

async function refuseExisting(file: string): Promise<void> {
  if (await exists(file)) throw refusal(`${file} exists; a backup overwrites nothing`);
}

async function makeWorkDirectory(file: string): Promise<string> {
  try {
    return await mkdtemp(join(dirname(file), `.${basename(file)}.`));
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw refusal(`the backup cannot be written to ${dirname(file)}: ${why}`, error);
  }
}

async function appendTrailer(file: string, origin: Origin): Promise<BackupInfo> {
  const { size: bytes } = await stat(file);
  const info: BackupInfo = {
    backupFormat: BACKUP_FORMAT,
    ...origin,
    createdAt: new Date().toISOString(),
    bytes,
    sha256: await checksum(file, bytes),
  };
  const handle = await open(file, 'r+');
  try {
    await handle.write(trailer(info), 0, TRAILER_BYTES, bytes);
    await handle.chmod(0o600);
    await handle.sync();
  } finally {
    await handle.close();
  }
  return info;
}

/**
 * Writes what the store holds at one moment to a file. The file appears under its name only when
 * it is complete and on disk.
 *
 * @param copyTo - puts LMDB's file of one moment into an empty directory
 * @throws Error - the file exists, or cannot be written
 */
export async function writeBackup(
  copyTo: (directory: string) => Promise<Origin>,
  file: string,
): Promise<BackupInfo> {
  await refuseExisting(file);
  const work = await makeWorkDirectory(file);
  try {
    const origin = await copyTo(work);
    await failpoint?.('backup.copied');
    const copy = join(work, 'data.mdb');
    const info = await appendTrailer(copy, origin);
    await publish(copy, file);
    await syncDirectory(dirname(file));
    await failpoint?.('backup.published');
    return info;
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

async function lastPage(handle: FileHandle, size: number): Promise<Buffer> {
  const page = Buffer.alloc(TRAILER_BYTES);
  await handle.read(page, 0, TRAILER_BYTES, size - TRAILER_BYTES);
  return page;
}

function parseTrailer(file: string, page: Buffer): BackupInfo {
  if (!page.toString('latin1', 0, MAGIC.length).startsWith(MAGIC))
    throw refusal(`${file} is not a backup of the System Manager, or it was cut short`);
  const end = page.indexOf('\n', MAGIC.length);
  let info: BackupInfo;
  try {
    info = JSON.parse(page.toString('utf8', MAGIC.length, end)) as BackupInfo;
  } catch (error) {
    throw refusal(`${file} is damaged: its last page cannot be read`, error);
  }
  if (info.backupFormat > BACKUP_FORMAT || info.format > FORMAT)
    throw refusal(
      `${file} was written by a newer version (backup format ${info.backupFormat}, data format ${info.format}; ` +
        `this one reads up to ${BACKUP_FORMAT} and ${FORMAT}). Use a newer version.`,
    );
  return info;
}

/**
 * Reads what a backup says of itself; does not check its bytes.
 *
 * @throws Error - there is no such file, it is not a backup, or one of a newer version
 */
export async function readBackupInfo(file: string): Promise<BackupInfo> {
  let handle: FileHandle;
  try {
    handle = await open(file, 'r');
  } catch (error) {
    if (hasCode(error, 'ENOENT')) throw refusal(`there is no file ${file}`, error);
    throw error;
  }
  try {
    const stats = await handle.stat();
    if (!stats.isFile() || stats.size <= TRAILER_BYTES)
      throw refusal(`${file} is not a backup of the System Manager, or it was cut short`);
    const info = parseTrailer(file, await lastPage(handle, stats.size));
    if (info.bytes !== stats.size - TRAILER_BYTES)
      throw refusal(`${file} is damaged: it has not the size that it says`);
    return info;
  } finally {
    await handle.close();
  }
}
