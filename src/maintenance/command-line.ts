/** How commands on the embedded store are told. What they do is loaded only where one is. */
import { resolve } from 'node:path';

/** Where the embedded store lives below the data directory. */
export const storeDirectory = (dataDir: string): string => resolve(dataDir, 'store');

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
