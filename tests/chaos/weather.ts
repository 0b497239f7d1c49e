/** What goes wrong, one thing after another. Everything that is done here is taken back, by itself or by `clear`. */
import { setTimeout as delay } from 'node:timers/promises';
import type { Random } from '../simulation/engine/random.js';
import type { ChaosManager } from './manager.js';
import type { ChaosSite } from './site.js';

export interface WeatherOptions {
  readonly random: Random;
  readonly manager: ChaosManager;
  readonly sites: readonly ChaosSite[];
  readonly onFault: (name: string, target: string) => void;
}

type Strike = () => Promise<void> | void;

export class Weather {
  readonly #options: WeatherOptions;
  readonly #open = new Set<Promise<void>>();
  /** Ends the waits of what is under way. */
  readonly #over = new AbortController();

  constructor(options: WeatherOptions) {
    this.#options = options;
  }

  /** Lets faults strike until the signal. */
  async blow(signal: AbortSignal): Promise<void> {
    const { random } = this.#options;
    while (!signal.aborted) {
      await this.#wait(random.between(300, 3_000));
      if (signal.aborted) break;
      const [name, target, strike] = this.#next();
      this.#options.onFault(name, target);
      const done = Promise.resolve(strike());
      this.#open.add(done);
      void done.finally(() => this.#open.delete(done));
    }
  }

  /** Everything is well again. */
  async clear(): Promise<void> {
    this.#over.abort();
    await Promise.all(this.#open);
    const { manager, sites } = this.#options;
    manager.signal('SIGCONT');
    manager.start();
    for (const site of sites) {
      site.signal('SIGCONT');
      site.proxy.unblock();
      site.start();
    }
  }

  #next(): readonly [name: string, target: string, strike: Strike] {
    const { random, manager, sites } = this.#options;
    const site = random.pick(sites);
    const { name } = site.plan;
    return random.weighted<readonly [string, string, Strike]>([
      [3, ['kill -9', 'manager', () => this.#killManager(random.between(0, 2_000))]],
      [2, ['SIGSTOP', 'manager', () => this.#pause(manager, random.between(200, 8_000))]],
      [
        4,
        ['kill -9', name, () => this.#restart(site, () => site.kill(), random.between(0, 5_000))],
      ],
      [3, ['SIGSTOP', name, () => this.#pause(site, random.between(500, 12_000))]],
      [5, ['cut', name, () => site.proxy.cut()]],
      [4, ['block', name, () => this.#block(site, random.between(1_000, 20_000))]],
      [
        2,
        [
          'power',
          name,
          () => this.#restart(site, () => site.losePower(), random.between(0, 10_000)),
        ],
      ],
      [6, ['break', name, () => void site.runtime.breakOne()]],
    ]);
  }

  async #killManager(awayMs: number): Promise<void> {
    const { manager } = this.#options;
    await manager.kill();
    await this.#wait(awayMs);
    manager.start();
  }

  async #pause(target: ChaosManager | ChaosSite, ms: number): Promise<void> {
    target.signal('SIGSTOP');
    await this.#wait(ms);
    target.signal('SIGCONT');
  }

  async #restart(site: ChaosSite, end: () => void, awayMs: number): Promise<void> {
    end();
    await this.#wait(awayMs);
    site.start();
  }

  async #block(site: ChaosSite, ms: number): Promise<void> {
    site.proxy.block();
    await this.#wait(ms);
    site.proxy.unblock();
  }

  async #wait(ms: number): Promise<void> {
    try {
      await delay(ms, undefined, { signal: this.#over.signal });
    } catch {
      // It is over.
    }
  }
}
