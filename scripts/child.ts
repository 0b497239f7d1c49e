/** A process of this project that a script or a test starts, watches and ends. */
import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';

/** How a process ended: by itself with a code, or by a signal. */
export interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

export interface ChildOptions {
  /** What others call it: `manager`. */
  readonly name: string;
  /** Arguments of Node.js: the script and its own arguments. */
  readonly args: readonly string[];
  readonly environment?: NodeJS.ProcessEnv;
  /** @default that of this process */
  readonly cwd?: string;
  /** Hears each line that it prints. */
  readonly onLine?: (line: string) => void;
}

const linesKept = 200;
const running = new Set<Child>();

/** Whoever ends without having stopped its processes asks them to end, so that nothing goes on unseen. */
process.on('exit', () => {
  for (const child of running) child.kill('SIGTERM');
});

/**
 * A Node.js process in a session of its own: Ctrl-C on the terminal reaches only who started it, and who started it ends it, in
 * its order.
 */
export class Child {
  readonly name: string;
  /** Resolves when it has ended and all its output was read; never rejects. */
  readonly exited: Promise<Exit>;
  readonly #process: ChildProcess;
  readonly #lines: string[] = [];
  #exit: Exit | undefined;

  constructor({ name, args, environment = process.env, cwd, onLine }: ChildOptions) {
    this.name = name;
    this.#process = spawn(process.execPath, [...args], {
      env: environment,
      ...(cwd === undefined ? {} : { cwd }),
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    running.add(this);
    for (const stream of [this.#process.stdout, this.#process.stderr]) {
      if (stream === null) continue;
      createInterface({ input: stream }).on('line', (line) => {
        this.#take(line);
        onLine?.(line);
      });
    }
    this.exited = new Promise((resolve) => {
      const end = (exit: Exit): void => {
        running.delete(this);
        this.#exit = exit;
        resolve(exit);
      };
      this.#process.once('error', (error) => {
        this.#take(error.message);
        end({ code: null, signal: null });
      });
      this.#process.once('close', (code, signal) => {
        end({ code, signal });
      });
    });
  }

  /** 0 when it could not be started. */
  get pid(): number {
    return this.#process.pid ?? 0;
  }

  /** How it ended; undefined while it runs. */
  get exit(): Exit | undefined {
    return this.#exit;
  }

  /** The last lines that it printed. */
  tail(count = linesKept): readonly string[] {
    return this.#lines.slice(-count);
  }

  kill(signal: NodeJS.Signals): void {
    if (this.#exit === undefined) this.#process.kill(signal);
  }

  /** Asks it to end; after the limit it is killed. */
  async stop(limitMs = 20_000): Promise<Exit> {
    this.kill('SIGTERM');
    const timer = setTimeout(() => {
      this.kill('SIGKILL');
    }, limitMs);
    try {
      return await this.exited;
    } finally {
      clearTimeout(timer);
    }
  }

  #take(line: string): void {
    this.#lines.push(line);
    if (this.#lines.length > linesKept) this.#lines.shift();
  }
}

export const describeExit = ({ code, signal }: Exit): string =>
  signal === null ? `code ${String(code)}` : signal;

/** Whether a process with this id is there. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EPERM') return true;
    return false;
  }
}
