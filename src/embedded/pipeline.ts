/** The aggregation stages this store has, each a step over a stream of rows. */
import { Int32 } from 'bson';
import { isDoc, isNumeric, type Doc, type Value } from './bson.js';
import { StoreError, unsupported } from './errors.js';
import { compileGroup } from './group.js';
import { compileProjection } from './projection.js';
import { compileFilter } from './query.js';
import { Params } from './request.js';
import { BUSY, sortKey } from './search.js';
import { toInteger } from './numbers.js';

/** A document somewhere in a pipeline; decoded only when a stage looks at it. */
export interface Row {
  readonly doc: Doc;
}

/** A stream of rows. */
export interface RowStream {
  advance(): Row | typeof BUSY | undefined;
  pause(): void;
}

/** One stage: turns a stream into another one. */
export type Stage = (input: RowStream) => RowStream;

const SORT_ROWS_MAX = 1_000_000;

function countOf(stage: string, value: Value, least: number): number {
  const number = isNumeric(value) ? toInteger(value) : undefined;
  if (number === undefined || number < least) {
    throw new StoreError(
      'Location15957',
      `the argument of ${stage} must be a whole number from ${least} on`,
    );
  }
  return number;
}

/** A stage that looks at one row at a time: a row to pass on, or undefined to drop it. */
const each =
  (visit: (row: Row) => Row | undefined): Stage =>
  (input) => ({
    advance: () => {
      const row = input.advance();
      return row === undefined || row === BUSY ? row : (visit(row) ?? BUSY);
    },
    pause: () => input.pause(),
  });

/** A stage that must see everything before it can pass on the first row. */
export const gather =
  (start: () => { add(row: Row): void; finish(): Row[] }): Stage =>
  (input) => {
    const state = start();
    let output: Iterator<Row> | undefined;
    return {
      advance: () => {
        if (!output) {
          const row = input.advance();
          if (row === undefined) output = state.finish().values();
          else if (row !== BUSY) state.add(row);
          return BUSY;
        }
        const next = output.next();
        return next.done ? undefined : next.value;
      },
      pause: () => input.pause(),
    };
  };

function limit(operand: Value): Stage {
  const most = countOf('$limit', operand, 1);
  return (input) => {
    let left = most;
    return {
      advance: () => {
        if (left === 0) return undefined;
        const row = input.advance();
        if (row !== undefined && row !== BUSY) left--;
        return row;
      },
      pause: () => input.pause(),
    };
  };
}

function skip(operand: Value): Stage {
  const many = countOf('$skip', operand, 0);
  return (input) => {
    let left = many;
    return each((row) => (left > 0 ? (left--, undefined) : row))(input);
  };
}

function sort(operand: Value): Stage {
  const spec = new Params(new Map([['$sort', operand]])).sort('$sort');
  if (!spec) throw new StoreError('Location15976', '$sort stage must have at least one sort key');
  return gather(() => {
    const rows: { key: Buffer; row: Row }[] = [];
    return {
      add: (row) => {
        rows.push({ key: sortKey(row.doc, spec), row });
        if (rows.length > SORT_ROWS_MAX) {
          throw new StoreError(
            'QueryExceededMemoryLimitNoDiskUseAllowed',
            '$sort has too many documents',
          );
        }
      },
      finish: () => rows.sort((a, b) => Buffer.compare(a.key, b.key)).map(({ row }) => row),
    };
  });
}

function project(operand: Value): Stage {
  if (!isDoc(operand) || operand.size === 0) {
    throw new StoreError('Location51272', '$project specification must have at least one field');
  }
  const apply = compileProjection(operand);
  return each((row) => ({ doc: apply ? apply(row.doc) : row.doc }));
}

