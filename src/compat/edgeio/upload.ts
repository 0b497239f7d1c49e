/** Reads the form in which descriptors are uploaded. */
import { Busboy } from '@fastify/busboy';
import { DomainError } from '../../domain/errors.js';
import { refuse } from '../refuse.js';

/** Largest file; the form around it is small. */
export const fileBytesMax = 1024 * 1024;

const limits = {
  fileSize: fileBytesMax,
  files: 2,
  fields: 20,
  parts: 22,
  fieldSize: 1024,
  fieldNameSize: 100,
  headerPairs: 20,
};

interface Upload {
  readonly field: string;
  readonly fileName: string | undefined;
  readonly bytes: Buffer;
}

const tooLarge = (): never => {
  throw new DomainError('body-too-large', `the file is larger than ${fileBytesMax} bytes`);
};

function readForm(contentType: string, body: Buffer): Promise<readonly Upload[]> {
  return new Promise((resolve, reject) => {
    const files: Upload[] = [];
    let truncated = false;
    const form = new Busboy({
      headers: { 'content-type': contentType },
      limits,
      isPartAFile: (_field, _type, fileName) => fileName !== undefined,
    });
    form.on('file', (field, stream, fileName: string | undefined) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('limit', () => (truncated = true));
      stream.on('end', () => files.push({ field, fileName, bytes: Buffer.concat(chunks) }));
    });
    form.on('finish', () => {
      if (truncated) reject(new DomainError('body-too-large', 'truncated'));
      else resolve(files);
    });
    form.on('error', reject);
    form.end(body);
  });
}

/**
 * The text of the one file in the field `file`.
 *
 * @throws DomainError `validation-failed` - there is none, or more than one; `body-too-large`
 */
export async function readUpload(contentType: string, body: Buffer): Promise<string> {
  if (!/^multipart\/form-data\b.*\bboundary=/i.test(contentType)) return refuse('no file');
  let files: readonly Upload[];
  try {
    files = await readForm(contentType, body);
  } catch (error) {
    if (error instanceof DomainError) return tooLarge();
    return refuse('the form cannot be read');
  }
  const [file, more] = files.filter(({ field }) => field === 'file');
  if (file === undefined) return refuse('no file');
  if (more !== undefined || files.length > 1) return refuse('there is more than one file');
  if (file.fileName === undefined || file.fileName === '') return refuse('empty file');
  return file.bytes.toString('utf8');
}
