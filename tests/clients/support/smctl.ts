import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { cleanEnvironment } from '../../../scripts/plant.js';

const program = fileURLToPath(new URL('../../../clients/cli/dist/main.js', import.meta.url));

/** What a command printed, and how it ended. */
export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** What this machine says of colours is not for the tests. */
const { NO_COLOR: _none, FORCE_COLOR: _all, ...colourless } = cleanEnvironment({});

export interface SmctlOptions {
  readonly input?: string;
  readonly environment?: Readonly<Record<string, string>>;
  /** Called with all of its standard output so far; true ends it by Ctrl-C. */
  readonly enough?: (out: string) => boolean;
}

/** Runs a program to its end. */
async function runProgram(
  file: string,
  args: readonly string[],
  { input, environment = {}, enough }: SmctlOptions,
): Promise<Ended> {
  const child = spawn(file, [...args], { env: { ...colourless, ...environment } });
  let [out, err] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => {
    out += chunk.toString('utf8');
    if (enough?.(out)) child.kill('SIGINT');
  });
  child.stderr.on('data', (chunk: Buffer) => {
    err += chunk.toString('utf8');
  });
  if (input !== undefined) child.stdin.end(input);
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, out, err };
}

/** Runs `smctl` with pipes. */
export const smctl = (args: readonly string[], options: SmctlOptions = {}): Promise<Ended> =>
  runProgram(process.execPath, [program, ...args], { input: '', ...options });

const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;

/** Runs `smctl` in a pseudo-terminal, as `script` makes one: output and errors come together. The standard input stays open. */
export const smctlOnTerminal = (
  args: readonly string[],
  options: SmctlOptions = {},
): Promise<Ended> => {
  const command = [process.execPath, program, ...args].map(quoted).join(' ');
  return runProgram('script', ['--quiet', '--return', '--command', command, '/dev/null'], {
    ...options,
    environment: { TERM: 'xterm-256color', ...options.environment },
  });
};

/** Runs a line of bash with `smctl` on its path. */
export const bash = (line: string, options: SmctlOptions = {}): Promise<Ended> => {
  const door = `smctl() { ${quoted(process.execPath)} ${quoted(program)} "$@"; }\n`;
  return runProgram('bash', ['-c', `${door}${line}`], options);
};
