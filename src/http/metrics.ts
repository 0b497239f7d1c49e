/** Measurements in Prometheus form. Each app has its own registry, so that several can live in one process. */
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

/** One value of a gauge. */
export interface Sample {
  readonly labels?: Readonly<Record<string, string>>;
  readonly value: number;
}

/** A gauge that is asked when the metrics are read. */
export interface GaugeSource {
  /** Full name, as in `sm_gateway_sessions`. */
  readonly name: string;
  readonly help: string;
  readonly labelNames?: readonly string[];
  /** All values of now; what is not among them is gone. */
  collect(): readonly Sample[] | Promise<readonly Sample[]>;
}

/** Where measurements are taken in and read. */
export interface Metrics {
  /** Takes in one answered request. */
  observeRequest(operationId: string, status: number, seconds: number): void;
  /** Adds a gauge of another room. */
  registerGauge(source: GaugeSource): void;
  /** Everything in the Prometheus text format. */
  text(): Promise<string>;
}

const durationBuckets = [
  0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 60,
];

/**
 * An empty set of measurements.
 *
 * @param processMetrics - also measure the process: CPU, memory, garbage collection, event-loop delay
 */
export const createMetrics = (processMetrics = true): Metrics => {
  const registry = new Registry();
  const registers = [registry];
  if (processMetrics) collectDefaultMetrics({ register: registry });
  const requests = new Histogram({
    name: 'sm_http_request_duration_seconds',
    help: 'Duration of HTTP requests by operation and status.',
    labelNames: ['operation', 'status'],
    buckets: durationBuckets,
    registers,
  });
  const failures = new Counter({
    name: 'sm_metrics_collect_failures_total',
    help: 'How often a gauge could not be read.',
    labelNames: ['gauge'],
    registers,
  });
  return {
    observeRequest: (operation, status, seconds) => {
      requests.observe({ operation, status: String(status) }, seconds);
    },
    registerGauge: (source) => {
      new Gauge({
        name: source.name,
        help: source.help,
        labelNames: [...(source.labelNames ?? [])],
        registers,
        async collect() {
          this.reset();
          try {
            for (const { labels, value } of await source.collect()) this.set({ ...labels }, value);
          } catch {
            // One room that cannot answer must not hide the measurements of the others.
            failures.inc({ gauge: source.name });
            // Without labels a reset leaves a zero, which would be a lie.
            if ((source.labelNames ?? []).length === 0) this.remove();
          }
        },
      });
    },
    text: () => registry.metrics(),
  };
};
