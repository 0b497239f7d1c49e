/** Makes the Python and the Go client anew from `openapi.yaml`. Both generators are pinned. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { contractFingerprint, portableContract } from './portable-contract.js';
import {
  fingerprintFile,
  goDir,
  missingGo,
  missingPython,
  mustRun,
  preparePython,
  pythonDir,
} from './toolchains.js';

const goGenerator = 'github.com/oapi-codegen/oapi-codegen/v2/cmd/oapi-codegen@v2.8.2';

async function generatePython(directory: string): Promise<void> {
  const contract = join(directory, 'python.json');
  // A generated Python client takes no value that it does not know.
  await writeFile(contract, await portableContract({ openEnums: true }));
  const programs = await preparePython();
  await mustRun(
    join(programs, 'openapi-python-client'),
    [
      ...['generate', '--path', contract, '--meta', 'none', '--overwrite'],
      ...['--output-path', 'system_manager/generated', '--fail-on-warning'],
    ],
    // It calls ruff by name to put the files in form.
    {
      cwd: pythonDir,
      environment: { PATH: `${programs}${delimiter}${process.env['PATH'] ?? ''}` },
    },
  );
}

async function generateGo(directory: string): Promise<void> {
  const contract = join(directory, 'go.json');
  await writeFile(contract, await portableContract({ openEnums: false }));
  await mustRun('go', ['run', goGenerator, '-config', 'oapi-codegen.yaml', contract], {
    cwd: goDir,
  });
}

const lacking = [missingPython(), missingGo()].filter((reason) => reason !== undefined);
if (lacking.length > 0) {
  process.stderr.write(`The clients cannot be made: ${lacking.join('; ')}.\n`);
  process.exitCode = 1;
} else {
  const directory = await mkdtemp(join(tmpdir(), 'sm-contract-'));
  try {
    await generatePython(directory);
    await generateGo(directory);
    await writeFile(fingerprintFile, await contractFingerprint());
  } finally {
    await rm(directory, { recursive: true });
  }
}
