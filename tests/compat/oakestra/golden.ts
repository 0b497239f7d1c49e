/** Answers byte for byte: a table of requests, each with status, headers and body of its answer. */
import { expect } from 'vitest';
import type { OakSite } from './oak-site.js';
import type { RawAnswer, RawRequest } from './raw-http.js';

/** What OBJ, DBL and ERR are declared as, and what TXT and STR are. */
export const json = 'application/json';
export const page = 'text/html; charset=utf-8';

/** Ids and tokens that the requests of a table are made with. */
export type Known = Readonly<Record<string, string>>;

type Of<T> = T | ((known: Known) => T);

export interface Row {
  readonly name: string;
  readonly method?: string;
  readonly path: Of<string>;
  /** Name of the token among what is known; none is shown without. */
  readonly as?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Of<unknown>;
  readonly status: number;
  readonly type?: string;
  readonly answer: Of<string | RegExp>;
}

const given = <T>(value: Of<T>, known: Known): T =>
  typeof value === 'function' ? (value as (known: Known) => T)(known) : value;

export const requestOf = ({ method, path, as, headers, body }: Row, known: Known): RawRequest => ({
  ...(method === undefined ? {} : { method }),
  path: given(path, known),
  headers: {
    ...(as === undefined ? {} : { authorization: `Bearer ${known[as]}` }),
    ...headers,
  },
  ...(body === undefined ? {} : { body: given(body, known) }),
});

/** Headers that every answer has, and those that none has. */
function checkHeaders({ headers, body }: RawAnswer, type: string): void {
  expect(headers).toMatchObject({
    'content-type': type,
    'content-length': String(Buffer.byteLength(body)),
    connection: 'close',
    'access-control-allow-origin': '*',
  });
  for (const name of ['allow', 'vary', 'www-authenticate', 'set-cookie'])
    expect(headers).not.toHaveProperty(name);
}

export async function checkRow(site: OakSite, row: Row, known: Known): Promise<void> {
  const answer = await site.raw(requestOf(row, known));
  const wanted = given(row.answer, known);
  if (typeof wanted === 'string')
    expect([answer.status, answer.body]).toEqual([row.status, wanted]);
  else {
    expect([answer.status, answer.body]).toEqual([row.status, expect.stringMatching(wanted)]);
  }
  checkHeaders(answer, row.type ?? json);
}

/** ERR, with what it says. */
export const error = (code: number, status: string, message?: string): string =>
  `{"code":${code},${message === undefined ? '' : `"message":${JSON.stringify(message)},`}"status":"${status}"}\n`;

/** DBL of a JSON text. */
export const twice = (text: string): string => `${JSON.stringify(text)}\n`;

export const noToken = '{"msg":"Missing Authorization Header"}\n';
export const noTokenThere = '{"message":"Missing authentication token"}\n';
export const forbidden = '{"message":"You have not enough permissions!"}\n';
export const malformed = error(400, 'Bad Request');
export const unsound =
  '{"code":400,"errors":{"json":["Invalid JSON body."]},"status":"Bad Request"}\n';
export const nobody = '0123456789abcdef01234567';
