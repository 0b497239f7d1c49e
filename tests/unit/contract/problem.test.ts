import { describe, expect, it } from 'vitest';
import { DomainError, errorCatalogue, type ErrorCode } from '../../../src/domain/errors.js';
import { loadContract } from '../../../src/http/contract-document.js';
import { problemOf, toDomainError } from '../../../src/http/problem.js';
import { ajvFor } from '../../../src/http/validation.js';

const codes = Object.keys(errorCatalogue) as ErrorCode[];
const fits = ajvFor(loadContract(), {}).compile({ $ref: 'contract#/components/schemas/Problem' });

describe('a problem', () => {
  it.each(codes)('fits the contract: %s', (code) => {
    const errors = [{ pointer: '#/a', detail: 'is required' }];
    const { problem } = problemOf(new DomainError(code, 'why', { errors }), 'req-1');
    expect(fits(problem)).toBe(true);
    expect(problem.type).toBe(`/problems/${code}`);
  });

  it.each(codes.filter((code) => errorCatalogue[code].retryable))(
    'says when to retry: %s',
    (code) => {
      const { headers } = problemOf(new DomainError(code, 'why'), 'req-1');
      expect(Number(headers['retry-after'])).toBeGreaterThan(0);
    },
  );

  it('of an unforeseen failure says nothing of its cause', () => {
    const error = toDomainError(new Error('secret'), 1);
    expect(error.code).toBe('internal');
    expect(JSON.stringify(problemOf(error, 'req-1'))).not.toContain('secret');
  });

  it('is made of whatever is thrown', () => {
    expect(toDomainError(undefined, 1).code).toBe('internal');
    expect(toDomainError('text', 1).code).toBe('internal');
    expect(toDomainError(null, 1).code).toBe('internal');
  });
});
