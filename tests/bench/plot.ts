/** Plots of what grows with the work: lines over the size, both axes logarithmic. */
import type { Metric } from './measure.js';

/** Where a metric stands in a plot. */
export interface PlotPlace {
  readonly plot: string;
  readonly line: string;
  /** What grows: the number of instances, of clusters … */
  readonly size: number;
}

export type PlottedMetric = Metric & { readonly at: PlotPlace };

const width = 720;
const height = 360;
const margin = { left: 90, right: 190, top: 40, bottom: 50 };
/** Told apart by people who see colours in another way, too. */
const colours = ['#0072b2', '#d55e00', '#009e73', '#cc79a7'];

interface Axis {
  readonly ticks: readonly number[];
  readonly place: (value: number) => number;
}

/** A logarithmic axis over whole powers of ten. */
function axisOver(values: readonly number[], from: number, to: number): Axis {
  const low = Math.floor(Math.log10(Math.min(...values)));
  const high = Math.max(low + 1, Math.ceil(Math.log10(Math.max(...values))));
  const ticks = Array.from({ length: high - low + 1 }, (_, index) => 10 ** (low + index));
  return {
    ticks,
    place: (value) => from + ((Math.log10(value) - low) / (high - low)) * (to - from),
  };
}

const text = (x: number, y: number, words: string, more = ''): string =>
  `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" ${more}>${words.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</text>`;

const line = (x1: number, y1: number, x2: number, y2: number): string =>
  `<line x1="${x1.toFixed(1)}" y1="${y1.toFixed(1)}" x2="${x2.toFixed(1)}" y2="${y2.toFixed(1)}" stroke="#ccc"/>`;

const numberText = (value: number): string =>
  value < 1 ? String(Number(value.toPrecision(1))) : Math.round(value).toLocaleString('en');

/** One plot of metrics that have the same unit. */
export function toSvg(title: string, metrics: readonly PlottedMetric[]): string {
  const right = width - margin.right;
  const bottom = height - margin.bottom;
  const sizes = axisOver(
    metrics.map(({ at }) => at.size),
    margin.left,
    right,
  );
  const values = axisOver(
    metrics.map(({ median }) => median),
    bottom,
    margin.top,
  );
  const parts: string[] = [];
  for (const tick of sizes.ticks) {
    const x = sizes.place(tick);
    parts.push(line(x, margin.top, x, bottom));
    parts.push(text(x, bottom + 18, numberText(tick), 'text-anchor="middle"'));
  }
  for (const tick of values.ticks) {
    const y = values.place(tick);
    parts.push(line(margin.left, y, right, y));
    parts.push(text(margin.left - 8, y + 4, numberText(tick), 'text-anchor="end"'));
  }
  [...new Set(metrics.map(({ at }) => at.line))].forEach((name, index) => {
    const colour = colours[index % colours.length] ?? '#000';
    const own = metrics.filter(({ at }) => at.line === name);
    const points = own.map(({ at, median }) => [sizes.place(at.size), values.place(median)]);
    const path = points.map((point) => point.map((each) => each.toFixed(1)).join(',')).join(' ');
    parts.push(`<polyline points="${path}" fill="none" stroke="${colour}" stroke-width="2"/>`);
    for (const [x = 0, y = 0] of points)
      parts.push(`<circle cx="${x.toFixed(1)}" cy="${y.toFixed(1)}" r="3.5" fill="${colour}"/>`);
    parts.push(text(right + 12, margin.top + 12 + index * 20, name, `fill="${colour}"`));
  });
  const unit = metrics[0]?.unit ?? '';
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="sans-serif" font-size="12" role="img">`,
    `<title>${title}</title>`,
    `<rect width="${width}" height="${height}" fill="#fff"/>`,
    text(margin.left, 22, `${title} (${unit})`, 'font-size="15" font-weight="bold"'),
    ...parts,
    '</svg>\n',
  ].join('\n');
}
