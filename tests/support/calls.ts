/** Requests to the HTTP door of a manager, as plain values. */
import type { FastifyInstance } from 'fastify';
import type { components } from '../../generated/openapi.js';
import { adminToken } from './app.js';

export type Schemas = components['schemas'];

export interface Call {
  /** @default GET */
  readonly method?: 'GET' | 'PUT' | 'POST' | 'DELETE' | 'PATCH';
  readonly path: string;
  /** `null` for none. @default the administrator's */
  readonly token?: string | null;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly json?: unknown;
  /** Sent as it is, with the type in `type`. */
  readonly text?: string;
  readonly type?: string;
}

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}

export const parsed = <T>(answer: Answer): T => JSON.parse(answer.text) as T;

/** The last part of a problem's `type`, and the fields that it names. */
export function problemOf(answer: Answer): { code: string; pointers: string[] } {
  const problem = parsed<Schemas['Problem']>(answer);
  return {
    code: problem.type.replace('/problems/', ''),
    pointers: (problem.errors ?? []).map((each) => each.pointer),
  };
}

const bodyOf = ({ json, text, type }: Call) => {
  if (text !== undefined)
    return { payload: text, headers: type === undefined ? {} : { 'content-type': type } };
  if (json === undefined) return { headers: {} };
  return {
    payload: JSON.stringify(json),
    headers: { 'content-type': type ?? 'application/json' },
  };
};

export const headersOf = ({ token = adminToken, headers = {} }: Call): Record<string, string> => ({
  ...(token === null ? {} : { authorization: `Bearer ${token}` }),
  ...headers,
});

/** Sends through the whole application without a socket. */
export async function send(http: FastifyInstance, call: Call): Promise<Answer> {
  const { headers: bodyHeaders, ...body } = bodyOf(call);
  const answer = await http.inject({
    method: call.method ?? 'GET',
    url: call.path,
    headers: { ...bodyHeaders, ...headersOf(call) },
    ...body,
  });
  const headers = Object.entries(answer.headers).map(([name, value]) => [name, String(value)]);
  return {
    status: answer.statusCode,
    headers: Object.fromEntries(headers) as Record<string, string>,
    text: answer.body,
  };
}
