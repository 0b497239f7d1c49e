/** Commands on the embedded store: check it, back it up, restore it. They print what they did. */
import { resolve } from 'node:path';
import mongoose from 'mongoose';
import { writeBackup } from '../embedded/backup.js';
import { openOffline } from './offline.js';
import { restoreBackup } from './restore.js';
import { findRunningStore } from '../embedded/socket-place.js';
import { verifyStore, type Verdict } from './verify.js';

/** Where the embedded store lives below the data directory. */
export const storeDirectory = (dataDir: string): string => resolve(dataDir, 'store');

/** Takes a line of output. */
export type Print = (line: string) => void;

/** A command and what it works on. */
export interface MaintenanceCommand {
  readonly name: 'verify' | 'backup' | 'restore';
  /** The backup; `verify` has none. */
  readonly file: string;
  readonly dataDir: string;
}

const words = ['verify', 'backup', 'restore'] as const;

/** A command line that cannot be understood. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/**
 * Reads the words of the command line that are no options.
 *
 * @returns nothing when there are none: the manager is to run
 * @throws UsageError - no such command, or not what it takes
 */
export function readCommand(
  given: readonly string[],
  dataDir: string,
): MaintenanceCommand | undefined {
  const [word, file, ...rest] = given;
  if (word === undefined) return undefined;
  const name = words.find((each) => each === word);
  if (name === undefined) throw new UsageError(`there is no command '${word}'`);
  if (name === 'verify' ? file !== undefined : file === undefined || rest.length > 0)
    throw new UsageError(name === 'verify' ? 'verify takes no file' : `${name} takes one file`);
  return { name, file: resolve(file ?? ''), dataDir: resolve(dataDir) };
}

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

async function backUpOnline(uri: string, file: string): Promise<number> {
  const client = await mongoose.mongo.MongoClient.connect(uri, { serverSelectionTimeoutMS: 5_000 });
  try {
    const answer = await client.db('admin').command({ storeBackup: 1, path: file });
    return Number(answer['bytes']);
  } finally {
    await client.close();
  }
}

async function backUpOffline(directory: string, file: string): Promise<number> {
  const offline = await openOffline(directory);
  try {
    return (await writeBackup(offline.kv, offline.storeId, file)).bytes;
  } finally {
    await offline.close();
  }
}

async function backup({ dataDir, file }: MaintenanceCommand, print: Print): Promise<boolean> {
  const directory = storeDirectory(dataDir);
  const uri = await findRunningStore(directory);
  const bytes =
    uri === undefined ? await backUpOffline(directory, file) : await backUpOnline(uri, file);
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
