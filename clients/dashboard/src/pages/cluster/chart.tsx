import { useEffect, useRef } from 'react';
import UPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import type { Sample } from '../../data/capacity-samples.js';

interface ChartProps {
  readonly samples: readonly Sample[];
  /** Says in words what the picture shows. */
  readonly label: string;
}

const height = 240;

const dataOf = (samples: readonly Sample[]): UPlot.AlignedData => [
  samples.map(({ at }) => at / 1000),
  samples.map(({ cpuCores }) => cpuCores),
  samples.map(({ reservedCpuCores }) => reservedCpuCores),
  samples.map(({ usedCpuCores }) => usedCpuCores ?? null),
];

/** Colours as the page has them at this moment; a canvas knows no custom properties. */
function colours(host: HTMLElement): (name: string) => string {
  return (name) => {
    host.style.color = `var(--${name})`;
    const { color } = getComputedStyle(host);
    host.style.color = '';
    return color;
  };
}

function optionsFor(host: HTMLElement): UPlot.Options {
  const colour = colours(host);
  const axis = { stroke: colour('quiet'), grid: { stroke: colour('line') } };
  return {
    width: host.clientWidth,
    height,
    axes: [axis, { ...axis, label: 'cores', size: 60 }],
    scales: { y: { range: (_, __, max) => [0, Math.max(1, max * 1.1)] } },
    series: [
      {},
      { label: 'Capacity', stroke: colour('quiet'), width: 2 },
      { label: 'Reserved', stroke: colour('accent'), width: 2 },
      { label: 'In use', stroke: colour('good'), width: 2 },
    ],
  };
}

/** Capacity, reservation and use of CPU over time. */
export function Chart({ samples, label }: ChartProps) {
  const host = useRef<HTMLDivElement>(null);
  const plot = useRef<UPlot>(undefined);
  const begin = useRef(samples);
  useEffect(() => {
    const element = host.current;
    if (!element) return undefined;
    const chart = new UPlot(optionsFor(element), dataOf(begin.current), element);
    plot.current = chart;
    const watcher = new ResizeObserver(() => chart.setSize({ width: element.clientWidth, height }));
    watcher.observe(element);
    return () => {
      watcher.disconnect();
      chart.destroy();
    };
  }, []);
  useEffect(() => plot.current?.setData(dataOf(samples)), [samples]);
  return <div ref={host} role="img" aria-label={label} className="chart" />;
}
