import { availableParallelism, totalmem } from 'node:os';
import type { Resources } from './frames.js';

const bytesPerMiB = 1024 * 1024;

/**
 * What this machine has, or what of it this process may use: processors by affinity, memory by the limit of its control group.
 * GPUs are not counted; add them to the answer.
 *
 * @param kept - what is kept for others: the system, the agent itself. @default nothing
 */
export function machineCapacity(kept: Resources = {}): Required<Resources> {
  // 0, or more than the machine has, where there is no limit.
  const limit = process.constrainedMemory() ?? 0;
  const bytes = limit > 0 ? Math.min(limit, totalmem()) : totalmem();
  return {
    cpuCores: Math.max(0, availableParallelism() - (kept.cpuCores ?? 0)),
    memoryMiB: Math.max(0, Math.floor(bytes / bytesPerMiB) - (kept.memoryMiB ?? 0)),
    gpus: 0,
  };
}
