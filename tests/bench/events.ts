/** Watchers of the event stream: how late events come when very many look at very many. */
import { Agent, get, type IncomingMessage } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { BenchAgent } from './bench-agent.js';
import { percentile, toMetric, type Metric } from './measure.js';
import { withManager, type BenchManager } from './plant.js';

const instances = 1_000;
const perReport = 100;
const seconds = 10;
const quietMs = 10_000;

const sizeOf = (name: string, standard: number): number => Number(process.env[name] || standard);

/** One event of the stream, as far as it is looked at. */
const eventForm = /^id: (\d+)\n[^]*?"at":"([^"]+)"/gm;

/** Follows the stream on a connection of its own. */
class Watcher {
  readonly #answer: IncomingMessage;
  #text = '';
  last = 0;
  missed = 0;
  readonly delays: number[] = [];

  private constructor(answer: IncomingMessage) {
    this.#answer = answer;
    answer.setEncoding('latin1');
    answer.on('data', (chunk: string) => {
      this.#text += chunk;
      const end = this.#text.lastIndexOf('\n\n');
      if (end < 0) return;
      this.#take(this.#text.slice(0, end + 2), Date.now());
      this.#text = this.#text.slice(end + 2);
    });
  }

  static open({ url, adminToken }: BenchManager, agent: Agent): Promise<Watcher> {
    return new Promise((resolve, reject) => {
      const headers = { authorization: `Bearer ${adminToken}`, accept: 'text/event-stream' };
      get(`${url}/api/v1/events/stream`, { agent, headers }, (answer) => {
        if (answer.statusCode === 200) resolve(new Watcher(answer));
        else reject(new Error(`the stream is refused with ${answer.statusCode}`));
      }).on('error', reject);
    });
  }

  #take(text: string, now: number): void {
    for (const [, id, at] of text.matchAll(eventForm)) {
      const sequence = Number(id);
      if (this.last > 0 && sequence !== this.last + 1) this.missed += sequence - this.last - 1;
      this.last = sequence;
      if (sequence % 100 === 0) this.delays.push(now - Date.parse(at ?? ''));
    }
  }

  close(): void {
    this.#answer.destroy();
  }
}

/** Instances that fail and run again, each of which is an event, at a steady pace. @returns how many a second there were */
async function makeEvents(agent: BenchAgent, perSecond: number): Promise<number> {
  const all = agent.instances;
  const startedAt = performance.now();
  const reports = (seconds * perSecond) / perReport;
  const taken: Promise<void>[] = [];
  for (let index = 0; index < reports; index += 1) {
    const due = startedAt + (index * perReport * 1_000) / perSecond;
    await sleep(Math.max(0, due - performance.now()));
    const from = (index * perReport) % all.length;
    const some = all.slice(from, from + perReport);
    const phase = Math.floor((index * perReport) / all.length) % 2 === 0 ? 'FAILED' : 'RUNNING';
    taken.push(agent.report(some.map((each) => ({ ...each, phase }))));
  }
  await Promise.all(taken);
  return (reports * perReport * 1_000) / (performance.now() - startedAt);
}

/** BENCH_WATCHERS (1,000), and BENCH_EVENTS (2,000) a second. */
export const measureEvents = (): Promise<Metric[]> =>
  withManager(async (manager) => {
    const watchersWanted = sizeOf('BENCH_WATCHERS', 1_000);
    const perSecond = sizeOf('BENCH_EVENTS', 2_000);
    const agent = new BenchAgent({
      url: manager.url,
      token: manager.enrolmentToken,
      name: 'bench-events',
    });
    const sockets = new Agent({ maxSockets: Number.POSITIVE_INFINITY });
    const watchers: Watcher[] = [];
    try {
      await agent.join();
      const { operation } = await manager.client.post('/api/v1/services', {
        body: { name: 'watched', replicas: instances, command: ['bench'], resources: {} },
      });
      await manager.client.waitForOperation(operation.id, { timeoutMs: 600_000 });
      while (watchers.length < watchersWanted)
        watchers.push(
          ...(await Promise.all(
            Array.from({ length: Math.min(50, watchersWanted - watchers.length) }, () =>
              Watcher.open(manager, sockets),
            ),
          )),
        );
      const rate = await makeEvents(agent, perSecond);
      // Nobody gets anything for so long: all that comes has come.
      const got = () => watchers.reduce((sum, { last }) => sum + last, 0);
      for (let seen = -1; seen !== got(); await sleep(quietMs)) seen = got();
      const newest = Math.max(...watchers.map(({ last }) => last));
      const delays = watchers.flatMap((each) => each.delays);
      const missed = watchers.reduce((sum, each) => sum + each.missed + newest - each.last, 0);
      const name = `${watchersWanted} watchers, ${perSecond} events/s offered`;
      const single = (what: string, unit: string, value: number): Metric =>
        toMetric(`${name}, ${what}`, unit, [value]);
      return [
        single('written', 'events/s', rate),
        single('delay p50', 'ms', percentile(delays, 0.5)),
        single('delay p99', 'ms', percentile(delays, 0.99)),
        single('missed', 'events', missed),
      ];
    } finally {
      for (const watcher of watchers) watcher.close();
      sockets.destroy();
      agent.close();
    }
  });
