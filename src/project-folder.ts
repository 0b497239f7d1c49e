import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Where `openapi.yaml` lies, from which all else of the project is found: from the sources, and from what is built of them. */
export function projectFolder(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'openapi.yaml'))) {
    const parent = dirname(folder);
    if (parent === folder)
      throw new Error(
        'openapi.yaml was not found above the program; install the project as a whole.',
      );
    folder = parent;
  }
  return folder;
}
