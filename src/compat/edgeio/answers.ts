/** Answers in the way of 2021: plain texts, some of them with a newline. */
import type { Readable } from 'node:stream';

export interface Answer {
  readonly status: number;
  readonly type: 'text/plain' | 'application/json';
  readonly body: string | Readable;
}

/** A request as the HTTP room hands it over. */
export interface Request {
  readonly path: Readonly<Record<string, string>>;
  readonly contentType: string;
  readonly body: Buffer;
}

export const text = (status: number, body: string): Answer => ({
  status,
  type: 'text/plain',
  body,
});

export const json = (body: string | Readable): Answer => ({
  status: 200,
  type: 'application/json',
  body,
});

export const ok = text(200, 'ok');
