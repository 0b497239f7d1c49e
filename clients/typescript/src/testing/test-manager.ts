import { spawn, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { createClient, type SystemManagerClient } from '../client.js';
import { findProgram, type Program } from './program.js';

export interface TestManagerOptions {
  /**
   * The manager's main file or command.
   *
   * @default `SYSTEM_MANAGER_BIN`, then `system-manager` in `node_modules` here or above, then on the `PATH`
   */
  readonly program?: string;
  /** Settings of the manager: `{ SM_INACTIVE_AFTER_SECONDS: '2' }`. */
  readonly settings?: Readonly<Record<string, string>>;
  /** How long a start may take. @default 30000 */
  readonly startTimeoutMs?: number;
}

/** A real manager in a process of its own, on a free port of loopback, with an empty store in a temporary directory. */
export interface TestManager {
  /** `http://127.0.0.1:<port>`; stays the same over restarts. */
  readonly url: string;
  readonly adminToken: string;
  readonly enrolmentToken: string;
  /** With the token of the administrator. */
  readonly client: SystemManagerClient;
  /** Ends it without warning, as `kill -9` does. `start()` brings it back with what it had. */
  kill(): Promise<void>;
  /** Ends it in order. */
  stop(): Promise<void>;
  /** Starts it again after `kill()` or `stop()`. @throws Error - it does not get ready in time */
  start(): Promise<void>;
  /** Ends it and removes its data. */
  close(): Promise<void>;
}

const host = '127.0.0.1';
const stopTimeoutMs = 20_000;
const linesKept = 50;

/**
 * Starts a manager for a test. Close it when the test is over.
 *
 * @throws Error - there is no program, or it does not get ready; the message has what it printed last
 */
export async function createTestManager(options: TestManagerOptions = {}): Promise<TestManager> {
  const program = findProgram(options.program);
  const dataDir = await mkdtemp(join(tmpdir(), 'system-manager-test-'));
  const manager = new ManagerProcess(program, dataDir, await freePort(), options);
  try {
    await manager.start();
  } catch (error) {
    await manager.close();
    throw error;
  }
  return manager;
}

class ManagerProcess implements TestManager {
  readonly url: string;
  readonly adminToken = `admin-${randomUUID()}`;
  readonly enrolmentToken = `enrolment-${randomUUID()}`;
  readonly client: SystemManagerClient;
  readonly #program: Program;
  readonly #dataDir: string;
  readonly #port: number;
  readonly #options: TestManagerOptions;
  readonly #endWithUs = (): void => void this.#process?.kill('SIGKILL');
  #process: ChildProcess | undefined;
  #exited: Promise<unknown> = Promise.resolve();

  constructor(program: Program, dataDir: string, port: number, options: TestManagerOptions) {
    this.#program = program;
    this.#dataDir = dataDir;
    this.#port = port;
    this.#options = options;
    this.url = `http://${host}:${port}`;
    this.client = createClient({ baseUrl: this.url, token: this.adminToken });
    process.once('exit', this.#endWithUs);
  }

  async start(): Promise<void> {
    if (this.#process !== undefined) throw new Error('the manager runs already');
    const child = spawn(this.#program.file, [...this.#program.args], {
      env: this.#environment(),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#process = child;
    this.#exited = new Promise<void>((resolve) => {
      const end = (): void => {
        this.#process = undefined;
        resolve();
      };
      child.once('error', end);
      child.once('close', end);
    });
    try {
      await ready(child, this.#options.startTimeoutMs ?? 30_000);
    } catch (error) {
      await this.kill();
      throw error;
    }
  }

  async kill(): Promise<void> {
    this.#process?.kill('SIGKILL');
    await this.#exited;
  }

  async stop(): Promise<void> {
    this.#process?.kill('SIGTERM');
    const timer = setTimeout(() => this.#process?.kill('SIGKILL'), stopTimeoutMs);
    await this.#exited;
    clearTimeout(timer);
  }

  async close(): Promise<void> {
    await this.stop();
    process.off('exit', this.#endWithUs);
    await this.client.close();
    await rm(this.#dataDir, { recursive: true, force: true });
  }

  /** Without settings of the manager that the tester's shell happens to have. */
  #environment(): NodeJS.ProcessEnv {
    const own = Object.entries(process.env).filter(
      ([name]) => !name.startsWith('SM_') && name !== 'MONGODB_URI',
    );
    return {
      ...Object.fromEntries(own),
      SM_LOG_LEVEL: 'info',
      ...this.#options.settings,
      SM_HOST: host,
      SM_PORT: String(this.#port),
      SM_DATA_DIR: this.#dataDir,
      SM_ADMIN_TOKEN: this.adminToken,
      SM_ENROLMENT_TOKEN: this.enrolmentToken,
    };
  }
}

/** Waits for the line of the log that says so; the pipes are read on, so that the manager never waits for us. */
async function ready(child: ChildProcess, timeoutMs: number): Promise<void> {
  const lines: string[] = [];
  await new Promise<void>((resolve, reject) => {
    const fail = (why: string): void =>
      reject(new Error(`the manager did not get ready: ${why}\n${lines.join('\n')}`));
    const timer = setTimeout(() => fail(`not within ${timeoutMs} ms`), timeoutMs);
    for (const stream of [child.stdout, child.stderr]) {
      if (stream === null) continue;
      createInterface({ input: stream }).on('line', (line) => {
        lines.push(line);
        if (lines.length > linesKept) lines.shift();
        if (!line.includes('"msg":"ready"')) return;
        clearTimeout(timer);
        resolve();
      });
    }
    child.once('error', (error) => {
      clearTimeout(timer);
      fail(error.message);
    });
    child.once('close', (code, signal) => {
      clearTimeout(timer);
      fail(`it ended with ${code ?? signal ?? 'nothing'}`);
    });
  });
}

/**
 * A port that is free, below those that systems give to outgoing connections: one of these could take it while the manager is
 * down that comes back on it.
 */
async function freePort(): Promise<number> {
  for (let attempt = 0; attempt < 50; attempt += 1) {
    const port = 11_000 + Math.floor(Math.random() * 9_000);
    const server = createServer();
    server.listen({ port, host, exclusive: true });
    const free = await Promise.race([
      once(server, 'listening').then(() => true),
      new Promise<boolean>((resolve) => server.once('error', () => resolve(false))),
    ]).catch(() => false);
    if (!free) continue;
    server.close();
    await once(server, 'close');
    return port;
  }
  throw new Error('no free port between 11000 and 19999');
}