function count(operand: Value): Stage {
  if (
    typeof operand !== 'string' ||
    operand === '' ||
    operand.startsWith('$') ||
    operand.includes('.')
  ) {
    throw new StoreError(
      'Location40156',
      'the count field must be a non-empty string without $ and dots',
    );
  }
  return gather(() => {
    let n = 0;
    return {
      add: () => void n++,
      finish: () => (n > 0 ? [{ doc: new Map([[operand, new Int32(n)]]) }] : []),
    };
  });
}

function unwind(operand: Value): Stage {
  const params = new Params(isDoc(operand) ? operand : new Map([['path', operand]]));
  params.only(['path', 'preserveNullAndEmptyArrays'], '$unwind');
  const path = params.text('path') ?? '';
  if (!/^\$[^$]/.test(path))
    throw new StoreError(
      'Location28818',
      `path option to $unwind stage should be prefixed with a '$': ${path}`,
    );
  const parts = path.slice(1).split('.');
  const keepEmpty = params.flag('preserveNullAndEmptyArrays');
  return (input) => {
    let queue: Row[] = [];
    return {
      advance: () => {
        const ready = queue.shift();
        if (ready) return ready;
        const row = input.advance();
        if (row === undefined || row === BUSY) return row;
        queue = unwound(row, parts, keepEmpty);
        return queue.shift() ?? BUSY;
      },
      pause: () => input.pause(),
    };
  };
}

function unwound(row: Row, parts: readonly string[], keepEmpty: boolean): Row[] {
  const value = valueAt(row.doc, parts);
  if (!Array.isArray(value)) {
    return value === undefined || value === null ? (keepEmpty ? [row] : []) : [row];
  }
  if (value.length === 0) return keepEmpty ? [{ doc: withValue(row.doc, parts, undefined) }] : [];
  return value.map((item) => ({ doc: withValue(row.doc, parts, item) }));
}

function valueAt(doc: Doc, parts: readonly string[]): Value | undefined {
  return parts.reduce<Value | undefined>(
    (value, part) => (isDoc(value) ? value.get(part) : undefined),
    doc,
  );
}

function withValue(
  doc: Doc,
  [part = '', ...rest]: readonly string[],
  value: Value | undefined,
): Doc {
  const copy: Doc = new Map(doc);
  const child = copy.get(part);
  const next = rest.length > 0 && isDoc(child) ? withValue(child, rest, value) : value;
  if (next === undefined) copy.delete(part);
  else copy.set(part, next);
  return copy;
}

/** Every stage by name; `$changeStream` stands only at the start and is handled there. */
const STAGES: Readonly<Record<string, (operand: Value) => Stage>> = {
  $match: (operand) => {
    if (!isDoc(operand))
      throw new StoreError('Location15959', 'the match filter must be an expression in an object');
    const matches = compileFilter(operand);
    return each((row) => (matches(row.doc) ? row : undefined));
  },
  $group: (operand) => gather(compileGroup(operand)),
  $sort: sort,
  $limit: limit,
  $skip: skip,
  $project: project,
  $count: count,
  $unwind: unwind,
};

/** Stages this store accepts, for its documentation test. */
export const PIPELINE_STAGES: readonly string[] = [...Object.keys(STAGES), '$changeStream'];

/** Name and operand of a stage. @throws Location40323 - it is not one */
export function stageEntry(stage: Value): [string, Value] {
  const entries = isDoc(stage) ? [...stage] : [];
  const [only] = entries;
  if (!only || entries.length !== 1) {
    throw new StoreError(
      'Location40323',
      'A pipeline stage specification object must contain exactly one field.',
    );
  }
  return only;
}

/** Compiles one stage. @throws UnrecognizedPipelineStage */
export function compileStage(stage: Value): Stage {
  const [name, operand] = stageEntry(stage);
  const build = Object.hasOwn(STAGES, name) ? STAGES[name] : undefined;
  if (build) return build(operand);
  if (name === '$changeStream') throw unsupported('$changeStream after the first stage');
  throw new StoreError('UnrecognizedPipelineStage', `Unrecognized pipeline stage name: '${name}'`);
}
