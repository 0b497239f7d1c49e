import { TypeCompiler, type TypeCheck } from '@sinclair/typebox/compiler';
import { Value } from '@sinclair/typebox/value';
import type { Static, TSchema } from '@sinclair/typebox';
import type { components } from '../../generated/openapi.js';
import { AgentFrames, SchedulerFrames } from '../../generated/schemas.js';
import { DomainError, type FieldError } from '../domain/errors.js';

/** What an agent may send; the branch is told by `type`. */
export type AgentFrame = {
  [K in keyof typeof AgentFrames]: Static<(typeof AgentFrames)[K]>;
}[keyof typeof AgentFrames];
export type ManagerFrame = components['schemas']['ManagerFrame'];
/** What a scheduler may send. */
export type SchedulerFrame = {
  [K in keyof typeof SchedulerFrames]: Static<(typeof SchedulerFrames)[K]>;
}[keyof typeof SchedulerFrames];
export type SchedulerManagerFrame = components['schemas']['SchedulerManagerFrame'];
export type ErrorFrame = components['schemas']['ErrorFrame'];
export type Order = components['schemas']['Order'];

type Checks = ReadonlyMap<string, { schema: TSchema; check: TypeCheck<TSchema> }>;

/** Each branch is compiled by itself: the errors of a union say nothing about the branch that was meant. */
const compile = (branches: Readonly<Record<string, TSchema>>): Checks =>
  new Map(
    Object.entries(branches).map(([type, schema]) => [
      type,
      { schema, check: TypeCompiler.Compile(schema) },
    ]),
  );

const agentChecks = compile(AgentFrames);
const schedulerChecks = compile(SchedulerFrames);

const errorsMax = 20;

function fieldErrors(check: TypeCheck<TSchema>, value: unknown): readonly FieldError[] {
  const errors: FieldError[] = [];
  for (const { path, message } of check.Errors(value)) {
    if (errors.length === errorsMax) break;
    if (!errors.some((each) => each.pointer === `#${path}`))
      errors.push({ pointer: `#${path}`, detail: message });
  }
  return errors;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw new DomainError('malformed-frame', 'A frame is one JSON object.', { cause: error });
  }
}

function parseFrame(checks: Checks, text: string): unknown {
  const value = parse(text);
  const type =
    typeof value === 'object' && value !== null && 'type' in value ? value.type : undefined;
  const known = typeof type === 'string' ? checks.get(type) : undefined;
  if (known === undefined)
    throw new DomainError(
      'invalid-frame',
      `A frame has one of the types ${[...checks.keys()].join(', ')}.`,
      {
        errors: [{ pointer: '#/type', detail: `must be one of ${[...checks.keys()].join(', ')}` }],
      },
    );
  if (!known.check.Check(value)) {
    const errors = fieldErrors(known.check, value);
    throw new DomainError(
      'invalid-frame',
      `The frame of type ${String(type)} breaks the contract.`,
      {
        errors,
      },
    );
  }
  return Value.Default(known.schema, value);
}

/** @throws DomainError `malformed-frame`, `invalid-frame` naming each field */
export const parseAgentFrame = (text: string): AgentFrame =>
  parseFrame(agentChecks, text) as AgentFrame;

/** @throws DomainError `malformed-frame`, `invalid-frame` naming each field */
export const parseSchedulerFrame = (text: string): SchedulerFrame =>
  parseFrame(schedulerChecks, text) as SchedulerFrame;
