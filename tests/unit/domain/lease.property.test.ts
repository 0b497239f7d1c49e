/**
 * P2 for `whenLost: move`, against everything that may come between a manager and its agents: frames that take any time in either
 * direction, partitions, clocks that drift, processes that take time to die. What really runs is known only to the agents here.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pendingOrders, type PendingOrder } from '../../../src/domain/instance/orders.js';
import { aCluster, aDescriptor, aService, id, startedAt } from '../../support/builders.js';
import { PureWorld } from '../../support/pure-world.js';

/** With its margin longer than the grace time. */
const leaseSeconds = 120;
const tickMs = 1_000;
const inactiveAfterMs = 45_000;
const reportEveryMs = 15_000;

/** Something on its way: what happens when it arrives, and when that is. */
interface Frame {
  readonly at: number;
  arrive(): void;
}

interface Delays {
  readonly up: number;
  readonly down: number;
}

class Agent {
  readonly clusterId: string;
  readonly #rate: number;
  readonly #diesWithinMs: number;
  readonly running = new Map<string, number>();
  readonly #ended = new Set<string>();
  readonly #dying = new Map<string, number>();
  #renewedAt = Number.NEGATIVE_INFINITY;
  connected = true;
  reportedAt = Number.NEGATIVE_INFINITY;

  constructor(clusterId: string, drift: number, diesWithinMs: number) {
    this.clusterId = clusterId;
    this.#rate = 1 + drift;
    this.#diesWithinMs = diesWithinMs;
  }

  /** @param time - true time; the agent knows only its own */
  now(time: number): number {
    return time * this.#rate;
  }

  /** Leases that are over end; their processes take a while to die. */
  tick(time: number): void {
    for (const [key, leaseMs] of this.running)
      if (!this.#dying.has(key) && this.now(time) - this.#renewedAt >= leaseMs)
        this.#dying.set(key, time + this.#diesWithinMs);
    for (const [key, at] of this.#dying) if (time >= at) this.end(key);
  }

  renewed(sentAt: number): void {
    this.#renewedAt = Math.max(this.#renewedAt, sentAt);
  }

  end(key: string): void {
    this.running.delete(key);
    this.#dying.delete(key);
    this.#ended.add(key);
  }

  take({ action, instanceId, generation, leaseMs = 0 }: PendingOrder, time: number): void {
    const key = `${instanceId}/${generation}`;
    if (action === 'stop' || this.now(time) - this.#renewedAt >= leaseMs) this.end(key);
    else if (!this.#ended.has(key) && !this.running.has(key)) this.running.set(key, leaseMs);
  }

  observed() {
    const told = (keys: Iterable<string>, phase: 'RUNNING' | 'UNDEPLOYED') =>
      [...keys].map((key) => {
        const [instanceId = '', generation] = key.split('/');
        return { instanceId, generation: Number(generation), phase };
      });
    return [...told(this.running.keys(), 'RUNNING'), ...told(this.#ended, 'UNDEPLOYED')];
  }
}

class LeaseWorld {
  readonly world: PureWorld;
  readonly agents: readonly Agent[];
  readonly #managerRate: number;
  #frames: Frame[] = [];
  #time = 0;

  constructor(managerDrift: number, agentDrift: number, diesWithinMs: number) {
    const clusters = [1, 2, 3].map((n) => aCluster({ id: id(n), name: `c${n}` }));
    const descriptor = aDescriptor({ whenLost: 'move', leaseSeconds });
    this.world = new PureWorld(aService({ replicas: 2, descriptor }), clusters);
    this.#managerRate = 1 + managerDrift;
    this.agents = clusters.map((each) => new Agent(each.id, agentDrift, diesWithinMs));
  }

  /** Lets time pass, second by second; agents report at their interval with these delays. */
  pass(ms: number, delays: Delays): void {
    for (const until = this.#time + ms; this.#time < until;) {
      this.#time += tickMs;
      this.world.now = startedAt + this.#time * this.#managerRate;
      const due = this.#frames.filter(({ at }) => at <= this.#time);
      this.#frames = this.#frames.filter(({ at }) => at > this.#time);
      for (const frame of due) frame.arrive();
      for (const agent of this.agents) {
        agent.tick(this.#time);
        if (agent.connected && this.#time - agent.reportedAt >= reportEveryMs)
          this.#report(agent, delays);
      }
      this.#markInactive();
      this.world.reconcile();
      this.check();
    }
  }

  #report(agent: Agent, { up, down }: Delays): void {
    agent.reportedAt = this.#time;
    const sentAt = agent.now(this.#time);
    const observed = agent.observed();
    this.#frames.push({
      at: this.#time + up,
      arrive: () => {
        this.#takeIn(agent, observed);
        const orders = this.world.live.flatMap((each) => pendingOrders(each, agent.clusterId));
        this.#frames.push({
          at: this.#time + down,
          arrive: () => {
            agent.tick(this.#time);
            agent.renewed(sentAt);
            for (const order of orders) agent.take(order, this.#time);
          },
        });
      },
    });
  }

  /** As the manager does it: the sign is stored before anything is answered. */
  #takeIn(agent: Agent, observed: ReturnType<Agent['observed']>): void {
    const cluster = this.world.clusters.get(agent.clusterId);
    if (cluster)
      this.world.clusters.set(cluster.id, {
        ...cluster,
        liveness: 'active',
        lastHeardAt: this.world.now,
      });
    for (const { instanceId, generation, phase } of observed)
      this.world.report(instanceId, agent.clusterId, generation, phase);
  }

  #markInactive(): void {
    for (const cluster of this.world.clusters.values())
      if (this.world.now - (cluster.lastHeardAt ?? 0) >= inactiveAfterMs)
        this.world.clusters.set(cluster.id, { ...cluster, liveness: 'inactive' });
  }

  /** How often each instance really runs. */
  counts(): ReadonlyMap<string, number> {
    const counts = new Map<string, number>();
    for (const { running } of this.agents)
      for (const key of running.keys()) {
        const [instanceId = ''] = key.split('/');
        counts.set(instanceId, (counts.get(instanceId) ?? 0) + 1);
      }
    return counts;
  }

  check(): void {
    for (const [instanceId, count] of this.counts())
      expect(count, `${instanceId} at ${this.#time} ms`).toBe(1);
  }
}

const drift = fc.constantFrom(-0.01, 0, 0.01);
const delay = fc.oneof(fc.constant(0), fc.nat(2_000), fc.nat(90_000));
const steps = fc.array(
  fc.record({
    connected: fc.tuple(fc.boolean(), fc.boolean(), fc.boolean()),
    ms: fc.constantFrom(5_000, 20_000, 70_000, 130_000),
    delays: fc.record({ up: delay, down: delay }),
  }),
  { minLength: 1, maxLength: 8 },
);

describe('P2 an instance to be moved', () => {
  it('never runs twice, and runs again in the end', () => {
    fc.assert(
      fc.property(steps, drift, drift, fc.nat(4_900), (history, manager, agent, dies) => {
        const world = new LeaseWorld(manager, agent, dies);
        world.pass(40_000, { up: 0, down: 0 });
        for (const { connected, ms, delays } of history) {
          world.agents.forEach((each, n) => {
            each.connected = connected[n] === true;
          });
          world.pass(ms, delays);
        }
        for (const each of world.agents) each.connected = true;
        world.pass(400_000, { up: 0, down: 0 });
        expect([...world.counts().values()]).toEqual([1, 1]);
      }),
      { numRuns: 25 },
    );
  });
});
