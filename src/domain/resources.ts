/**
 * An amount of computing resources. All whole numbers, so that sums of reservations are exact:
 * `cpuMillicores` (1000 is one core), `memoryMiB`, `gpus`.
 */
export interface Resources {
  readonly cpuMillicores: number;
  readonly memoryMiB: number;
  readonly gpus: number;
}

/** Resources in use, as measured; only what the agent could measure. */
export interface ResourceUse {
  readonly cpuCores?: number | undefined;
  readonly memoryMiB?: number | undefined;
}

export const noResources: Resources = { cpuMillicores: 0, memoryMiB: 0, gpus: 0 };

export const addResources = (a: Resources, b: Resources): Resources => ({
  cpuMillicores: a.cpuMillicores + b.cpuMillicores,
  memoryMiB: a.memoryMiB + b.memoryMiB,
  gpus: a.gpus + b.gpus,
});

export const subtractResources = (a: Resources, b: Resources): Resources => ({
  cpuMillicores: a.cpuMillicores - b.cpuMillicores,
  memoryMiB: a.memoryMiB - b.memoryMiB,
  gpus: a.gpus - b.gpus,
});

/** Whether `wanted` fits into `free`. What is not wanted always fits, also where `free` is below zero. */
export const fits = (wanted: Resources, free: Resources): boolean =>
  (wanted.cpuMillicores === 0 || wanted.cpuMillicores <= free.cpuMillicores) &&
  (wanted.memoryMiB === 0 || wanted.memoryMiB <= free.memoryMiB) &&
  (wanted.gpus === 0 || wanted.gpus <= free.gpus);

export const sameResources = (a: Resources, b: Resources): boolean =>
  a.cpuMillicores === b.cpuMillicores && a.memoryMiB === b.memoryMiB && a.gpus === b.gpus;
