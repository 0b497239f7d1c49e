import { readFileSync } from 'node:fs';
import { availableParallelism, totalmem } from 'node:os';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { Resources } from '@system-manager/client/agent';
import type { PortRange } from './ports.js';

/** How this agent was started. */
export interface AgentOptions {
  readonly name: string;
  readonly url: string;
  readonly dataDir: string;
  readonly location?: string;
  readonly coordinates?: { readonly latitude: number; readonly longitude: number };
  readonly workers: number;
  readonly enrolmentToken?: string;
  readonly host: string;
  readonly capacity: Required<Resources>;
  readonly labels: Readonly<Record<string, string>>;
  readonly portRange: PortRange;
  readonly stopTimeoutMs: number;
  readonly instancesMax: number;
  readonly keepInstances: boolean;
  readonly logLevel: string;
}

/** What is wrong with the command line and the environment; all of it at once. */
export class OptionsError extends Error {
  override readonly name = 'OptionsError';

  constructor(faults: readonly string[]) {
    super(faults.join('\n'));
  }
}

interface Flag {
  readonly value: string;
  readonly help: string;
  readonly fallback?: string;
}

/** Each flag; each is also an environment variable: `--data-dir` is `SM_AGENT_DATA_DIR`. */
const flags = {
  name: { value: 'NAME', help: 'name of the cluster (required)' },
  'data-dir': {
    value: 'DIR',
    help: 'where journal, credential, logs and working directories lie (required)',
  },
  url: { value: 'URL', help: 'address of the manager', fallback: 'http://127.0.0.1:10000' },
  'enrolment-token': {
    value: 'TOKEN',
    help: 'needed until the cluster is enrolled; others see it in the process list',
  },
  'enrolment-token-file': { value: 'FILE', help: 'the same, from a file' },
  location: { value: 'PLACE', help: 'name of the place' },
  latitude: { value: 'DEGREES', help: 'where that is; with --longitude' },
  longitude: { value: 'DEGREES', help: 'where that is; with --latitude' },
  workers: { value: 'N', help: 'number of workers', fallback: '2' },
  host: {
    value: 'HOST',
    help: 'under which others reach ports of this machine',
    fallback: '127.0.0.1',
  },
  'cpu-cores': { value: 'N', help: "CPU cores to offer (default: this machine's)" },
  'memory-mib': { value: 'N', help: "memory to offer, in MiB (default: this machine's)" },
  gpus: { value: 'N', help: 'GPUs to offer', fallback: '0' },
  label: { value: 'KEY=VALUE', help: 'label of the cluster; repeat it, or separate by commas' },
  'port-range': { value: 'A-B', help: 'host ports for instances', fallback: '20000-29999' },
  'stop-timeout-ms': { value: 'MS', help: 'time between SIGTERM and SIGKILL', fallback: '5000' },
  'max-instances': { value: 'N', help: 'refuse more than this', fallback: '1000' },
  'log-level': {
    value: 'LEVEL',
    help: 'trace, debug, info, warn, error or silent',
    fallback: 'info',
  },
} as const satisfies Record<string, Flag>;

type FlagName = keyof typeof flags;

