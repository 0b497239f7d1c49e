/**
 * `make start`: the manager with the embedded store and two local agents. Says where everything is as soon as all of it works,
 * and ends all of it in order on Ctrl-C: agents first, which stop their instances, then the manager.
 */
import { join, relative, resolve } from 'node:path';
import { createClient } from '@system-manager/client';
import { prettyFactory } from 'pino-pretty';
import { describeExit, type Child } from './child.js';
import {
  activeClusters,
  freePort,
  isFree,
  readToken,
  startAgent,
  startManager,
  type Manager,
} from './plant.js';

const sites = [
  { name: 'local-a', location: 'site-a', portRange: '20000-24999' },
  { name: 'local-b', location: 'site-b', portRange: '25000-29999' },
] as const;

const setting = (name: string): string | undefined => process.env[name] || undefined;
const host = setting('SM_HOST') ?? '127.0.0.1';
const dataDir = resolve(setting('SM_DATA_DIR') ?? 'data');

const pretty = prettyFactory({
  singleLine: true,
  colorize: process.stdout.isTTY,
  ignore: 'pid,hostname,agent',
});

/** Log lines are JSON; whatever else a process prints is passed on as it is. */
function show(name: string, line: string): void {
  const text = line.startsWith('{') ? (pretty(line) ?? line) : line;
  process.stdout.write(`${name.padEnd(8)}| ${text.trimEnd()}\n`);
}

/** Asked before the manager is started, since the store would be opened first otherwise. 0 picks a free one. */
async function choosePort(): Promise<number> {
  const port = Number(setting('SM_PORT') ?? 10_000);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new Error(`SM_PORT must be a port number, not ${String(setting('SM_PORT'))}`);
  }
  if (port === 0) return freePort();
  if (await isFree(port, host)) return port;
  throw new Error(
    `port ${port} of ${host} is in use; choose another one: SM_PORT=10001 make start`,
  );
}

/** Everything that was started, and its end. */
class Started {
  readonly agents: Child[] = [];
  manager: Manager | undefined;
  readonly #stop = new AbortController();
  #stopped: Promise<void> | undefined;

  /** Aborts as soon as everything is to end. */
  get signal(): AbortSignal {
    return this.#stop.signal;
  }

  get stopping(): boolean {
    return this.#stop.signal.aborted;
  }

  stop(): Promise<void> {
    this.#stop.abort();
    this.#stopped ??= this.#stopInOrder();
    return this.#stopped;
  }

  async #stopInOrder(): Promise<void> {
    await Promise.all(this.agents.map((agent) => agent.stop()));
    await this.manager?.child.stop();
  }

  /** Says so when one of them ends by itself, and ends the others. */
  watch(child: Child): void {
    void child.exited.then(async (exit) => {
      if (this.stopping) return;
      process.exitCode = 1;
      console.error(`\n${child.name} has ended (${describeExit(exit)}); stopping the others.`);
      await this.stop();
    });
  }
}

/** As a user would type it: relative below the current directory, absolute elsewhere. */
function shown(path: string): string {
  const short = relative(process.cwd(), path);
  return short.startsWith('..') ? path : short || '.';
}

function printAddresses(manager: Manager): void {
  const file = shown(join(dataDir, 'admin-token'));
  const given = setting('SM_ADMIN_TOKEN') !== undefined;
  const token = given ? '$SM_ADMIN_TOKEN' : `$(cat ${file})`;
  const dashboard = setting('SM_UI') !== 'off';
  const header = `-H "Authorization: Bearer ${token}"`;
  console.log(`
System Manager is ready, with the clusters ${sites.map(({ name }) => name).join(' and ')}.

${dashboard ? `  Dashboard    ${manager.url}/ui\n` : ''}  API          ${manager.url}/api/v1
  Swagger UI   ${manager.url}/docs
  admin token  ${given ? 'in SM_ADMIN_TOKEN' : file}

Deploy the example, then look at its instances:

  curl -X POST ${manager.url}/api/v1/services ${header} -H 'Content-Type: application/yaml' --data-binary @examples/hello.yaml

  curl ${manager.url}/api/v1/instances ${header}

Ctrl-C stops the agents with their instances, then the manager. The data stays in ${shown(dataDir)}.
`);
}

async function start(started: Started): Promise<void> {
  const port = await choosePort();
  const since = Date.now();
  const manager = await startManager({
    port,
    environment: { ...process.env, SM_DATA_DIR: dataDir },
    signal: started.signal,
    onLine: (line) => {
      show('manager', line);
    },
  });
  started.manager = manager;
  started.watch(manager.child);
  const token = setting('SM_ADMIN_TOKEN') ?? (await readToken(dataDir, 'admin-token'));
  const enrolmentToken =
    setting('SM_ENROLMENT_TOKEN') ?? (await readToken(dataDir, 'enrolment-token'));
  for (const site of sites) {
    const agent = startAgent({
      ...site,
      url: manager.url,
      dataDir: join(dataDir, 'agents', site.name),
      enrolmentToken,
      onLine: (line) => {
        show(site.name, line);
      },
    });
    started.agents.push(agent);
    started.watch(agent);
  }
  const client = createClient({ baseUrl: manager.url, token });
  try {
    const names = sites.map(({ name }) => name);
    // Not too often: each question is a line in the manager's log.
    await activeClusters(client, names, since, { everyMs: 250, signal: started.signal });
  } finally {
    await client.close();
  }
  printAddresses(manager);
}

const started = new Started();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    if (started.stopping) return;
    console.log('\nStopping the agents with their instances, then the manager.');
    void started.stop();
  });
}
try {
  await start(started);
} catch (error) {
  if (!started.stopping) {
    // What a process printed has been shown already.
    const [message] = (error instanceof Error ? error.message : String(error)).split('\n');
    console.error(`make start: ${message ?? ''}`);
    process.exitCode = 1;
  }
  await started.stop();
}
