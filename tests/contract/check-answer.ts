/** Holds an answer against what the contract documents for it. */
import { expect } from 'vitest';
import { ajvFor } from '../../src/http/validation.js';
import { responseCheck } from '../../src/http/validation-response.js';
import { parsed, type Answer, type Schemas } from '../support/calls.js';
import { contract, documentedAnswer } from '../support/contract.js';

const checkBody = responseCheck(contract);
const isProblem = ajvFor(contract, { allErrors: true }).compile({
  $ref: 'contract#/components/schemas/Problem',
});
const problemType = 'application/problem+json';

function checkProblem(answer: Answer): void {
  const problem = parsed<Schemas['Problem']>(answer);
  expect([isProblem(problem), isProblem.errors]).toEqual([true, null]);
  expect(problem.status).toBe(answer.status);
  expect(problem.type).toMatch(/^\/problems\/[a-z-]+$/);
  expect(problem.instance).toBe(answer.headers['x-request-id']);
  expect(problem.detail).toMatch(/\S/);
}

/** Forms of the headers that the contract documents. */
const headerForms: Readonly<Record<string, RegExp>> = {
  etag: /^"\d+"$/,
  location: /^\/api\/v1\/(clusters|operations|users|organizations|webhooks)\/[0-9a-f]{24}$/,
  'www-authenticate': /^Bearer/,
  'retry-after': /^\d+$/,
};

export function checkAnswer(operationId: string, status: number, answer: Answer): void {
  expect([answer.status, answer.text]).toEqual([status, answer.text]);
  const documented = documentedAnswer(operationId, status);
  expect(documented, `${operationId} documents ${status}`).toBeDefined();
  for (const name of documented?.headers ?? [])
    expect(answer.headers[name], name).toMatch(headerForms[name] ?? /\S/);
  // What switches protocols has no content; the documented one is that of the frames.
  if (status === 101) return;
  if (status === 204) {
    expect(answer.text).toBe('');
    return;
  }
  const type = answer.headers['content-type']?.split(';')[0];
  expect(documented?.mediaTypes).toContain(type);
  if (type === problemType) checkProblem(answer);
  else if (type === 'application/json')
    expect(checkBody(operationId, status, parsed(answer))).toBeUndefined();
  expect(answer.text).not.toBe('');
}
