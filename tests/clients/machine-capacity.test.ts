import { availableParallelism, totalmem } from 'node:os';
import { describe, expect, it } from 'vitest';
import { machineCapacity } from '../../clients/typescript/src/agent/index.js';

describe('the capacity of this machine', () => {
  it('is no more than it has, less what is kept', () => {
    const all = machineCapacity();
    expect(all.cpuCores).toBe(availableParallelism());
    expect(all.memoryMiB).toBeGreaterThan(0);
    expect(all.memoryMiB).toBeLessThanOrEqual(totalmem() / 1024 / 1024);
    expect(machineCapacity({ cpuCores: 0.5, memoryMiB: 10 })).toEqual({
      cpuCores: all.cpuCores - 0.5,
      memoryMiB: all.memoryMiB - 10,
      gpus: 0,
    });
  });

  it('is never below nothing', () => {
    const kept = { cpuCores: 1_000_000, memoryMiB: 1_000_000_000 };
    expect(machineCapacity(kept)).toEqual({ cpuCores: 0, memoryMiB: 0, gpus: 0 });
  });
});
