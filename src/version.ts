import { readFileSync } from 'node:fs';

interface Manifest {
  readonly version: string;
}

/** The sources lie one level below the project, the compiled files two. */
function readManifest(): Manifest {
  for (const path of ['../package.json', '../../package.json']) {
    try {
      return JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8')) as Manifest;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    }
  }
  throw new Error('package.json was not found beside the program; install the project as a whole.');
}

/** Version of the manager. */
export const { version } = readManifest();
