import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectFolder } from './project-folder.js';

const manifest = readFileSync(join(projectFolder(), 'package.json'), 'utf8');

/** Version of the manager. */
export const { version } = JSON.parse(manifest) as { readonly version: string };
