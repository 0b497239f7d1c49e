/** Very many agents: how they join, what they cost at rest, how they come back, and what their reports cost. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { Reconnect } from '../../clients/typescript/src/session/reconnect.js';
import { clusterNameAt, credentialAt, fill, instanceIdsAt } from '../support/filled-store.js';
import { BenchAgent, joinAll } from './bench-agent.js';
import { percentile, toMetric, type Metric } from './measure.js';
import { withManager, type BenchManager } from './plant.js';
import { cpuSeconds, residentBytes } from './processes.js';

const kibibyte = 1024;
const mebibyte = 1024 * 1024;
const restMs = 20_000;

const sizeOf = (name: string, standard: number): number => Number(process.env[name] || standard);

const single = (name: string, unit: string, value: number): Metric => toMetric(name, unit, [value]);

/** CPU that a process uses over a time, in per cent of a core. */
async function coreShare(pid: number, ms: number): Promise<number> {
  const before = await cpuSeconds(pid);
  await sleep(ms);
  return ((await cpuSeconds(pid)) - before) / (ms / 100_000);
}

/** Comes back as the client of agents does. */
async function comeBack(agent: BenchAgent): Promise<void> {
  const reconnect = new Reconnect({
    reconnectDelayMsMin: 250,
    reconnectDelayMsMax: 15_000,
    stableSessionMs: 10_000,
  });
  for (;;) {
    const { retryAfterMs } = agent;
    await sleep(reconnect.nextDelayMs({ reason: 'it is not there', retryAfterMs }, undefined));
    try {
      await agent.join();
      return;
    } catch {
      agent.close();
    }
  }
}

/** Asks the API from another process while something is done. @returns p99 of its answers, in milliseconds */
async function p99While(manager: BenchManager, work: () => Promise<void>): Promise<number> {
  const prober = fork(new URL('./prober.ts', import.meta.url), [manager.url, manager.adminToken], {
    execArgv: ['--import', 'tsx'],
  });
  await once(prober, 'spawn');
  await work();
  prober.send('enough');
  const [times] = (await once(prober, 'message')) as [number[]];
  return percentile(times, 0.99);
}

/** BENCH_AGENTS (10,000) that join, rest, and come back all at once after the manager was killed. */
export function measureAgents(): Promise<Metric[]> {
  const count = sizeOf('BENCH_AGENTS', 10_000);
  return withManager(async (manager) => {
    const agents = Array.from(
      { length: count },
      (_, index) =>
        new BenchAgent({ url: manager.url, token: manager.enrolmentToken, name: `agent-${index}` }),
    );
    const metrics: Metric[] = [];
    const add = (name: string, unit: string, value: number): void => {
      metrics.push(single(`${count} agents, ${name}`, unit, value));
    };
    try {
      const before = await residentBytes(manager.pid);
      const startedAt = performance.now();
      await joinAll(agents);
      add('until all have joined', 's', (performance.now() - startedAt) / 1_000);
      await sleep(restMs);
      const after = await residentBytes(manager.pid);
      add('memory of each', 'KiB', (after - before) / count / kibibyte);
      add('memory of the manager', 'MiB', after / mebibyte);
      add('CPU at rest', '% of a core', await coreShare(manager.pid, restMs));
      await manager.restart();
      const backAt = performance.now();
      const p99 = await p99While(manager, async () => {
        await Promise.all(agents.map(comeBack));
      });
      add('until all are back after a restart', 's', (performance.now() - backAt) / 1_000);
      add('p99 of the API meanwhile', 'ms', p99);
    } finally {
      for (const agent of agents) agent.close();
    }
    return metrics;
  });
}

const reportEveryMs = 15_000;
const rounds = 3;
const changedPerReport = 5;

interface Intake {
  readonly times: number[];
  late: number;
}

/** Reports at its own time within each round, 5 of its 100 instances with new measurements. */
async function reportSteadily(agent: BenchAgent, intake: Intake): Promise<void> {
  const startedAt = performance.now() + Math.random() * reportEveryMs;
  const all = agent.instances;
  for (let round = 0; round < rounds; round += 1) {
    const due = startedAt + round * reportEveryMs;
    await sleep(Math.max(0, due - performance.now()));
    const use = { cpuCores: Math.random(), memoryMiB: round + 1 };
    const changed = Array.from(
      { length: Math.min(changedPerReport, all.length) },
      (_, nth) => all[(round * changedPerReport + nth) % all.length],
    ).filter((each) => each !== undefined);
    const sentAt = performance.now();
    await agent.report(changed.map((each) => ({ ...each, use })));
    const took = performance.now() - sentAt;
    intake.times.push(took);
    if (took > reportEveryMs) intake.late += 1;
  }
}

/** BENCH_CLUSTERS (1,000) with 100 instances each, a report every 15 seconds, 5 % changed. */
export function measureFleetReports(): Promise<Metric[]> {
  const clusters = sizeOf('BENCH_CLUSTERS', 1_000);
  const filling = { clusters, instances: clusters * 100 };
  return withManager(
    async (manager) => {
      const agents = Array.from({ length: clusters }, (_, index) => {
        const agent = new BenchAgent({
          url: manager.url,
          token: credentialAt(index),
          name: clusterNameAt(index),
        });
        agent.holds(
          instanceIdsAt(index, filling).map((instanceId) => ({
            instanceId,
            generation: 1,
            phase: 'RUNNING',
          })),
        );
        return agent;
      });
      try {
        await joinAll(agents, 50);
        const intake: Intake = { times: [], late: 0 };
        const before = await cpuSeconds(manager.pid);
        const startedAt = performance.now();
        await Promise.all(agents.map((agent) => reportSteadily(agent, intake)));
        const seconds = (performance.now() - startedAt) / 1_000;
        const share = (((await cpuSeconds(manager.pid)) - before) / seconds) * 100;
        const name = `${clusters} clusters report every 15 s`;
        return [
          single(`${name}, CPU`, '% of a core', share),
          single(`${name}, intake p50`, 'ms', percentile(intake.times, 0.5)),
          single(`${name}, intake p99`, 'ms', percentile(intake.times, 0.99)),
          single(`${name}, late`, 'reports', intake.late),
        ];
      } finally {
        for (const agent of agents) agent.close();
      }
    },
    {
      prepare: (store) => fill(store, filling),
      environment: { SM_INACTIVE_AFTER_SECONDS: '3600', SM_LOST_AFTER_SECONDS: '7200' },
    },
  );
}