const keepHelp = 'on SIGTERM leave instances running, to be found again at the next start';
const namePattern = /^[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?$/;
const logLevels = new Set(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']);

/** Text for `--help`. */
export function describeOptions(): string {
  const lines = Object.entries<Flag>(flags).map(([name, { value, help, fallback }]) =>
    line(`--${name} ${value}`, fallback === undefined ? help : `${help} (default: ${fallback})`),
  );
  return [
    'Usage: system-manager-local-agent --name NAME --data-dir DIR [options]',
    '',
    'Speaks for a cluster at the System Manager and runs its instances as processes of this machine.',
    '',
    ...lines,
    line('--keep-instances', keepHelp),
    line('--help', 'this text'),
    '',
    'Each option is also an environment variable: SM_AGENT_DATA_DIR, SM_AGENT_KEEP_INSTANCES=true, …',
    '',
  ].join('\n');
}

const line = (flag: string, help: string): string => `  ${flag.padEnd(29)} ${help}`;

/**
 * Reads the command line, then the environment.
 *
 * @returns undefined when help is asked for
 * @throws OptionsError - with one line for each fault
 */
export function parseOptions(
  args: readonly string[],
  environment: NodeJS.ProcessEnv,
): AgentOptions | undefined {
  const given = parseFlags(args);
  if (given['help'] === true) return undefined;
  const reader = new FlagReader(given, environment);
  const dataDir = reader.required('data-dir');
  const location = reader.text('location');
  const coordinates = reader.coordinates();
  const enrolmentToken = reader.enrolmentToken();
  const options: AgentOptions = {
    name: reader.name(),
    url: reader.url(),
    dataDir: resolve(dataDir),
    workers: reader.integer('workers', 1, 1000),
    host: reader.required('host'),
    capacity: {
      cpuCores: reader.number('cpu-cores', 0, 1e6, availableParallelism()),
      memoryMiB: reader.integer('memory-mib', 0, 1e9, Math.floor(totalmem() / 1024 ** 2)),
      gpus: reader.integer('gpus', 0, 1e6),
    },
    labels: reader.labels(),
    portRange: reader.portRange(),
    stopTimeoutMs: reader.integer('stop-timeout-ms', 0, 3_600_000),
    instancesMax: reader.integer('max-instances', 1, 20_000),
    keepInstances: given['keep-instances'] === true || reader.isSet('KEEP_INSTANCES'),
    logLevel: reader.logLevel(),
    ...(location === undefined ? {} : { location }),
    ...(coordinates === undefined ? {} : { coordinates }),
    ...(enrolmentToken === undefined ? {} : { enrolmentToken }),
  };
  if (reader.faults.length > 0) throw new OptionsError(reader.faults);
  return options;
}

type Given = Readonly<Record<string, string | boolean | (string | boolean)[] | undefined>>;

function parseFlags(args: readonly string[]): Given {
  const known = Object.keys(flags).map((name) => [
    name,
    { type: 'string', multiple: name === 'label' },
  ]);
  try {
    return parseArgs({
      args: [...args],
      strict: true,
      options: {
        ...(Object.fromEntries(known) as Record<string, { type: 'string'; multiple: boolean }>),
        'keep-instances': { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    }).values;
  } catch (error) {
    throw new OptionsError([(error as Error).message]);
  }
}

/** Reads one value after the other and gathers what is wrong with them. */
class FlagReader {
  readonly faults: string[] = [];
  readonly #given: Given;
  readonly #environment: NodeJS.ProcessEnv;

  constructor(given: Given, environment: NodeJS.ProcessEnv) {
    this.#given = given;
    this.#environment = environment;
  }

  text(flag: FlagName): string | undefined {
    const given = this.#given[flag];
    const value = Array.isArray(given) ? given.join(',') : given;
    if (typeof value === 'string') return value;
    const told = this.#environment[`SM_AGENT_${flag.toUpperCase().replaceAll('-', '_')}`];
    return (told === '' ? undefined : told) ?? (flags[flag] as Flag).fallback;
  }

  isSet(variable: string): boolean {
    return ['1', 'true', 'yes'].includes(this.#environment[`SM_AGENT_${variable}`] ?? '');
  }

  required(flag: FlagName): string {
    const value = this.text(flag);
    if (value === undefined || value === '') this.#fault(flag, 'is missing');
    return value ?? '';
  }

  number(flag: FlagName, min: number, max: number, otherwise = Number.NaN): number {
    const text = this.text(flag);
    const value = text === undefined ? otherwise : Number(text);
    if (value >= min && value <= max && text !== '') return value;
    this.#fault(flag, `must be a number between ${min} and ${max}, not ${text ?? 'absent'}`);
    return min;
  }

  integer(flag: FlagName, min: number, max: number, otherwise?: number): number {
    const value = this.number(flag, min, max, otherwise);
    if (!Number.isInteger(value)) this.#fault(flag, 'must be a whole number');
    return value;
  }

  name(): string {
    const name = this.required('name');
    if (name !== '' && (!namePattern.test(name) || name.length > 100)) {
      this.#fault('name', 'must be letters, digits, dots, dashes and underscores, at most 100');
    }
    return name;
  }

  url(): string {
    const text = this.required('url');
    if (!/^(https?|wss?):\/\//.test(text) || !URL.canParse(text)) {
      this.#fault('url', `must be an address that begins with http:// or https://, not ${text}`);
    }
    return text;
  }

  logLevel(): string {
    const level = this.required('log-level');
    if (!logLevels.has(level))
      this.#fault('log-level', `must be one of ${[...logLevels].join(', ')}`);
    return level;
  }

  labels(): Record<string, string> {
    const labels: Record<string, string> = {};
    for (const pair of this.text('label')?.split(',') ?? []) {
      const at = pair.indexOf('=');
      if (at > 0) labels[pair.slice(0, at).trim()] = pair.slice(at + 1).trim();
      else this.#fault('label', `must be KEY=VALUE, not ${pair}`);
    }
    return labels;
  }

  portRange(): PortRange {
    const [, first, last] = /^(\d+)-(\d+)$/.exec(this.required('port-range')) ?? [];
    const range = { first: Number(first), last: Number(last) };
    if (range.first >= 1 && range.last <= 65_535 && range.first <= range.last) return range;
    this.#fault('port-range', 'must be two ports like 20000-29999');
    return { first: 1, last: 1 };
  }

  coordinates(): AgentOptions['coordinates'] {
    const parts = [this.text('latitude'), this.text('longitude')];
    if (parts.every((part) => part === undefined)) return undefined;
    return {
      latitude: this.number('latitude', -90, 90),
      longitude: this.number('longitude', -180, 180),
    };
  }

  enrolmentToken(): string | undefined {
    const path = this.text('enrolment-token-file');
    if (path === undefined) return this.text('enrolment-token');
    try {
      return readFileSync(path, 'utf8').trim();
    } catch (error) {
      this.#fault('enrolment-token-file', `cannot be read: ${(error as Error).message}`);
      return undefined;
    }
  }

  #fault(flag: FlagName, what: string): void {
    this.faults.push(`--${flag} ${what}`);
  }
}
