/** `make smoke`: the main job from end to end, with real processes, and nothing left behind. */
import { HistoryWatcher } from './history.js';
import { Job } from './job.js';
import { Plant } from './plant.js';
import { Steps } from './table.js';
import { countWorkers, expectWorkers } from './workers.js';

const limitMs = 120_000;
/** Two that each agent reports, and the three that the count leaves on local-a. */
const workersLeft = 2 + 3;

async function runSteps(plant: Plant, steps: Steps): Promise<void> {
  const job = new Job(plant);
  await steps.run('start the manager', async () => {
    await plant.startManager();
    return plant.manager.url;
  });
  const history = new HistoryWatcher(plant.client);
  try {
    await steps.run('two agents join', async () => {
      const since = Date.now();
      await plant.startAgents();
      await plant.clustersActive(since);
      return 'local-a, local-b are active';
    });
    await steps.run('deploy hello.yaml', () => job.deploy());
    await steps.run('scale to 4', () => job.scale({ replicas: 4 }, 4));
    await steps.run('migrate one', () => job.migrate());
    await steps.run('explain a placement', () => job.explain());
    await steps.run('count workers', () => countWorkers(plant.client));
    await steps.run('kill -9 the manager', async () => {
      plant.manager.child.kill('SIGKILL');
      await plant.manager.child.exited;
      return job.processes();
    });
    await steps.run('start it again', async () => {
      const since = Date.now();
      await plant.startManager();
      await plant.clustersActive(since);
      return 'same port, same directory; both clusters are back';
    });
    await steps.run('all still there', async () => {
      await expectWorkers(plant.client, workersLeft);
      return job.unchanged();
    });
    await steps.run('scale by -1', () => job.scale({ by: -1 }, 3));
    await steps.run('terminate', () => job.terminate());
    await steps.run('check the history', async () => {
      const count = await history.check(plant.client);
      return `${count} events streamed, no gap, no duplicate`;
    });
  } finally {
    await history.stop();
  }
  await steps.run('stop agents, manager', () => plant.stopInOrder());
}

const plant = await Plant.create();
const steps = new Steps();
const timeUp = setTimeout(() => {
  void end(1, `not done within ${limitMs} ms`);
}, limitMs);
let ending = false;

/** Cleans up and ends, once; whatever fails because of it is not worth telling. */
async function end(code: number, why?: string): Promise<void> {
  if (ending) return;
  ending = true;
  clearTimeout(timeUp);
  if (code !== 0) console.error(`${plant.tails()}\n`);
  console.log(`${steps.toString()}\n`);
  if (why !== undefined) console.error(`smoke: FAILED: ${why}`);
  await plant.remove();
  process.exit(code);
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.once(signal, () => {
    void end(130, `ended by ${signal}`);
  });
}
try {
  await runSteps(plant, steps);
  await end(0);
} catch (error) {
  const reason = error instanceof Error ? error.message : String(error);
  await end(1, `step "${steps.failed ?? 'none'}": ${reason}`);
}
