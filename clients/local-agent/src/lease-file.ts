import { readFileSync } from 'node:fs';
import { rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { LeasedInstance } from '@system-manager/client/agent';

/** What must be known of leases while the agent is dead. It means nothing after a reboot, so it need not reach the disk. */
export interface LeaseState {
  readonly agentId: string;
  readonly bootId: string;
  /** When the last frame that the manager has answered was sent, in milliseconds since boot. */
  readonly renewedAt: number;
  /** The watchdog that has to watch; any other one can go. */
  readonly watchdogPid?: number;
  readonly leases: readonly LeasedInstance[];
}

export const leaseFilePath = (dataDir: string): string => join(dataDir, 'leases.json');

/** The state that was written last; nothing when there is none, or it cannot be read. */
export function readLeases(path: string): LeaseState | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as LeaseState;
  } catch {
    return undefined;
  }
}

/** Whoever reads sees the old state or the new one. */
export async function writeLeases(path: string, state: LeaseState): Promise<void> {
  await writeFile(`${path}.new`, JSON.stringify(state), { mode: 0o600 });
  await rename(`${path}.new`, path);
}
