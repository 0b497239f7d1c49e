import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ProcessTable, type ProcessInfo } from '../../../clients/local-agent/src/proc.js';
import { enrolmentToken, type FakeManager } from './fake-manager.js';
import { eventually } from './waiting.js';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const shiftedUptime = new URL('./shifted-uptime.ts', import.meta.url).href;

/** Runs the agent's command from its sources, as a process of its own that can be killed. */
export class LocalAgentProcess {
  readonly dataDir: string;
  #shiftMs = 0;
  #process: ChildProcess | undefined;
  #exit: Promise<number | string> = Promise.resolve(0);
  output = '';

  private constructor(dataDir: string) {
    this.dataDir = dataDir;
  }

  static async create(): Promise<LocalAgentProcess> {
    const agent = new LocalAgentProcess(await mkdtemp(join(tmpdir(), 'sm-agent-')));
    await agent.pass(0);
    return agent;
  }

  /** Lets time go by on the clock of leases, for the agent and its watchdog; they look at it every second at the latest. */
  async pass(ms: number): Promise<void> {
    this.#shiftMs += ms;
    await writeFile(`${this.#shiftFile}.new`, String(this.#shiftMs));
    await rename(`${this.#shiftFile}.new`, this.#shiftFile);
  }

  start(manager: FakeManager, ...args: string[]): this {
    this.run(
      ...['--name', 'local-a', '--url', manager.url, '--data-dir', this.dataDir],
      ...['--enrolment-token', enrolmentToken, '--log-level', 'warn', ...args],
    );
    return this;
  }

  run(...args: string[]): this {
    const child = spawn(
      process.execPath,
      ['--import', 'tsx', '--import', shiftedUptime, 'clients/local-agent/src/main.ts', ...args],
      {
        cwd: root,
        env: {
          ...process.env,
          TSX_TSCONFIG_PATH: 'tests/clients/support/tsconfig.json',
          UPTIME_SHIFT_FILE: this.#shiftFile,
        },
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    );
    const keep = (chunk: Buffer): void => {
      this.output += chunk.toString('utf8');
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    this.#process = child;
    this.#exit = new Promise((resolve) => {
      child.once('close', (code, signal) => resolve(code ?? signal ?? 'unknown'));
    });
    return this;
  }

  /** Exit code, or the signal that ended it. */
  get exited(): Promise<number | string> {
    return this.#exit;
  }

  /** Sends a signal that does not end it. */
  signal(signal: 'SIGSTOP' | 'SIGCONT'): void {
    this.#process?.kill(signal);
  }

  async kill(signal: NodeJS.Signals): Promise<number | string> {
    this.#process?.kill(signal);
    return this.#exit;
  }

  async journal(): Promise<Journal> {
    return JSON.parse(await readFile(join(this.dataDir, 'journal.json'), 'utf8')) as Journal;
  }

  /** Living processes that this agent has started, of one instance or of all. */
  async processes(instanceId?: string): Promise<readonly ProcessInfo[]> {
    const { agentId } = await this.journal();
    return new ProcessTable()
      .listMarked('SM_AGENT_ID', agentId)
      .filter(({ environment }) => !instanceId || environment.get('SM_INSTANCE_ID') === instanceId)
      .map(({ info }) => info);
  }

  /** Ends agent and instances, whatever state a test has left them in. */
  async destroy(): Promise<void> {
    await this.kill('SIGKILL');
    const left = await this.processes().catch(() => []);
    for (const { pid } of left) process.kill(pid, 'SIGKILL');
    await eventually('no process is left', async () => {
      return (await this.processes().catch(() => [])).length === 0;
    });
    await rm(this.dataDir, { recursive: true, force: true });
  }

  get #shiftFile(): string {
    return join(this.dataDir, 'uptime-shift');
  }
}

interface Journal {
  readonly agentId: string;
  instances: { order: { instanceId: string }; process?: { pid: number } }[];
  readonly voided: string[];
}
