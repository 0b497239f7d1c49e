import type { Metric } from './measure.js';

/** How much of its ceiling a metric reaches; undefined without one. */
export function ratioOf(metric: Metric, all: readonly Metric[]): number | undefined {
  const ceiling = all.find(({ name }) => name === metric.ceiling);
  return ceiling && metric.median / ceiling.median;
}

const rounded = (value: number): string => value.toFixed(value < 100 ? 1 : 0);

/** The metrics as a Markdown table, columns aligned. */
export function toTable(metrics: readonly Metric[]): string {
  const head = ['path', 'median', 'unit', 'spread', 'of ceiling', 'ceiling'];
  const rows = metrics.map((metric) => {
    const ratio = ratioOf(metric, metrics);
    return [
      metric.name,
      rounded(metric.median),
      metric.unit,
      `${(metric.spread * 100).toFixed(0)} %`,
      ratio === undefined ? '' : `${(ratio * 100).toFixed(ratio < 0.1 ? 1 : 0)} %`,
      metric.ceiling ?? '',
    ];
  });
  const widths = head.map((title, column) =>
    Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  const rule = line(widths.map((width) => '-'.repeat(width)));
  return [line(head), rule, ...rows.map(line)].join('\n');
}
