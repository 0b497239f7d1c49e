import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import {
  createBootClock,
  instanceKey,
  type AgentLog,
  type Clock,
  type LeasedInstance,
} from '@system-manager/client/agent';
import { leaseFilePath, readLeases, writeLeases } from './lease-file.js';
import type { ProcessTable } from './proc.js';

export interface LeaseGuardOptions {
  readonly dataDir: string;
  readonly agentId: string;
  readonly table: ProcessTable;
  readonly log: AgentLog;
  /** What has to be watched now. */
  leased(): readonly LeasedInstance[];
}

const respawnDelayMs = 1_000;

/** Sources when the agent runs from its sources, compiled otherwise. */
const program = (): string => {
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
  return fileURLToPath(new URL(`./watchdog.${extension}`, import.meta.url));
};

/** The agent's tokens are nobody else's business. */
const environment = (): NodeJS.ProcessEnv =>
  Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('SM_')));

/**
 * Sees to it that nothing outlives its lease, whatever happens to the agent: what is leased, and when it was renewed, lies in a file,
 * and a watchdog process acts on it. It runs while something is leased.
 */
export class LeaseGuard {
  readonly clock: Clock = createBootClock();
  readonly #options: LeaseGuardOptions;
  readonly #path: string;
  #renewedAt: number;
  /** Leases that were over when an answer came: they stay over. */
  #ended: ReadonlySet<string> = new Set();
  #watchdog: ChildProcess | undefined;
  #starting: Promise<void> | undefined;
  #writing: Promise<void> = Promise.resolve();
  #next: Promise<void> | undefined;
  #cancelRespawn: (() => void) | undefined;
  #closed = false;

  constructor(options: LeaseGuardOptions) {
    this.#options = options;
    this.#path = leaseFilePath(options.dataDir);
    const found = readLeases(this.#path);
    const valid = found?.bootId === options.table.bootId && found.agentId === options.agentId;
    this.#renewedAt = valid ? found.renewedAt : Number.NEGATIVE_INFINITY;
  }

  /** When the last frame that was answered had been sent, also before a restart of the agent; nothing when that is not known. */
  get renewedAt(): number | undefined {
    return Number.isFinite(this.#renewedAt) ? this.#renewedAt : undefined;
  }

  /** Whether something may be started under its lease. */
  holds(instance: LeasedInstance): boolean {
    return !this.#ended.has(instanceKey(instance)) && this.#isWithin(instance);
  }

  /** Must have been called before anything is started under a lease. @throws Error - there can be no watchdog */
  async cover(): Promise<void> {
    await this.#write();
    this.#starting ??= this.#start();
    await this.#starting;
  }

  /** The manager has answered a frame that was sent then. */
  renewed(renewedAt: number): void {
    const over = this.#options.leased().filter((instance) => !this.holds(instance));
    this.#ended = new Set(over.map(instanceKey));
    this.#renewedAt = Math.max(this.#renewedAt, renewedAt);
    if (this.#options.leased().length > 0) this.refresh();
  }

  /** Something is leased no longer, or was renewed. */
  refresh(): void {
    if (this.#watchdog === undefined) return;
    this.#write().catch((error: unknown) => {
      // The watchdog goes by what it knows: what cannot be renewed ends.
      this.#options.log.error({ err: error }, 'the leases cannot be written');
    });
    if (this.#options.leased().length === 0) this.#end();
  }

  /** @param keep - whether the watchdog goes on */
  async close(keep: boolean): Promise<void> {
    this.#closed = true;
    this.#cancelRespawn?.();
    await this.#starting?.catch(() => undefined);
    if (!keep) this.#end();
    await Promise.allSettled([this.#writing, this.#next]);
  }

  #isWithin({ leaseMs }: LeasedInstance): boolean {
    return this.clock.now() - this.#renewedAt < leaseMs;
  }

  #end(): void {
    const watchdog = this.#watchdog;
    this.#watchdog = undefined;
    this.#starting = undefined;
    this.#cancelRespawn?.();
    watchdog?.kill();
  }

  async #start(): Promise<void> {
    const watchdog = spawn(
      process.execPath,
      [...process.execArgv, program(), this.#path, String(process.pid)],
      { detached: true, env: environment(), stdio: ['ignore', 'pipe', 'ignore'] },
    );
    this.#watchdog = watchdog;
    watchdog.unref();
    const ended = new Promise<never>((_, reject) => {
      watchdog.once('error', reject);
      watchdog.once('exit', (code) => reject(new Error(`the watchdog has ended with ${code}`)));
    });
    ended.catch(() => this.#lost(watchdog));
    await Promise.race([once(watchdog.stdout, 'data'), ended]);
    watchdog.stdout.destroy();
    await this.#write();
  }

  /** Somebody else has ended it. */
  #lost(watchdog: ChildProcess): void {
    if (this.#watchdog !== watchdog) return;
    this.#watchdog = undefined;
    this.#starting = undefined;
    this.#options.log.warn({}, 'the watchdog of the leases has ended');
    if (this.#closed) return;
    this.#cancelRespawn = this.clock.after(respawnDelayMs, () => {
      this.cover().catch((error: unknown) => {
        this.#options.log.error({ err: error }, 'the leases are not watched');
      });
    });
  }

  /** Writes that come together share one. Resolves when the state, as it is now or later, can be read. */
  #write(): Promise<void> {
    this.#next ??= (async () => {
      await Promise.allSettled([this.#writing]);
      this.#next = undefined;
      const pid = this.#watchdog?.pid;
      this.#writing = writeLeases(this.#path, {
        agentId: this.#options.agentId,
        bootId: this.#options.table.bootId,
        renewedAt: Number.isFinite(this.#renewedAt) ? this.#renewedAt : 0,
        ...(pid === undefined ? {} : { watchdogPid: pid }),
        leases: this.#options.leased(),
      });
      await this.#writing;
    })();
    return this.#next;
  }
}
