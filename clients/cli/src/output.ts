import Table from 'cli-table3';
import { stringify } from 'yaml';
import { paint, type Io, type Tone } from './io.js';

export const formats = ['table', 'wide', 'json', 'yaml', 'name'] as const;
export type Format = (typeof formats)[number];

/** One column of a table. */
export interface Column<Row> {
  readonly title: string;
  /** Only in `-o wide`. */
  readonly wide?: boolean;
  readonly value: (row: Row) => string;
  readonly tone?: (row: Row) => Tone | undefined;
}

const bare = {
  ...{ top: '', 'top-mid': '', 'top-left': '', 'top-right': '' },
  ...{ bottom: '', 'bottom-mid': '', 'bottom-left': '', 'bottom-right': '' },
  ...{ left: '', 'left-mid': '', mid: '', 'mid-mid': '', right: '', 'right-mid': '', middle: '' },
};

/** A table without lines, as people and other tools like it. */
export function tableOf<Row>(
  io: Io,
  columns: readonly Column<Row>[],
  rows: readonly Row[],
): string {
  const table = new Table({
    chars: bare,
    style: { 'padding-left': 0, 'padding-right': 2, head: [], border: [] },
    head: columns.map(({ title }) => paint(io, io.out, 'strong', title)),
  });
  for (const row of rows)
    table.push(columns.map(({ value, tone }) => paint(io, io.out, tone?.(row), value(row))));
  const lines = table.toString().split('\n');
  return `${lines.map((line) => line.trimEnd()).join('\n')}\n`;
}

/** What is printed of resources of one kind. */
export interface Printed<Row> {
  readonly columns: readonly Column<Row>[];
  /** What `-o name` prints: `service/hello`. */
  readonly name: (row: Row) => string;
  /** Said where there are none. */
  readonly none: string;
}

const asYaml = (value: unknown): string => stringify(value, { aliasDuplicateObjects: false });

/** Prints a list in the form that was asked for. */
export function printList<Row>(
  io: Io,
  format: Format,
  { columns, name, none }: Printed<Row>,
  rows: readonly Row[],
): void {
  switch (format) {
    case 'json':
    case 'yaml':
      printWhole(io, format, { items: rows });
      return;
    case 'name':
      io.out.write(rows.map((row) => `${name(row)}\n`).join(''));
      return;
    case 'table':
    case 'wide': {
      const shown = columns.filter(({ wide }) => wide !== true || format === 'wide');
      if (rows.length > 0) io.out.write(tableOf(io, shown, rows));
      else io.err.write(`${none}\n`);
      return;
    }
    default:
      format satisfies never;
  }
}

/** Prints something as a whole, for people or for other tools: JSON where that was asked for, YAML otherwise. */
export const printWhole = (io: Io, format: Format, value: unknown): void =>
  io.out.write(format === 'json' ? `${JSON.stringify(value, null, 2)}\n` : asYaml(value));

/** Prints one resource: a table of one line, or all of it. */
export function printOne<Row>(io: Io, format: Format, printed: Printed<Row>, row: Row): void {
  if (format === 'json' || format === 'yaml') printWhole(io, format, row);
  else printList(io, format, printed, [row]);
}

/** `3m`, `2h`, `5d`: how long ago it was. */
export function ageOf(at: string | undefined, nowMs: number): string {
  if (at === undefined) return '-';
  const seconds = Math.max(0, Math.round((nowMs - Date.parse(at)) / 1000));
  if (seconds < 120) return `${seconds}s`;
  if (seconds < 7_200) return `${Math.floor(seconds / 60)}m`;
  if (seconds < 172_800) return `${Math.floor(seconds / 3600)}h`;
  return `${Math.floor(seconds / 86_400)}d`;
}
