/** Python and Go, as far as the clients in these languages need them. Nothing is installed outside of the project. */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
export const pythonDir = join(root, 'clients/python');
export const goDir = join(root, 'clients/go');
/** Names the contract that the clients were made from. */
export const fingerprintFile = join(root, 'clients/contract.sha256');

export interface RunOptions {
  readonly cwd: string;
  readonly environment?: Readonly<Record<string, string>>;
}

/** Runs a command; its output goes where ours goes. @returns whether it succeeded */
export async function run(
  file: string,
  args: readonly string[],
  options: RunOptions,
): Promise<boolean> {
  const { cwd, environment } = options;
  const env = { ...process.env, ...environment };
  const child = spawn(file, [...args], { cwd, env, stdio: 'inherit' });
  const [code] = (await once(child, 'close')) as [number | null];
  return code === 0;
}

/** @throws Error - it has failed */
export async function mustRun(
  file: string,
  args: readonly string[],
  options: RunOptions,
): Promise<void> {
  if (!(await run(file, args, options))) throw new Error(`failed: ${[file, ...args].join(' ')}`);
}

/** What stands in the way of a language; undefined when nothing does. */
function missing(file: string, args: readonly string[], form: RegExp, atLeast: number) {
  const { status, stdout } = spawnSync(file, [...args], { encoding: 'utf8' });
  if (status !== 0) return `there is no ${file} on the PATH`;
  const minor = Number(form.exec(stdout)?.[1] ?? 0);
  return minor >= atLeast ? undefined : `${stdout.trim()} is too old`;
}

export const missingPython = (): string | undefined =>
  missing('python3', ['--version'], /Python 3\.(\d+)/, 11);

export const missingGo = (): string | undefined => missing('go', ['version'], /go1\.(\d+)/, 24);

/**
 * The virtual environment of the Python client with what `requirements.txt` pins; made when it is not there or not the same.
 *
 * @returns where its programs are
 */
export async function preparePython(): Promise<string> {
  const environment = join(pythonDir, '.venv');
  const programs = join(environment, 'bin');
  const wanted = readFileSync(join(pythonDir, 'requirements.txt'), 'utf8');
  const installed = join(environment, 'installed.txt');
  if (existsSync(installed) && readFileSync(installed, 'utf8') === wanted) return programs;
  const options = { cwd: pythonDir };
  await mustRun('python3', ['-m', 'venv', '--clear', '.venv'], options);
  const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check'];
  await mustRun(join(programs, 'python'), [...pip, '-r', 'requirements.txt'], options);
  writeFileSync(installed, wanted);
  return programs;
}
