/** The manager and its local agents as processes, started the way a user would start them. */
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Cluster, SystemManagerClient } from '@system-manager/client';
import { Child, describeExit } from './child.js';

const entry = (path: string): string => fileURLToPath(new URL(`../${path}`, import.meta.url));
const managerEntry = entry('dist/src/main.js');
/** As the first line of the entry has it for who starts it by its name: young objects get room, which saves a tenth of the work. */
const managerFlags = ['--max-semi-space-size=32'];
const agentEntry = entry('clients/local-agent/dist/main.js');

export type Settings = Readonly<Record<string, string>>;

/** The environment without settings of ours: what a developer has exported must not change what a test measures. */
export function cleanEnvironment(settings: Settings): NodeJS.ProcessEnv {
  const foreign = Object.entries(process.env).filter(
    ([name]) => !name.startsWith('SM_') && name !== 'MONGODB_URI',
  );
  return { ...Object.fromEntries(foreign), ...settings };
}

/** A manager that listens. */
export interface Manager {
  readonly child: Child;
  /** `http://127.0.0.1:<port>` */
  readonly url: string;
  readonly port: number;
}

export interface ManagerOptions {
  /** Port to listen on; not 0, since it is how the manager is found. */
  readonly port: number;
  readonly environment: NodeJS.ProcessEnv;
  readonly name?: string;
  readonly onLine?: (line: string) => void;
  /** How long it may take. @default 30000 */
  readonly limitMs?: number;
  /** How often it is asked whether it is ready. @default 25 */
  readonly everyMs?: number;
  /** Gives up and ends it. */
  readonly signal?: AbortSignal;
}

/**
 * Starts a manager and waits until `/readyz` answers 200.
 *
 * @throws Error - it ended or did not get ready in time; the message holds what it printed
 */
export async function startManager(options: ManagerOptions): Promise<Manager> {
  const { port, environment, name = 'manager', onLine, limitMs = 30_000, signal } = options;
  const { everyMs = 25 } = options;
  const child = new Child({
    name,
    args: [...managerFlags, managerEntry],
    environment: { ...environment, SM_PORT: String(port) },
    ...(onLine === undefined ? {} : { onLine }),
  });
  const url = `http://127.0.0.1:${port}`;
  const over = new AbortController();
  void child.exited.then(() => {
    over.abort();
  });
  try {
    await until('/readyz answers 200', () => isReady(url), {
      limitMs,
      everyMs,
      signal: signal === undefined ? over.signal : AbortSignal.any([over.signal, signal]),
    });
    return { child, url, port };
  } catch (error) {
    const why = child.exit === undefined ? String(error) : `ended with ${describeExit(child.exit)}`;
    await child.stop();
    throw new Error(`the ${name} did not get ready: ${why}\n${child.tail(20).join('\n')}`, {
      cause: error,
    });
  }
}

async function isReady(url: string): Promise<boolean> {
  const response = await fetch(`${url}/readyz`);
  await response.arrayBuffer();
  return response.ok;
}

/**
 * A port that is free now, below those that the kernel gives to outgoing connections: one of these could take it while a manager
 * is down that comes back on it.
 */
export async function freePort(): Promise<number> {
  for (let attempt = 0; attempt < 50; attempt += 1) {
    const port = 11_000 + Math.floor(Math.random() * 9_000);
    if (await isFree(port, '127.0.0.1')) return port;
  }
  throw new Error('no free port between 11000 and 19999');
}

/** @throws Error - the port cannot be had for another reason than that it is in use */
export async function isFree(port: number, host: string): Promise<boolean> {
  const server = createServer();
  server.listen({ host, port, exclusive: true });
  try {
    await once(server, 'listening');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE') return false;
    throw error;
  }
  server.close();
  await once(server, 'close');
  return true;
}

export interface AgentOptions {
  readonly name: string;
  readonly url: string;
  readonly dataDir: string;
  readonly location: string;
  /** Ports for instances: `20000-24999`. Agents on one machine should not race for the same ones. */
  readonly portRange: string;
  readonly enrolmentToken: string;
  readonly onLine?: (line: string) => void;
}

/** Starts a local agent. It connects by itself, so wait for its cluster. */
export function startAgent(options: AgentOptions): Child {
  const { name, url, dataDir, location, portRange, enrolmentToken, onLine } = options;
  const flags = { name, url, 'data-dir': dataDir, location, 'port-range': portRange };
  return new Child({
    name,
    args: [agentEntry, ...Object.entries(flags).flatMap(([flag, value]) => [`--${flag}`, value])],
    // By environment, since everybody can read the arguments of a process.
    environment: cleanEnvironment({ SM_AGENT_ENROLMENT_TOKEN: enrolmentToken }),
    ...(onLine === undefined ? {} : { onLine }),
  });
}

/** A token that the manager keeps in its data directory. */
export async function readToken(
  dataDir: string,
  name: 'admin-token' | 'enrolment-token',
): Promise<string> {
  return (await readFile(join(dataDir, name), 'utf8')).trim();
}

/**
 * Waits until agents have spoken since a point in time: a cluster from an earlier run counts as active for a while although its
 * agent is not back yet.
 */
export async function activeClusters(
  client: SystemManagerClient,
  names: readonly string[],
  sinceMs: number,
  options: UntilOptions = {},
): Promise<readonly Cluster[]> {
  return until(
    `${names.join(' and ')} are active`,
    async () => {
      const { items } = await client.get('/api/v1/clusters', {
        params: { query: { state: 'active' } },
      });
      const here = items.filter(
        ({ name, lastHeardAt }) => names.includes(name) && Date.parse(lastHeardAt ?? '') >= sinceMs,
      );
      return here.length === names.length && here;
    },
    options,
  );
}

type Found<T> = Exclude<T, false | undefined>;

export interface UntilOptions {
  /** @default 30000 */
  readonly limitMs?: number;
  /** @default 25 */
  readonly everyMs?: number;
  readonly signal?: AbortSignal;
}

/**
 * Asks again and again until there is an answer other than undefined and false. An error counts as no answer; the last one is
 * told when the time is up.
 *
 * @throws Error - the time is up, or the signal has aborted
 */
export async function until<T>(
  what: string,
  ask: () => T | Promise<T>,
  { limitMs = 30_000, everyMs = 25, signal }: UntilOptions = {},
): Promise<Found<T>> {
  const deadline = performance.now() + limitMs;
  let trouble: unknown;
  for (;;) {
    try {
      const answer = await ask();
      if (answer !== undefined && answer !== false) return answer as Found<T>;
      trouble = undefined;
    } catch (error) {
      trouble = error;
    }
    if (performance.now() >= deadline) {
      const why = trouble instanceof Error ? `; ${trouble.message}` : '';
      throw new Error(`not within ${limitMs} ms: ${what}${why}`, { cause: trouble });
    }
    await delay(everyMs, undefined, signal === undefined ? {} : { signal });
  }
}
