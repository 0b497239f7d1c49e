import { readFile, readdir, stat } from 'node:fs/promises';
import { extname, join } from 'node:path';
import type { ServiceDescriptor } from '@system-manager/client';
import { parseAllDocuments } from 'yaml';
import { UsageError } from './errors.js';
import type { Io } from './io.js';

/** A descriptor, and where it was found. */
export interface Found {
  readonly source: string;
  readonly descriptor: ServiceDescriptor;
}

const extensions = new Set(['.yaml', '.yml', '.json']);

/** JSON is YAML; several documents may stand in one text. What is in them is for the manager to judge. */
function parse(source: string, text: string): Found[] {
  return parseAllDocuments(text).map((document) => {
    const [error] = document.errors;
    if (error) throw new UsageError(`${source}: ${error.message}`);
    const descriptor: unknown = document.toJS();
    if (typeof descriptor !== 'object' || descriptor === null || Array.isArray(descriptor))
      throw new UsageError(`${source}: there is no descriptor of a service in it`);
    return { source, descriptor: descriptor as ServiceDescriptor };
  });
}

async function readPath(path: string): Promise<Found[]> {
  const found = await stat(path).catch(() => undefined);
  if (found === undefined) throw new UsageError(`there is no file ${path}`);
  if (!found.isDirectory()) return parse(path, await readFile(path, 'utf8'));
  const names = (await readdir(path)).filter((name) => extensions.has(extname(name))).sort();
  if (names.length === 0) throw new UsageError(`there is no YAML and no JSON in ${path}`);
  return (await Promise.all(names.map((name) => readPath(join(path, name))))).flat();
}

/**
 * Reads descriptors from files, directories and the standard input (`-`).
 *
 * @throws UsageError - a path that is not there, or a text that is neither YAML nor JSON
 */
export async function readDescriptors(io: Io, paths: readonly string[]): Promise<Found[]> {
  const found: Found[] = [];
  for (const path of paths)
    found.push(
      ...(path === '-' ? parse('standard input', await io.readInput()) : await readPath(path)),
    );
  if (found.length === 0) throw new UsageError('there is nothing in it');
  return found;
}
