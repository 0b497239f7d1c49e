/** `make fuzz`: frames and requests that are wrong in many ways, or one of them again. */
import { isDeepStrictEqual } from 'node:util';
import { settledDump, type Dump } from '../support/dump.js';
import { frameCase, memberFrames, refusedFrames } from './frames.js';
import { createPlant, type Failure, type Plant } from './plant.js';
import { refusedRequests, requestCase, wildRequests } from './requests.js';

const say = (text: string): void => void process.stdout.write(`${text}\n`);

const numberOf = (name: string, standard: number): number => {
  const text = process.env[name];
  if (text === undefined || text === '') return standard;
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0) throw new RangeError(`${name} is a number from 0`);
  return value;
};

const failuresMax = 10;
/** What may be left of everything that was thrown at it: caches, and what was made by requests that were right. */
const heapGrowthMax = 48 * 1024 * 1024;

const heapBytes = (): number => {
  if (globalThis.gc === undefined) throw new Error('run it with --expose-gc');
  globalThis.gc();
  return process.memoryUsage().heapUsed;
};

interface Kind {
  readonly name: Failure['kind'];
  readonly wanted: number;
  /** Both are told the number of the block, and tell how many were sent. */
  readonly refused: (plant: Plant, block: number) => Promise<number>;
  readonly others: (plant: Plant, block: number) => Promise<number>;
}

const differences = (before: Dump, after: Dump): string =>
  Object.keys(after)
    .filter((name) => !isDeepStrictEqual(before[name], after[name]))
    .join(', ');

/** Runs a block; the state is held against that of before for everything that must be refused. */
async function runBlock(plant: Plant, kind: Kind, block: number): Promise<number> {
  const before = await settledDump(plant.manager);
  let sent = await kind.refused(plant, block);
  const after = await settledDump(plant.manager);
  if (!isDeepStrictEqual(before, after)) {
    const what = `what was refused in block ${block} has changed ${differences(before, after)}`;
    plant.failures.push({ kind: kind.name, index: block, what });
  }
  sent += await kind.others(plant, block);
  for (const line of plant.takeErrors())
    plant.failures.push({
      kind: kind.name,
      index: block,
      what: `logged in block ${block}: ${line}`,
    });
  return sent;
}

async function runKind(plant: Plant, kind: Kind): Promise<void> {
  if (kind.wanted === 0) return;
  const startedAt = performance.now();
  let sent = await runBlock(plant, kind, 0);
  const heapBefore = heapBytes();
  let toldAt = startedAt;
  for (let block = 1; sent < kind.wanted && plant.failures.length < failuresMax; block += 1) {
    sent += await runBlock(plant, kind, block);
    if (performance.now() - toldAt < 10_000) continue;
    toldAt = performance.now();
    say(`${kind.name}: ${sent} of ${kind.wanted}`);
  }
  const grown = heapBytes() - heapBefore;
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(0);
  say(`${kind.name}: ${sent} in ${seconds} s, heap ${(grown / 1024 / 1024).toFixed(1)} MiB larger`);
  if (grown > heapGrowthMax)
    plant.failures.push({
      kind: kind.name,
      index: 0,
      what: `the heap has grown by ${grown} bytes`,
    });
}

const kinds: readonly Kind[] = [
  {
    name: 'requests',
    wanted: numberOf('REQUESTS', 200_000),
    refused: refusedRequests,
    others: wildRequests,
  },
  {
    name: 'frames',
    wanted: numberOf('FRAMES', 1_000_000),
    refused: refusedFrames,
    others: memberFrames,
  },
];

const seed = process.env['SEED'] || String(Date.now());
const only = /^(frames|requests)\/(\d+)$/.exec(process.env['CASE'] ?? '');
const plant = await createPlant(seed);
const onRejection = (error: unknown): void => {
  plant.failures.push({
    kind: 'requests',
    index: 0,
    what: `unhandled rejection: ${String(error)}`,
  });
};
process.on('unhandledRejection', onRejection);
try {
  if (only) await (only[1] === 'frames' ? frameCase : requestCase)(plant, Number(only[2]));
  else for (const kind of kinds) await runKind(plant, kind);
  for (const { kind, index, what } of plant.failures)
    say(`FAILED ${what}\n  again: SEED=${seed} CASE=${kind}/${index} make fuzz`);
  say(
    `seed ${seed}: ${plant.failures.length === 0 ? 'nothing was found' : `${plant.failures.length} failures`}`,
  );
} finally {
  await plant.close();
}
if (plant.failures.length > 0) process.exitCode = 1;
