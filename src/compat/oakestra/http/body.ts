/** Reads bodies in the way of the originals: what is no JSON by its content type is no body. */
import { findUnusable, isFields, type Fields } from '../input.js';
import { err, Refusal } from './encodings.js';

const isJson = (contentType: string): boolean => {
  const type = contentType.split(';')[0]?.trim().toLowerCase() ?? '';
  return type === 'application/json' || /^application\/[^ ]*\+json$/.test(type);
};

/** @throws Refusal 400 - it is not JSON */
function parse(body: Buffer, refusal: () => Refusal): unknown {
  try {
    return JSON.parse(body.toString('utf8')) as unknown;
  } catch {
    throw refusal();
  }
}

/** What would be kept and passed on must not mean anything to a database. @throws Refusal 400 */
function usable(value: Fields): Fields {
  const fault = findUnusable(value);
  if (fault !== undefined) throw new Refusal(err(400, { message: `The body: ${fault}.` }));
  return value;
}

/**
 * The fields of a body of which only parts are kept, and looked through by whoever keeps them.
 *
 * @returns nothing where there is no JSON
 * @throws Refusal 400, 422
 */
export function soundFields(contentType: string, body: Buffer): Fields | undefined {
  if (!isJson(contentType)) return undefined;
  const value = parse(
    body,
    () => new Refusal(err(400, { errors: { json: ['Invalid JSON body.'] } })),
  );
  if (!isFields(value))
    throw new Refusal(err(422, { errors: { json: { _schema: ['Invalid input type.'] } } }));
  return value;
}

/**
 * The fields of a body that is looked at before anything else.
 *
 * @returns nothing where there is no JSON
 * @throws Refusal 400, 422
 */
export function checkedFields(contentType: string, body: Buffer): Fields | undefined {
  const value = soundFields(contentType, body);
  return value && usable(value);
}

/**
 * The fields of a body that an endpoint needs and that nobody has looked at yet.
 *
 * @throws Refusal 400
 */
export function requiredFields(contentType: string, body: Buffer): Fields {
  const value = isJson(contentType) ? parse(body, () => new Refusal(err(400))) : undefined;
  if (!isFields(value)) throw new Refusal(err(400, { message: 'A JSON object is needed.' }));
  return usable(value);
}
