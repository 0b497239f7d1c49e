/**
 * `make bench-check`: counts what does not depend on the machine, the commands that go to the store and the bytes of orders, and fails
 * where there are more than the budget. A few are left for chance: what happens at the same time is written together.
 */
import type { CommandListener } from '../../src/store/connection.js';
import { startTestManager } from '../support/app.js';
import { settledDump } from '../support/dump.js';
import type { Schemas } from '../support/calls.js';
import { Site, type Member } from '../support/site.js';

/** Streams that are waited on, and what is done at regular times whether anything happens or not. */
const unasked: ReadonlySet<string> = new Set([
  'getMore',
  'hello',
  'ping',
  'endSessions',
  'killCursors',
]);
const isRegular = (name: string, command: Readonly<Record<string, unknown>>): boolean =>
  (name === 'find' && (command[name] === 'webhooks' || command[name] === 'feed')) ||
  (name === 'update' && command[name] === 'leases' && JSON.stringify(command).includes('renewals'));

class Counter {
  readonly #byKind = new Map<string, number>();

  readonly onCommand: CommandListener = (name, command) => {
    if (unasked.has(name) || isRegular(name, command)) return;
    const kind = `${name} ${name === 'commitTransaction' ? '' : String(command[name])}`.trim();
    this.#byKind.set(kind, (this.#byKind.get(kind) ?? 0) + 1);
  };

  reset(): void {
    this.#byKind.clear();
  }

  get total(): number {
    return [...this.#byKind.values()].reduce((sum, count) => sum + count, 0);
  }

  /** The most frequent first, as in `9 commitTransaction, 7 find operations`. */
  toString(): string {
    const kinds = [...this.#byKind].sort(([, one], [, other]) => other - one);
    return kinds.map(([kind, count]) => `${count} ${kind}`).join(', ');
  }
}

const counter = new Counter();
const site = new Site(await startTestManager({ onCommand: counter.onCommand }));
let failed = 0;

function judge(what: string, measured: number, budget: number, unit: string, more = ''): void {
  const over = measured > budget;
  if (over) failed += 1;
  const figure = `${measured.toFixed(measured < 10 ? 2 : 0)} ${unit}`.padStart(22);
  console.log(`  ${what.padEnd(38)}${figure}  of ${budget}${over ? '  TOO MANY' : ''}`);
  if (over && more !== '') console.log(`    ${more}`);
}

/** Counts the commands of some work until nobody has anything to do any more, without those of looking whether it is so. */
async function count(what: string, budget: number, times: number, work: () => Promise<unknown>) {
  await settledDump(site.manager);
  counter.reset();
  await work();
  while (site.manager.store.feed.lagSeconds() > 0 || site.manager.app.waiting() > 0)
    await new Promise((resolve) => setImmediate(resolve));
  judge(what, counter.total / times, budget, 'commands', counter.toString());
}

const repeat = async (times: number, work: () => Promise<unknown>): Promise<void> => {
  for (let time = 0; time < times; time += 1) await work();
};

const observed = (instance: Schemas['Instance'], cpuCores?: number) => ({
  instanceId: instance.id,
  generation: instance.halves[0]?.generation ?? 1,
  phase: 'RUNNING' as const,
  ...(cpuCores === undefined ? {} : { use: { cpuCores } }),
});

/** Bytes of what an agent was told, for each order. */
function bytesOfOrders({ agent }: Member): number {
  const frames = agent.frames.all.filter((frame) => frame.type === 'apply');
  const orders = frames.reduce((sum, frame) => sum + frame.orders.length, 0);
  return JSON.stringify(frames).length / orders;
}

async function countAll(): Promise<void> {
  const first = await site.enrolObedient();
  const placement = { cluster: first.name };
  await count('a deployment of 1, until RUNNING', 66, 1, async () => {
    await site.succeeded((await site.deploy({ placement })).operation);
  });

  const { service, operation } = await site.deploy({ placement, replicas: 100 });
  await site.succeeded(operation);
  const instances = await site.instancesOf(service.id);
  await count('a report of nothing', 2.4, 20, () => repeat(20, () => first.agent.report([])));
  await count('a report of 100, nothing changed', 3.5, 20, () =>
    repeat(20, () => first.agent.report(instances.map((each) => observed(each)))),
  );
  let load = 0;
  await count('a report of 100, 5 changed', 4.8, 20, () =>
    repeat(20, () => {
      load += 1;
      return first.agent.report(
        instances.map((each, index) => observed(each, index < 5 ? load : 0)),
      );
    }),
  );
  await count('getService', 1.2, 20, () => repeat(20, () => site.service(service.id)));
  await count('listServices, 20 a page', 1.2, 20, () =>
    repeat(20, () => site.ask(200, { path: '/api/v1/services?limit=20' })),
  );

  const labels = { group: site.name('group') };
  const members = await Promise.all(
    Array.from({ length: 10 }, () => site.enrolObedient({ labels })),
  );
  await count('placing 1 of 1,000 on 10 clusters', 0.2, 1_000, async () => {
    await site.succeeded((await site.deploy({ replicas: 1_000, placement: { labels } })).operation);
  });
  const [member] = members;
  if (member) judge('an order to run', bytesOfOrders(member), 450, 'bytes');
}

await countAll();
await site.close();
if (failed > 0) {
  console.error(`bench-check: ${failed} over the budget`);
  process.exitCode = 1;
}
