/**
 * What the product is made of. `licences` writes docs/licences.md, `sbom` writes sbom.json, `check` looks at licences, the lock file and
 * install scripts of our own packages, and `audit` at the weaknesses that the registry knows of.
 */
import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { format } from 'prettier';

const run = promisify(execFile);
const say = (text: string): void => void process.stdout.write(`${text}\n`);

/** Licences that let us ship a package without asking anybody. */
const allowed: ReadonlySet<string> = new Set([
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'CC0-1.0',
  'ISC',
  'MIT',
  'PSF-2.0',
  'Python-2.0',
]);

interface LockEntry {
  readonly version?: string;
  readonly integrity?: string;
  readonly link?: boolean;
  readonly dev?: boolean;
  readonly optional?: boolean;
  readonly hasInstallScript?: boolean;
  readonly license?: string;
}

interface Manifest {
  readonly license?: string;
  readonly scripts?: Readonly<Record<string, string>>;
}

const readJson = async (path: string): Promise<unknown> => JSON.parse(await readFile(path, 'utf8'));

const lock = (await readJson('package-lock.json')) as {
  readonly packages: Readonly<Record<string, LockEntry>>;
};

const isForeign = (path: string): boolean => path.includes('node_modules/');
const nameOf = (path: string): string => path.slice(path.lastIndexOf('node_modules/') + 13);

const foreign = Object.entries(lock.packages).filter(
  ([path, { link }]) => isForeign(path) && !link,
);
const production = foreign.filter(([, { dev }]) => !dev);
const own = Object.entries(lock.packages).filter(([path]) => !isForeign(path));

/** `(MIT OR Apache-2.0)` is good if one of them is, `MIT AND ISC` if all are. */
const isAllowed = (expression: string): boolean =>
  expression
    .replaceAll(/[()]/g, '')
    .split(' OR ')
    .some((choice) => choice.split(' AND ').every((each) => allowed.has(each.trim())));

async function licenceOf(path: string, entry: LockEntry): Promise<string> {
  if (entry.license !== undefined) return entry.license;
  try {
    return ((await readJson(`${path}/package.json`)) as Manifest).license ?? 'unknown';
  } catch (error) {
    // A package for another platform is not installed here.
    if (entry.optional === true) return 'unknown';
    throw error;
  }
}

interface Licensed {
  readonly name: string;
  readonly version: string;
  readonly licence: string;
}

async function licences(): Promise<readonly Licensed[]> {
  const all = await Promise.all(
    production.map(async ([path, entry]) => ({
      name: nameOf(path),
      version: entry.version ?? '',
      licence: await licenceOf(path, entry),
    })),
  );
  const unique = new Map(all.map((each) => [`${each.name}@${each.version}`, each]));
  return [...unique].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, each]) => each);
}

const tableOf = (all: readonly Licensed[]): Promise<string> =>
  format(
    [
      '# Licences',
      '',
      'What is installed with the product, and under which licence. `make licences` writes this file, and refuses licences that are not on its list.',
      '',
      '| package | version | licence |',
      '| --- | --- | --- |',
      ...all.map(({ name, version, licence }) => `| ${name} | ${version} | ${licence} |`),
      '',
    ].join('\n'),
    { parser: 'markdown' },
  );

const licencesFile = 'docs/licences.md';

async function doLicences(checkOnly: boolean): Promise<readonly string[]> {
  const all = await licences();
  const faults = all
    .filter(({ licence }) => !isAllowed(licence))
    .map(
      ({ name, version, licence }) => `${name}@${version}: licence ${licence} is not on the list`,
    );
  const table = await tableOf(all);
  if (!checkOnly) await writeFile(licencesFile, table);
  else if ((await readFile(licencesFile, 'utf8').catch(() => '')) !== table)
    faults.push(`${licencesFile} is stale; run make licences`);
  say(
    `${all.length} packages at run time, with licences ${[...new Set(all.map(({ licence }) => licence))].sort().join(', ')}`,
  );
  return faults;
}

async function doSbom(): Promise<readonly string[]> {
  const { stdout } = await run(
    'npm',
    ['sbom', '--sbom-format', 'cyclonedx', '--omit', 'dev', '--package-lock-only'],
    { maxBuffer: 64 * 1024 * 1024 },
  );
  const { components } = JSON.parse(stdout) as { readonly components: readonly unknown[] };
  await writeFile('sbom.json', stdout);
  say(`sbom.json names ${components.length} packages (CycloneDX)`);
  return [];
}

/** Names of scripts that npm runs by itself when somebody installs a package. */
const installScripts = ['preinstall', 'install', 'postinstall', 'prepare'] as const;

async function scriptFaults(): Promise<readonly string[]> {
  const faults: string[] = [];
  for (const [path] of own) {
    const { scripts = {} } = (await readJson(
      `${path === '' ? '.' : path}/package.json`,
    )) as Manifest;
    const found = installScripts.filter((name) => scripts[name] !== undefined);
    if (found.length > 0)
      faults.push(`${path || 'the root'} has install scripts: ${found.join(', ')}`);
  }
  return faults;
}

/** Severities of weaknesses in production packages, as npm tells them; nothing when it gets no answer. */
async function audit(): Promise<Readonly<Record<string, number>> | undefined> {
  const answer = await run('npm', ['audit', '--omit', 'dev', '--json'], { timeout: 60_000 }).catch(
    // It fails also when it has found something.
    (error: unknown) => error as { readonly stdout?: string },
  );
  try {
    const { metadata } = JSON.parse(answer.stdout ?? '') as {
      readonly metadata?: { readonly vulnerabilities?: Readonly<Record<string, number>> };
    };
    return metadata?.vulnerabilities;
  } catch {
    return undefined;
  }
}

async function doCheck(): Promise<readonly string[]> {
  const faults = foreign
    .filter(([, { integrity }]) => integrity === undefined)
    .map(([path]) => `${path} has no integrity in the lock file`);
  say(
    `${foreign.length} entries of the lock file, ${foreign.length - faults.length} with integrity`,
  );
  const withScripts = production.filter(([, { hasInstallScript }]) => hasInstallScript === true);
  const names = withScripts.map(([path]) => nameOf(path)).join(', ');
  say(`install scripts of others at run time: ${names || 'none'}`);
  return [...(await doLicences(true)), ...faults, ...(await scriptFaults())];
}

async function doAudit(): Promise<readonly string[]> {
  const found = await audit();
  if (found === undefined) {
    say('NOT CHECKED: the registry gave no answer, so nothing is known of weaknesses');
    return [];
  }
  say(`npm audit: ${JSON.stringify(found)}`);
  return ['high', 'critical']
    .filter((severity) => (found[severity] ?? 0) > 0)
    .map((severity) => `npm audit names ${severity} weaknesses`);
}

const commands: Readonly<Record<string, () => Promise<readonly string[]>>> = {
  sbom: doSbom,
  licences: () => doLicences(false),
  check: doCheck,
  audit: doAudit,
};
const faults = await (commands[process.argv[2] ?? ''] ?? doCheck)();
for (const fault of faults) say(`FAILED ${fault}`);
if (faults.length > 0) process.exitCode = 1;
