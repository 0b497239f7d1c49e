import type { Instance } from './instance.js';
import type { ProcessTable } from './proc.js';

interface Earlier {
  readonly startTicks: number;
  readonly cpuTicks: number;
}

const bytesPerMiB = 1024 * 1024;

/** Measures what the process groups of instances use: resident memory, and CPU time since the last measurement. */
export class UseMeter {
  readonly #table: ProcessTable;
  #earlier = new Map<number, Earlier>();
  #measuredAt: number | undefined;

  constructor(table: ProcessTable) {
    this.#table = table;
  }

  /** Updates `use` of each instance, and tells of those whose rounded values changed. The first measurement knows no CPU yet. */
  measure(instances: readonly Instance[], onChange: (instance: Instance) => void): void {
    if (!this.#table.supported) return;
    const now = performance.now();
    const seconds = this.#measuredAt === undefined ? 0 : (now - this.#measuredAt) / 1000;
    const seen = new Map<number, Earlier>();
    for (const instance of instances) {
      let ticks = 0;
      let pages = 0;
      for (const { pid, startTicks, cpuTicks, residentPages } of instance.group?.members() ?? []) {
        const earlier = this.#earlier.get(pid);
        // One that was not there at the last measurement has used all its time since.
        ticks += earlier?.startTicks === startTicks ? cpuTicks - earlier.cpuTicks : cpuTicks;
        pages += residentPages;
        seen.set(pid, { startTicks, cpuTicks });
      }
      const cpuCores = seconds > 0 ? ticks / this.#table.ticksPerSecond / seconds : 0;
      const memoryMiB = (pages * this.#table.pageBytes) / bytesPerMiB;
      const use = { cpuCores: round(cpuCores, 100), memoryMiB: round(memoryMiB, 1) };
      const before = instance.use;
      instance.use = use;
      if (use.cpuCores !== before?.cpuCores || use.memoryMiB !== before.memoryMiB)
        onChange(instance);
    }
    this.#earlier = seen;
    this.#measuredAt = now;
  }
}

function round(value: number, parts: number): number {
  return Math.round(value * parts) / parts;
}
