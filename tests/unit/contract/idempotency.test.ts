import { describe, expect, it } from 'vitest';
import { fingerprint, type WriteRequest } from '../../../src/http/binder-idempotency.js';

const request: WriteRequest = {
  operationId: 'scaleService',
  method: 'POST',
  path: { serviceId: '1' },
  query: {},
  header: { 'Idempotency-Key': 'k' },
  body: { a: 1, b: { c: [1, 2], d: 'x' } },
  principal: { kind: 'administrator' },
};

describe('the fingerprint of a write', () => {
  it('does not depend on the order of fields, nor on the key', () => {
    const same = { ...request, header: {}, body: { b: { d: 'x', c: [1, 2] }, a: 1 } };
    expect(fingerprint(same)).toBe(fingerprint(request));
  });

  it.each([
    { operationId: 'migrateService' },
    { method: 'PUT' },
    { path: { serviceId: '2' } },
    { query: { force: true } },
    { header: { 'If-Match': '"1"' } },
    { body: { a: 1, b: { c: [2, 1], d: 'x' } } },
    { body: undefined },
  ])('depends on all that makes a request another one: %o', (change) => {
    expect(fingerprint({ ...request, ...change })).not.toBe(fingerprint(request));
  });
});
