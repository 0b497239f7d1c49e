/** Commands on the embedded store: check it, back it up, restore it. They print what they did. */
import { lchown, lstat, stat } from 'node:fs/promises';
import { join } from 'node:path';
import mongoose from 'mongoose';
import { FORMAT } from '../embedded/directory.js';
import { writeBackup, type BackupInfo, type Origin } from './backup.js';
import { openOffline } from './offline.js';
import { restoreBackup } from './restore.js';
import { findRunningStore } from '../embedded/socket-place.js';
import { storeDirectory, type MaintenanceCommand } from './command-line.js';
import { verifyStore, type Verdict } from './verify.js';

/** Takes a line of output. */
export type Print = (line: string) => void;

const plural = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

function printVerdict({ collections, events, faults, faultCount }: Verdict, print: Print): void {
  const rows = [
    ['collection', 'documents', 'indexes', 'entries', 'faults'],
    ...collections.map((each) => [
      each.ns,
      String(each.documents),
      String(each.indexes.length),
      String(each.indexes.reduce((sum, { entries }) => sum + entries, 0)),
      String(each.faultCount),
    ]),
  ];
  const widths = [0, 1, 2, 3, 4].map((i) => Math.max(...rows.map((row) => row[i]?.length ?? 0)));
  for (const row of rows)
    print(
      row
        .map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0)))
        .join('  '),
    );
  print(`change log: ${plural(events, 'event')}`);
  for (const fault of faults) print(`FAULT ${fault}`);
  if (faultCount > faults.length) print(`and ${plural(faultCount - faults.length, 'more fault')}`);
  print(faultCount === 0 ? 'no faults' : plural(faultCount, 'fault'));
}

async function verify({ dataDir }: MaintenanceCommand, print: Print): Promise<boolean> {
  const offline = await openOffline(storeDirectory(dataDir));
  try {
    const verdict = verifyStore(offline.kv);
    printVerdict(verdict, print);
    return verdict.faultCount === 0;
  } finally {
    await offline.close();
  }
}

/**
 * Lets the manager write to a directory. Root may ask one that runs as somebody else: that owner gets the directory for as long as it
 * takes, and what it has put there must be a plain file, since root would follow a link to what is not theirs.
 */
async function lend(path: string, directory: string, use: () => Promise<Origin>): Promise<Origin> {
  if (process.getuid?.() !== 0) return use();
  const { uid, gid } = await stat(directory);
  await lchown(path, uid, gid);
  const origin = await use();
  await lchown(path, 0, 0);
  const copy = await lstat(join(path, 'data.mdb'));
  if (copy.isFile() && copy.nlink === 1) return origin;
  throw new Error(`the manager did not copy its files to ${path}; nothing is kept`);
}

async function backUpOnline(uri: string, directory: string, file: string): Promise<BackupInfo> {
  const client = await mongoose.mongo.MongoClient.connect(uri, { serverSelectionTimeoutMS: 5_000 });
  const copyTo = async (path: string): Promise<Origin> => {
    try {
      const { format, storeId } = await client.db('admin').command({ storeBackup: 1, path });
      return { format: Number(format), storeId: String(storeId) };
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      throw new Error(
        `the manager could not copy its files to ${path}: ${why}; run this as its user, and name a place that it can write`,
        { cause: error },
      );
    }
  };
  try {
    return await writeBackup((path) => lend(path, directory, () => copyTo(path)), file);
  } finally {
    await client.close();
  }
}

async function backUpOffline(directory: string, file: string): Promise<BackupInfo> {
  const { kv, storeId, close } = await openOffline(directory);
  try {
    return await writeBackup(async (path) => {
      await kv.copyTo(path);
      return { format: FORMAT, storeId };
    }, file);
  } finally {
    await close();
  }
}

async function backup({ dataDir, file }: MaintenanceCommand, print: Print): Promise<boolean> {
  const directory = storeDirectory(dataDir);
  const uri = await findRunningStore(directory);
  const { bytes } =
    uri === undefined
      ? await backUpOffline(directory, file)
      : await backUpOnline(uri, directory, file);
  const how = uri === undefined ? 'the manager was not running' : 'the manager went on meanwhile';
  print(`${file}: ${bytes} bytes, complete and on disk; ${how}`);
  return true;
}

async function restore({ dataDir, file }: MaintenanceCommand, print: Print): Promise<boolean> {
  const { info, verdict } = await restoreBackup(file, storeDirectory(dataDir));
  printVerdict(verdict, print);
  print(`restored the state of ${info.createdAt} to ${storeDirectory(dataDir)}`);
  return true;
}

/**
 * Carries a command out.
 *
 * @returns whether all is well; the exit code follows from it
 * @throws Error - it could not be carried out; the message says why
 */
export const runMaintenance = (command: MaintenanceCommand, print: Print): Promise<boolean> =>
  ({ verify, backup, restore })[command.name](command, print);
