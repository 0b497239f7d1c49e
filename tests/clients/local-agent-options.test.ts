import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  OptionsError,
  describeOptions,
  parseOptions,
} from '../../clients/local-agent/src/options.js';

const needed = ['--name', 'local-a', '--data-dir', '/var/lib/agent'];

function faultsOf(args: string[], environment: NodeJS.ProcessEnv = {}): string[] {
  try {
    parseOptions(args, environment);
  } catch (error) {
    if (error instanceof OptionsError) return error.message.split('\n');
    throw error;
  }
  return [];
}

describe('the options of the local agent', () => {
  it('have defaults', () => {
    const options = parseOptions(needed, {});
    expect(options).toMatchObject({
      name: 'local-a',
      url: 'http://127.0.0.1:10000',
      dataDir: '/var/lib/agent',
      workers: 2,
      host: '127.0.0.1',
      labels: {},
      portRange: { first: 20_000, last: 29_999 },
      stopTimeoutMs: 5_000,
      keepInstances: false,
      logLevel: 'info',
    });
    expect(options?.capacity.cpuCores).toBeGreaterThan(0);
    expect(options?.capacity.memoryMiB).toBeGreaterThan(0);
  });

  it('come from the environment too; the command line wins', () => {
    const options = parseOptions(['--name', 'given', '--workers', '3'], {
      SM_AGENT_NAME: 'told',
      SM_AGENT_DATA_DIR: '/told',
      SM_AGENT_WORKERS: '9',
      SM_AGENT_LABEL: 'tier=gold,zone=b',
      SM_AGENT_KEEP_INSTANCES: 'true',
      SM_AGENT_LATITUDE: '48.1',
      SM_AGENT_LONGITUDE: '11.6',
      SM_AGENT_ENROLMENT_TOKEN: 'secret',
    });
    expect(options).toMatchObject({
      name: 'given',
      dataDir: '/told',
      workers: 3,
      labels: { tier: 'gold', zone: 'b' },
      keepInstances: true,
      coordinates: { latitude: 48.1, longitude: 11.6 },
      enrolmentToken: 'secret',
    });
  });

  it('are refused all at once', () => {
    const faults = faultsOf(
      [
        ...['--name', '-x', '--url', 'ftp://x', '--workers', '1.5', '--memory-mib', 'much'],
        ...['--label', 'nope', '--port-range', '9-1', '--log-level', 'loud', '--latitude', '1'],
      ].map((part, index, all) => (all[index - 1] === '--name' ? '_x' : part)),
    );
    const flags = faults.map((fault) => fault.split(' ')[0]);
    expect(flags).toEqual(
      expect.arrayContaining([
        ...['--name', '--data-dir', '--url', '--workers', '--memory-mib', '--label'],
        ...['--port-range', '--log-level', '--longitude'],
      ]),
    );
  });

  it('that nobody knows are refused', () => {
    expect(faultsOf([...needed, '--colour', 'red'])[0]).toContain('--colour');
  });

  it('read the enrolment token from a file', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'sm-options-'));
    try {
      const path = join(directory, 'token');
      await writeFile(path, 'from-file\n');
      const options = parseOptions([...needed, '--enrolment-token-file', path], {});
      expect(options?.enrolmentToken).toBe('from-file');
      expect(faultsOf([...needed, '--enrolment-token-file', `${path}-not`])).toHaveLength(1);
    } finally {
      await rm(directory, { recursive: true });
    }
  });

  it('are described', () => {
    expect(parseOptions(['--help'], {})).toBeUndefined();
    expect(describeOptions()).toContain('--enrolment-token-file FILE');
  });
});
