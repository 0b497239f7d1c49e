import { readFile } from 'node:fs/promises';

/** A program on the page of recipes. */
export interface Recipe {
  readonly name: string;
  readonly text: string;
}

/** The programs of a page: blocks that begin with ```` ```ts name ````. */
export async function readRecipes(path: string): Promise<readonly Recipe[]> {
  const page = await readFile(path, 'utf8');
  const blocks = page.matchAll(/^```ts ([\w-]+)\n(.*?)^```$/gms);
  return [...blocks].map(([, name = '', text = '']) => ({ name, text }));
}
