/**
 * The tests of the Python and the Go client, against a manager and an agent that are started for them. A language whose toolchain is not
 * here is not tested, and the run says so and fails: what was not tested has not passed. Nor has what was made from another contract.
 */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient } from '@system-manager/client';
import { contractFingerprint } from './portable-contract.js';
import { activeClusters, cleanEnvironment, freePort, startAgent, startManager } from './plant.js';
import {
  fingerprintFile,
  goDir,
  missingGo,
  missingPython,
  preparePython,
  pythonDir,
  run,
  type RunOptions,
} from './toolchains.js';

type Environment = NonNullable<RunOptions['environment']>;

interface Language {
  readonly name: string;
  readonly missing: string | undefined;
  test(environment: Environment): Promise<boolean>;
}

const languages: readonly Language[] = [
  {
    name: 'Python',
    missing: missingPython(),
    test: async (environment) =>
      run(
        join(await preparePython(), 'python'),
        ['-m', 'unittest', 'discover', '-v', '-s', 'tests'],
        {
          cwd: pythonDir,
          environment: { ...environment, PYTHONPATH: pythonDir },
        },
      ),
  },
  {
    name: 'Go',
    missing: missingGo(),
    test: (environment) => run('go', ['test', '-count=1', '-v', '.'], { cwd: goDir, environment }),
  },
];

/** Far beyond what it takes, so that a busy machine fails nothing. */
const startMsMax = 180_000;

const tokens = { admin: 'test-clients-admin-token', enrolment: 'test-clients-enrolment-token' };

/** Starts a manager with one cluster for as long as the work takes. */
async function withManager(work: (environment: Environment) => Promise<void>): Promise<void> {
  const directory = await mkdtemp(join(tmpdir(), 'sm-clients-'));
  const manager = await startManager({
    port: await freePort(),
    environment: cleanEnvironment({
      SM_DATA_DIR: join(directory, 'manager'),
      SM_ADMIN_TOKEN: tokens.admin,
      SM_ENROLMENT_TOKEN: tokens.enrolment,
    }),
    limitMs: startMsMax,
  });
  const { url } = manager;
  const agent = startAgent({
    name: 'local-a',
    url,
    dataDir: join(directory, 'agent'),
    location: 'here',
    portRange: '20000-20999',
    enrolmentToken: tokens.enrolment,
  });
  const client = createClient({ baseUrl: url, token: tokens.admin });
  try {
    await activeClusters(client, ['local-a'], 0, { limitMs: startMsMax });
    await work({ SM_TEST_URL: url, SM_TEST_TOKEN: tokens.admin });
  } finally {
    await client.close();
    await agent.stop();
    await manager.child.stop();
    await rm(directory, { recursive: true, force: true });
  }
}

const results: string[] = [];
let passed = true;
await withManager(async (environment) => {
  for (const { name, missing, test } of languages) {
    const good = missing === undefined && (await test(environment));
    passed &&= good;
    const result = good ? 'passed' : 'FAILED';
    results.push(`${name}: ${missing === undefined ? result : `NOT TESTED, ${missing}`}`);
  }
});
if ((await readFile(fingerprintFile, 'utf8')) !== (await contractFingerprint())) {
  passed = false;
  results.push('Both are older than openapi.yaml: run `make clients`');
}
process.stdout.write(`\n${results.join('\n')}\n`);
if (!passed) process.exitCode = 1;
