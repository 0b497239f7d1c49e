import { useEffect, useRef, type CSSProperties, type ReactNode } from 'react';
import { useVirtualizer } from '@tanstack/react-virtual';
import { count } from '../model/numbers.js';
import { Failure } from './failure.js';

export interface Column<T> {
  readonly title: string;
  /** Share of the width, as in `2fr` or `8rem`. */
  readonly width: string;
  readonly cell: (item: T) => ReactNode;
  /** Left out on a phone. */
  readonly wide?: boolean;
}

interface TableProps<T> {
  readonly label: string;
  readonly columns: readonly Column<T>[];
  readonly items: readonly T[];
  readonly keyOf: (item: T) => string;
  /** Whether nothing comes after `items`. */
  readonly complete: boolean;
  readonly error?: unknown;
  /** Is told which items are on the screen, so that more can be read. */
  readonly onLook?: (first: number, last: number) => void;
  readonly empty: string;
}

const rowHeight = 44;

const widthsOf = (columns: readonly Column<never>[]): string =>
  columns.map(({ width }) => `minmax(0, ${width})`).join(' ');

/** The widths of the columns, with and without those that a phone leaves out; the style sheet chooses. */
const gridOf = <T,>(columns: readonly Column<T>[]): CSSProperties => ({
  ['--columns' as string]: widthsOf(columns),
  ['--columns-phone' as string]: widthsOf(columns.filter(({ wide }) => wide !== true)),
});

/** A table of any length: only what is on the screen is drawn. */
export function Table<T>(props: TableProps<T>) {
  const { label, columns, items, keyOf, complete, error, onLook, empty } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 8,
  });
  const rows = virtual.getVirtualItems();
  const first = rows[0]?.index ?? 0;
  const last = rows.at(-1)?.index ?? 0;
  useEffect(() => onLook?.(first, last), [onLook, first, last]);
  const grid = gridOf(columns);
  const classOf = ({ wide }: Column<T>): string | undefined => (wide ? 'wide' : undefined);
  return (
    <>
      <Failure error={error} />
      <div
        className="table"
        role="table"
        aria-label={label}
        aria-rowcount={complete ? items.length + 1 : -1}
      >
        <div role="rowgroup" className="head">
          <div role="row" aria-rowindex={1} style={grid}>
            {columns.map((column) => (
              <span role="columnheader" key={column.title} className={classOf(column)}>
                {column.title}
              </span>
            ))}
          </div>
        </div>
        <div
          role="rowgroup"
          className="rows"
          ref={scroller}
          tabIndex={0}
          aria-label={`${label}, rows`}
        >
          <div className="all" style={{ height: virtual.getTotalSize() }} role="presentation">
            {rows.map(({ index, start }) => {
              const item = items[index];
              if (item === undefined) return null;
              return (
                <div
                  role="row"
                  key={keyOf(item)}
                  aria-rowindex={index + 2}
                  style={{ ...grid, transform: `translateY(${start}px)` }}
                >
                  {columns.map((column) => (
                    <span role="cell" key={column.title} className={classOf(column)}>
                      {column.cell(item)}
                    </span>
                  ))}
                </div>
              );
            })}
          </div>
        </div>
      </div>
      <p className="quiet" role="status">
        {items.length === 0 && complete
          ? empty
          : `${count(items.length)}${complete ? ' in all' : ' read so far'}`}
      </p>
    </>
  );
}
