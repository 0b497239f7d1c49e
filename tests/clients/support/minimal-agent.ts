import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ServiceDescriptor } from '@system-manager/client';
import type { TestManager } from '@system-manager/client/testing';
import { Child } from '../../../scripts/child.js';
import { eventually } from './waiting.js';

export const exampleFile = fileURLToPath(
  new URL('../../../examples/minimal-agent.ts', import.meta.url),
);

/** A start of a command, as the command itself wrote it down. */
export interface Effect {
  readonly instance: string;
  readonly pid: number;
}

/** The manager that it connects to. */
type Target = Pick<TestManager, 'url' | 'enrolmentToken'>;

/** The agent of the examples in a directory of its own, and the effects that its orders had. */
export class MinimalAgent {
  readonly name: string;
  readonly #manager: Target;
  readonly #directory: string;
  readonly #file: string;
  #child: Child | undefined;

  private constructor(name: string, manager: Target, directory: string, file: string) {
    this.name = name;
    this.#manager = manager;
    this.#directory = directory;
    this.#file = file;
  }

  /** @param file - where it is, when it is not the one of the examples */
  static async create(name: string, manager: Target, file = exampleFile): Promise<MinimalAgent> {
    const directory = await mkdtemp(join(tmpdir(), 'sm-minimal-'));
    return new MinimalAgent(name, manager, directory, file);
  }

  /** Starts it, or starts it again, and waits for its session. */
  async start(): Promise<void> {
    let onSession: (() => void) | undefined;
    const connected = new Promise<void>((resolve) => {
      onSession = resolve;
    });
    this.#child = new Child({
      name: this.name,
      args: ['--import', import.meta.resolve('tsx'), this.#file, this.#manager.url, this.name],
      environment: { ...process.env, SM_ENROLMENT_TOKEN: this.#manager.enrolmentToken },
      cwd: this.#directory,
      onLine: (line) => {
        if (line.startsWith('session ')) onSession?.();
      },
    });
    const { exited } = this.#child;
    await Promise.race([
      connected,
      exited.then(() => {
        throw new Error(`the agent ended: ${this.#child?.tail().join('\n')}`);
      }),
    ]);
  }

  async kill(): Promise<void> {
    this.#child?.kill('SIGKILL');
    await this.#child?.exited;
  }

  /** Ends it in order. @returns its exit code */
  async stop(): Promise<number | null | undefined> {
    return (await this.#child?.stop())?.code;
  }

  /** A service whose instances write down that they were started, and go on for long. */
  descriptor(replicas: number): ServiceDescriptor {
    const program = `echo "$INSTANCE $$" >> ${this.#effectsFile}; exec sleep 1000`;
    return {
      name: 'sleeper',
      replicas,
      command: ['sh', '-c', program],
      resources: { cpuCores: 0, memoryMiB: 0 },
      placement: { cluster: this.name },
    };
  }

  /** All starts so far. */
  async effects(): Promise<readonly Effect[]> {
    const text = await readFile(this.#effectsFile, 'utf8').catch(() => '');
    return text
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => line.split(' '))
      .map(([instance = '', pid]) => ({ instance, pid: Number(pid) }));
  }

  /** The started ones that still run. */
  async running(): Promise<readonly Effect[]> {
    const effects = await this.effects();
    const states = await Promise.all(effects.map(({ pid }) => runs(pid)));
    return effects.filter((_, index) => states[index]);
  }

  /** Ends the agent and whatever it has started. */
  async destroy(): Promise<void> {
    await this.kill();
    for (const { pid } of await this.running()) process.kill(pid, 'SIGKILL');
    await eventually('nothing runs any more', async () => (await this.running()).length === 0);
    await rm(this.#directory, { recursive: true, force: true });
  }

  get #effectsFile(): string {
    return join(this.#directory, 'effects');
  }
}

/** Whether a process is there and is more than its exit code that nobody has asked for. */
async function runs(pid: number): Promise<boolean> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined);
  return stat !== undefined && !/\) [ZX] /.test(stat);
}
