import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Child } from '../../../scripts/child.js';
import { cleanEnvironment } from '../../../scripts/plant.js';

const program = fileURLToPath(new URL('../../../scripts/start.ts', import.meta.url));

/** What `make start` starts: a manager and two clusters on this machine; here on a free port and with data of its own. */
export class StartedSystem {
  readonly url: string;
  readonly adminToken: string;
  readonly enrolmentToken: string;
  readonly schedulerToken: string;
  readonly #child: Child;
  readonly #dataDir: string;

  private constructor(child: Child, dataDir: string, url: string, tokens: readonly string[]) {
    this.#child = child;
    this.#dataDir = dataDir;
    this.url = url;
    [this.adminToken = '', this.enrolmentToken = '', this.schedulerToken = ''] = tokens;
  }

  /** @throws Error - it ended before it was ready */
  static async start(): Promise<StartedSystem> {
    const dataDir = await mkdtemp(join(tmpdir(), 'sm-start-'));
    let onUrl: (url: string) => void = () => undefined;
    const ready = new Promise<string>((resolve) => {
      onUrl = resolve;
    });
    const child = new Child({
      name: 'make start',
      args: ['--import', import.meta.resolve('tsx'), program],
      environment: cleanEnvironment({
        SM_PORT: '0',
        SM_DATA_DIR: dataDir,
        SM_LOG_LEVEL: 'warn',
      }),
      onLine: (line) => {
        const url = /^ +API +(http\S+)\/api\/v1$/.exec(line)?.[1];
        if (url !== undefined) onUrl(url);
      },
    });
    const failed = child.exited.then(() => {
      throw new Error(`it has ended: ${child.tail().join('\n')}`);
    });
    const url = await Promise.race([ready, failed]);
    failed.catch(() => undefined);
    const token = async (name: string): Promise<string> =>
      (await readFile(join(dataDir, name), 'utf8')).trim();
    const names = ['admin-token', 'enrolment-token', 'scheduler-token'];
    return new StartedSystem(child, dataDir, url, await Promise.all(names.map(token)));
  }

  async stop(): Promise<void> {
    await this.#child.stop(60_000);
    await rm(this.#dataDir, { recursive: true, force: true });
  }
}
