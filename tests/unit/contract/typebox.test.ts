import { Type } from '@sinclair/typebox';
import { TypeCompiler } from '@sinclair/typebox/compiler';
import { describe, expect, it } from 'vitest';
import {
  AgentFrames,
  ApplyFrame,
  HelloFrame,
  ManagerFrames,
  ReportFrame,
  ServiceDescriptor,
} from '../../../generated/schemas.js';
import { expression, inOrder, typeboxModule } from '../../../scripts/typebox.js';

const id = '66b2f0a1c3d4e5f607182930';

describe('the generator', () => {
  it('refuses what it would have to drop', () => {
    expect(() => expression({ type: 'object', patternProperties: {} })).toThrow(
      'keyword not supported: patternProperties',
    );
    expect(() => expression({ type: 'string', format: 'uri' })).toThrow('format not supported');
    expect(() => expression({ type: 'date' })).toThrow('type not supported');
    expect(() =>
      expression({ type: 'object', properties: {}, additionalProperties: { type: 'string' } }),
    ).toThrow('not supported');
  });

  it('keeps bounds, defaults and closedness', () => {
    const node = {
      type: 'object',
      additionalProperties: false,
      required: ['a'],
      properties: { a: { type: 'integer', minimum: 1, default: 3 }, b: { enum: ['x', 'y'] } },
    };
    expect(expression(node)).toBe(
      'Type.Object({ "a": Type.Integer({"default":3,"minimum":1}), ' +
        '"b": Type.Optional(Type.Union([Type.Literal("x"), Type.Literal("y")])) }, ' +
        '{"additionalProperties":false})',
    );
  });

  it('puts each schema after those it needs, and refuses circles', () => {
    const needs = (name: string) => ({ $ref: `#/components/schemas/${name}` });
    expect(inOrder({ A: { allOf: [needs('B')] }, B: { type: 'string' } }, ['A'])).toEqual([
      'B',
      'A',
    ]);
    expect(() => inOrder({ A: { items: needs('A') } }, ['A'])).toThrow('circle');
  });

  it('offers the branches of a union one by one', () => {
    const text = typeboxModule(
      {
        F: {
          oneOf: [{ $ref: '#/components/schemas/G' }],
          discriminator: { propertyName: 'type', mapping: { g: '#/components/schemas/G' } },
        },
        G: { type: 'object' },
      },
      ['F'],
    );
    expect(text).toContain('export const Fs = { "g": G } as const;');
  });
});

describe('the generated schemas', () => {
  it('take the frames that the protocol means', () => {
    const hello = { type: 'hello', name: 'munich-1', capabilities: ['process'] };
    expect(TypeCompiler.Compile(HelloFrame).Check(hello)).toBe(true);
    const report = {
      type: 'report',
      session: 1,
      sequence: 1,
      instances: [{ instanceId: id, generation: 1, phase: 'RUNNING' }],
    };
    expect(TypeCompiler.Compile(ReportFrame).Check(report)).toBe(true);
    const order = { instanceId: id, generation: 1, action: 'run', descriptor: { name: 'a' } };
    expect(
      TypeCompiler.Compile(ApplyFrame).Check({ type: 'apply', id: '1', orders: [order] }),
    ).toBe(true);
  });

  it('refuse unknown fields, wrong types and broken bounds', () => {
    const check = TypeCompiler.Compile(HelloFrame);
    expect(check.Check({ type: 'hello', name: 'a', capabilities: [], x: 1 })).toBe(false);
    expect(check.Check({ type: 'hello', name: '-', capabilities: [] })).toBe(false);
    expect(check.Check({ type: 'hello', name: 'a', capabilities: ['x', 'x'] })).toBe(false);
  });

  it('check the value of every key of a map, whatever the key is', () => {
    const check = TypeCompiler.Compile(ServiceDescriptor);
    expect(check.Check({ name: 'a', environment: { 'a\nb': 'text' } })).toBe(true);
    expect(check.Check({ name: 'a', environment: { 'a\nb': 1 } })).toBe(false);
  });

  it('know points in time', () => {
    const text = expression({ type: 'string', format: 'date-time' });
    const { pattern } = JSON.parse(text.slice('Type.String('.length, -1)) as { pattern: string };
    const check = TypeCompiler.Compile(Type.String({ pattern }));
    expect(check.Check('2026-01-05T09:30:00.000Z')).toBe(true);
    expect(check.Check('yesterday')).toBe(false);
  });

  it('list the kinds of frames', () => {
    expect(Object.keys(AgentFrames)).toEqual(['hello', 'report', 'ack', 'nack', 'bye', 'rotate']);
    expect(Object.keys(ManagerFrames)).toEqual([
      'welcome',
      'apply',
      'reported',
      'credential',
      'error',
    ]);
  });
});
