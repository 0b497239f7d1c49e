import { randomUUID } from 'node:crypto';
import { mkdir, open, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import type { RunOrder } from '@system-manager/client/agent';
import type { PortBinding } from './ports.js';
import type { ProcessIdentity } from './proc.js';

/** What must be known of one generation of an instance after a restart of the agent. */
export interface InstanceRecord {
  readonly order: RunOrder;
  readonly worker: string;
  desired: 'run' | 'stop';
  ports: readonly PortBinding[];
  restarts: number;
  /** Leader of the process group, while there is one. */
  process?: ProcessIdentity;
  /** Whether that process has been seen ready. */
  ready: boolean;
  exitCode?: number;
  /** The end of the road; it is not started again. */
  outcome?: { readonly phase: 'COMPLETED' | 'DEAD'; readonly reason?: string };
}

export interface JournalState {
  readonly version: 1;
  /** Marks the processes of this agent in their environment. */
  readonly agentId: string;
  readonly instances: readonly InstanceRecord[];
  /** Generations that were stopped, oldest first: a later run of them is void. */
  readonly voided: readonly string[];
}

/**
 * The agent's memory: one JSON file, written beside and renamed, so a crash leaves the old state or the new one. Saves that come
 * together share one write.
 */
export class Journal {
  readonly #directory: string;
  readonly #path: string;
  readonly #read: () => JournalState;
  #writing: Promise<void> = Promise.resolve();
  #next: Promise<void> | undefined;

  private constructor(directory: string, read: () => JournalState) {
    this.#directory = directory;
    this.#path = join(directory, fileName);
    this.#read = read;
  }

  /**
   * @param read - the state to save, as it is when asked
   */
  static at(directory: string, read: () => JournalState): Journal {
    return new Journal(directory, read);
  }

  /**
   * The state that was saved last, or a new one.
   *
   * @throws Error - the file cannot be read, or is not a journal; nothing is guessed then
   */
  static async load(directory: string): Promise<JournalState> {
    await mkdir(directory, { recursive: true, mode: 0o700 });
    const path = join(directory, fileName);
    let text;
    try {
      text = await readFile(path, 'utf8');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
      return { version: 1, agentId: randomUUID(), instances: [], voided: [] };
    }
    const state = JSON.parse(text) as Partial<JournalState>;
    if (state.version !== 1 || !Array.isArray(state.instances) || !Array.isArray(state.voided)) {
      throw new Error(`${path} is not a journal of this version of the agent`);
    }
    return state as JournalState;
  }

  /** Resolves when the state, as it is at the time of the call or later, is on the disk. */
  save(): Promise<void> {
    this.#next ??= this.#afterCurrent();
    return this.#next;
  }

  async #afterCurrent(): Promise<void> {
    // The outcome of the write before is its own callers' business.
    await Promise.allSettled([this.#writing]);
    this.#next = undefined;
    this.#writing = this.#write();
    await this.#writing;
  }

  async #write(): Promise<void> {
    const beside = `${this.#path}.new`;
    const file = await open(beside, 'w', 0o600);
    try {
      await file.writeFile(JSON.stringify(this.#read()));
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(beside, this.#path);
    const directory = await open(this.#directory, 'r');
    try {
      await directory.sync();
    } finally {
      await directory.close();
    }
  }
}

const fileName = 'journal.json';
