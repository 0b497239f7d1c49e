/**
 * How answers are written: as the JSON writers of the originals do it, byte for byte, since some of their readers decode a text twice
 * and others do not.
 */

/** A body with its content type. */
export interface Encoded {
  readonly type:
    | 'application/json'
    | 'text/css; charset=utf-8'
    | 'text/html; charset=utf-8'
    | 'text/javascript; charset=utf-8';
  readonly body: string;
}

export interface Answer extends Encoded {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
}

interface Style {
  readonly sorted: boolean;
  readonly afterItem: string;
  readonly afterKey: string;
}

const compactStyle: Style = { sorted: true, afterItem: ',', afterKey: ':' };
const spacedStyle: Style = { sorted: false, afterItem: ', ', afterKey: ': ' };

/** A JSON string in which everything outside of printable ASCII is escaped. */
const asciiString = (text: string): string =>
  JSON.stringify(text).replace(
    /[\u007f-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );

function write(value: unknown, style: Style): string {
  if (typeof value === 'string') return asciiString(value);
  if (Array.isArray(value))
    return `[${value.map((item) => write(item ?? null, style)).join(style.afterItem)}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).filter(([, field]) => field !== undefined);
  if (style.sorted) entries.sort(([a], [b]) => (a < b ? -1 : 1));
  const fields = entries.map(
    ([key, field]) => `${asciiString(key)}${style.afterKey}${write(field, style)}`,
  );
  return `{${fields.join(style.afterItem)}}`;
}

/** JSON text in the order of the document, with blanks. Fields that are undefined are left out. */
export const documentText = (value: unknown): string => write(value, spacedStyle);

const answer = (status: number, type: Answer['type'], body: string): Answer => ({
  status,
  type,
  body,
});

/** OBJ: plain JSON with sorted keys and a newline. */
export const obj = (value: unknown, status = 200): Answer =>
  answer(status, 'application/json', `${write(value, compactStyle)}\n`);

/** DBL: a JSON string whose content is the JSON text. */
export const dbl = (value: unknown): Answer =>
  answer(200, 'application/json', `${asciiString(documentText(value))}\n`);

/** TXT: the JSON text itself, declared as a page. */
export const txt = (value: unknown): Answer =>
  answer(200, 'text/html; charset=utf-8', documentText(value));

/** STR: a bare word. */
export const str = (text: string, status = 200): Answer =>
  answer(status, 'text/html; charset=utf-8', text);

const reasons: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  409: 'Conflict',
  410: 'Gone',
  412: 'Precondition Failed',
  413: 'Request Entity Too Large',
  415: 'Unsupported Media Type',
  422: 'Unprocessable Entity',
  426: 'Upgrade Required',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  503: 'Service Unavailable',
};

/** ERR: what went wrong. Clients read `message` where there is one. */
export const err = (
  status: number,
  more: { readonly message?: string | undefined; readonly errors?: unknown } = {},
): Answer => obj({ code: status, status: reasons[status] ?? 'Error', ...more }, status);

/** A refusal whose form is that of the originals, where this differs from ERR. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly answer: Answer;

  constructor(answer: Answer) {
    super(answer.body);
    this.answer = answer;
  }
}
