import type { Problem } from './types.js';

/** The manager refused: it answered with a problem document. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';
  readonly problem: Problem;
  /** HTTP status of the answer. */
  readonly status: number;
  /** Last part of the problem's `type`; stable, made to be compared: `service-not-found`. */
  readonly code: string;
  /** What the answer's `Retry-After` asks for. */
  readonly retryAfterMs: number | undefined;

  constructor(problem: Problem, retryAfterMs?: number) {
    super(problem.detail === undefined ? problem.title : `${problem.title}: ${problem.detail}`);
    this.problem = problem;
    this.status = problem.status;
    this.code = problemCode(problem);
    this.retryAfterMs = retryAfterMs;
  }
}

/** No answer came: the connection failed or the time was up. What became of a write is unknown; repeat it with its key. */
export class ConnectionError extends Error {
  override readonly name = 'ConnectionError';
  /** Whether the last attempt ended because its time was up. */
  readonly timedOut: boolean;
  /** How often it was tried. */
  readonly attempts: number;

  constructor(message: string, options: { timedOut: boolean; attempts: number; cause?: unknown }) {
    super(message, { cause: options.cause });
    this.timedOut = options.timedOut;
    this.attempts = options.attempts;
  }
}

/** Stable code of a problem: the last part of its `type`. */
export function problemCode(problem: Problem): string {
  return problem.type.slice(problem.type.lastIndexOf('/') + 1);
}

/** Reads a body as problem document; whatever else a proxy may have sent becomes one too. */
export function toProblem(body: unknown, status: number, statusText: string): Problem {
  if (typeof body === 'object' && body !== null && 'type' in body && 'title' in body) {
    return { ...(body as Problem), status };
  }
  const detail = typeof body === 'string' && body !== '' ? { detail: body.slice(0, 500) } : {};
  return { type: 'about:blank', title: statusText || `HTTP ${status}`, status, ...detail };
}

/** Milliseconds that a `Retry-After` header asks for, in seconds or as a date. */
export function retryAfterMs(header: string | null, now = Date.now()): number | undefined {
  if (header === null) return undefined;
  const seconds = Number(header);
  if (Number.isFinite(seconds)) return Math.max(0, seconds * 1000);
  const date = Date.parse(header);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
