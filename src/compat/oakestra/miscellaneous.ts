/** What is left: the description of the endpoints, and a door for files that leads nowhere. */
import { Busboy } from '@fastify/busboy';
import { openApiDocument, title } from './http/description.js';
import { obj, str, type Answer } from './http/encodings.js';
import type { OakRequest, Route } from './http/routes.js';
import { swaggerPage, swaggerPart } from './http/swagger-ui.js';

const descriptionPath = '/docs/openapi.json';
const fileBytesMax = 1024 * 1024;
const limits = {
  fileSize: fileBytesMax,
  files: 2,
  fields: 20,
  parts: 22,
  fieldSize: 1024,
  fieldNameSize: 100,
  headerPairs: 20,
};

/** Name of the file in the field `file`. @returns nothing where there is none */
function uploadedName(contentType: string, body: Buffer): Promise<string | undefined> {
  if (!/^multipart\/form-data\b.*\bboundary=/i.test(contentType)) return Promise.resolve(undefined);
  return new Promise((resolve) => {
    let name: string | undefined;
    const form = new Busboy({ headers: { 'content-type': contentType }, limits });
    form.on('file', (field, stream, fileName: string | undefined) => {
      if (field === 'file') name = fileName;
      stream.resume();
    });
    form.on('finish', () => {
      resolve(name);
    });
    // A form that cannot be read has no file.
    form.on('error', () => {
      resolve(undefined);
    });
    form.end(body);
  });
}

const taken = /\.(txt|json|yml)$/i;

/** Letters, digits, dots, dashes and underscores of a name, without folders. */
const safeName = (name: string): string =>
  (name.split(/[\\/]/).at(-1) ?? '').replace(/[^A-Za-z0-9._-]+/g, '_').replace(/^\.+/, '');

/** Looks at the name and keeps nothing: nobody reads these files. */
async function upload({ contentType, body }: OakRequest): Promise<Answer> {
  const name = await uploadedName(contentType, body);
  return name !== undefined && taken.test(name)
    ? str(`{"path": "/${safeName(name)}"}`)
    : str('Not a valid file', 400);
}

/** @param routes - those that are described */
export const miscellaneousRoutes = (routes: readonly Route[]): readonly Route[] => [
  {
    id: 'oakestraGetDescription',
    method: 'GET',
    path: descriptionPath,
    guard: 'public',
    handle: () => Promise.resolve(obj(openApiDocument(routes))),
  },
  {
    id: 'oakestraGetOverview',
    method: 'GET',
    path: '/api/docs/',
    guard: 'public',
    handle: () => Promise.resolve(swaggerPage(title)),
  },
  {
    id: 'oakestraGetOverviewPart',
    method: 'GET',
    path: '/api/docs/:file',
    guard: 'public',
    handle: ({ path }) => swaggerPart(path['file'] ?? '', descriptionPath),
  },
  {
    id: 'oakestraGetUploader',
    method: 'GET',
    path: '/frontend/uploader',
    guard: 'public',
    handle: () => Promise.resolve(str('Not a valid request')),
  },
  {
    id: 'oakestraUpload',
    method: 'POST',
    path: '/frontend/uploader',
    guard: 'peer',
    handle: upload,
  },
];
