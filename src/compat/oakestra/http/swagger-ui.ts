/** Swagger UI, as the originals serve it: a page and its parts, none of them from elsewhere. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { err, str, type Answer } from './encodings.js';

const directory = join(
  dirname(createRequire(import.meta.url).resolve('@fastify/swagger-ui')),
  'static',
);

const types: Readonly<Record<string, Answer['type']>> = {
  'swagger-ui.css': 'text/css; charset=utf-8',
  'swagger-ui-bundle.js': 'text/javascript; charset=utf-8',
};

const start = 'start.js';

/** The page itself. */
export const swaggerPage = (title: string): Answer =>
  str(`<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>${title}</title>
<link rel="stylesheet" href="swagger-ui.css">
<div id="swagger-ui"></div>
<script src="swagger-ui-bundle.js"></script>
<script src="${start}"></script>
`);

/** One of the files that the page asks for. @param description - path of the OpenAPI document */
export async function swaggerPart(name: string, description: string): Promise<Answer> {
  if (name === start)
    return {
      status: 200,
      type: 'text/javascript; charset=utf-8',
      body: `SwaggerUIBundle({ url: '${description}', dom_id: '#swagger-ui' });\n`,
    };
  const type = Object.hasOwn(types, name) ? types[name] : undefined;
  if (type === undefined) return err(404);
  return { status: 200, type, body: await readFile(join(directory, name), 'utf8') };
}
