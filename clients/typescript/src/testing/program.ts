import { existsSync } from 'node:fs';
import { delimiter, dirname, join, resolve } from 'node:path';

/** How to start a program: the file to execute and the arguments that come first. */
export interface Program {
  readonly file: string;
  readonly args: readonly string[];
}

const name = 'system-manager';

/**
 * Finds the manager: the file that is given, `SYSTEM_MANAGER_BIN`, what is installed in `node_modules` here or above, or the `PATH`.
 *
 * @throws Error - it is nowhere
 */
export function findProgram(given: string | undefined, environment = process.env): Program {
  const path = given ?? environment['SYSTEM_MANAGER_BIN'] ?? findInstalled(environment);
  if (path === undefined) {
    throw new Error(
      `there is no ${name} in node_modules or on the PATH; install it, or name its main file in SYSTEM_MANAGER_BIN`,
    );
  }
  return /\.[cm]?js$/.test(path)
    ? { file: process.execPath, args: [resolve(path)] }
    : { file: path, args: [] };
}

function findInstalled(environment: NodeJS.ProcessEnv): string | undefined {
  const folders: string[] = [];
  for (let folder = process.cwd(); ; folder = dirname(folder)) {
    folders.push(join(folder, 'node_modules', '.bin'));
    if (folder === dirname(folder)) break;
  }
  folders.push(...(environment['PATH'] ?? '').split(delimiter).filter((folder) => folder !== ''));
  return folders.map((folder) => join(folder, name)).find((path) => existsSync(path));
}
