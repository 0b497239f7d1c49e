import { describe, expect, it } from 'vitest';
import { loadContract } from '../../../src/http/contract-document.js';
import { absolute, ajvFor } from '../../../src/http/validation.js';

const contract = loadContract();
const ajv = ajvFor(contract, { allErrors: true });
const shared = contract.document.components['examples'] as Record<string, { value: unknown }>;

interface Media {
  readonly schema: Record<string, unknown>;
  readonly examples?: Record<string, { value?: unknown; $ref?: string }>;
}

const valueOf = (example: { value?: unknown; $ref?: string }): unknown =>
  example.$ref === undefined ? example.value : shared[example.$ref.split('/').at(-1) ?? '']?.value;

const cases = contract.operations.flatMap((operation) =>
  [['body', operation.body?.media ?? {}] as const, ...operation.responses].flatMap(
    ([where, media]) =>
      Object.entries(media).flatMap(([type, content]) => {
        const { schema, examples } = content as Media;
        const list = Object.entries(examples ?? {});
        return [{ name: `${operation.id} ${where} ${type}`, schema, list }];
      }),
  ),
);

describe('every example of the contract fits its schema', () => {
  it.each(cases)('$name', ({ schema, list }) => {
    expect(list.length).toBeGreaterThan(0);
    const check = ajv.compile(absolute(schema));
    for (const [name, example] of list) {
      check(valueOf(example));
      expect([name, check.errors]).toEqual([name, null]);
    }
  });
});
