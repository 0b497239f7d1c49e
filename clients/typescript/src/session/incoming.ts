import type { components } from '../generated/openapi.js';

export type Problem = components['schemas']['Problem'];

/** What came in: a frame, one of a kind that a newer manager knows, or rubbish. */
export type Incoming<Frame> =
  | { readonly kind: 'frame'; readonly frame: Frame }
  | { readonly kind: 'unknown'; readonly type: string }
  | { readonly kind: 'broken'; readonly detail: string };

export type Fields = Record<string, unknown>;

export const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
export const isPositive = (value: unknown): boolean => typeof value === 'number' && value > 0;

/** What is relied on in each frame; the rest is the manager's promise by contract. */
export type FrameChecks<Frame extends { type: string }> = Record<
  Frame['type'],
  (frame: Fields) => boolean
>;

/** Reads a frame of the manager. Never throws. */
export function readFrame<Frame extends { type: string }>(
  text: string,
  checks: FrameChecks<Frame>,
): Incoming<Frame> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return { kind: 'broken', detail: `no JSON: ${(error as Error).message}` };
  }
  if (!isFields(value) || typeof value['type'] !== 'string') {
    return { kind: 'broken', detail: 'no object with a type' };
  }
  const { type } = value;
  if (!Object.hasOwn(checks, type)) return { kind: 'unknown', type };
  return checks[type as Frame['type']](value)
    ? { kind: 'frame', frame: value as unknown as Frame }
    : { kind: 'broken', detail: `a ${type} frame that lacks what it must have` };
}

/** Reads a problem document; nothing when it is none. */
export function readProblem(text: string): Problem | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isFields(value) && typeof value['type'] === 'string'
      ? (value as unknown as Problem)
      : undefined;
  } catch {
    return undefined;
  }
}
