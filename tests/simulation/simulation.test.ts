import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';

const main = fileURLToPath(new URL('main.ts', import.meta.url));

/** Runs one seed in a process of its own. */
async function simulate(seed: number): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, ['--import', 'tsx', main], {
    env: { ...process.env, SEED: String(seed), SHRINK: '0', LOG: '' },
  });
  return stdout;
}

const hashOf = (told: string): string | undefined => /^hash (\S+),/m.exec(told)?.[1];

describe('the simulation', () => {
  it('repeats a run bit for bit in another process', { timeout: 60_000 }, async () => {
    const [once, again, other] = await Promise.all([simulate(1), simulate(1), simulate(3)]);
    expect(hashOf(once)).toMatch(/^[0-9a-f]{16}-\d+$/);
    expect(hashOf(again)).toBe(hashOf(once));
    expect(hashOf(other)).not.toBe(hashOf(once));
  });
});
