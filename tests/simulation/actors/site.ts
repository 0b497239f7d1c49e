/** A cluster: a runtime, and the real agent of the typed client as a process of its own. */
import {
  ClusterAgent,
  OrderRefused,
  systemClock,
  type AgentLog,
  type CredentialStore,
  type InstanceReport,
  type RunOrder,
  type StopOrder,
} from '@system-manager/client/agent';
import type { Machine } from '../engine/machine.js';
import type { SitePlan } from '../plan/plan.js';
import type { World } from '../world.js';
import { Runtime } from './runtime.js';

export interface ReportFrame {
  readonly type: 'report';
  readonly session: number;
  readonly sequence: number;
  readonly instances: readonly InstanceReport[];
}

const sentReportsMax = 50;

export class Site {
  readonly plan: SitePlan;
  readonly name: string;
  readonly runtime: Runtime;
  readonly machine: Machine;
  /** Reports as they were sent, for those who send them again. */
  readonly sent: ReportFrame[] = [];
  /** Highest session and sequence that the manager has said it took in. */
  known = { session: 0, sequence: 0 };
  clusterId: string | undefined;
  credential: string | undefined;
  readonly #world: World;
  #agent: ClusterAgent | undefined;
  #removed = false;

  constructor(world: World, plan: SitePlan, machines: { agent: Machine; runtime: Machine }) {
    this.#world = world;
    this.plan = plan;
    this.name = plan.name;
    this.machine = machines.agent;
    // Two processes of one machine.
    machines.runtime.clockRate = machines.agent.clockRate;
    this.runtime = new Runtime(world, machines.runtime, plan.name, plan.habits);
    this.runtime.onChange = (report) => {
      this.#onChange(report);
    };
  }

  get removed(): boolean {
    return this.#removed;
  }

  /** Starts the agent process. */
  start(delayMs: number): void {
    this.#world.time.at(this.machine, delayMs, () => {
      if (!this.#removed) this.#boot();
    });
  }

  /** As by `kill -9` of the agent; what runs goes on. */
  crash(): void {
    this.machine.life += 1;
    this.machine.frozen = false;
    this.#agent = undefined;
    this.#world.network.crashed(this.machine);
  }

  /** The power goes. The credential is all that is left. */
  losePower(): void {
    this.crash();
    this.runtime.losePower();
  }

  #boot(): void {
    const { plan } = this;
    const log = this.#log();
    const agent = new ClusterAgent({
      ...(log ? { log } : {}),
      url: 'http://manager:10000',
      name: plan.name,
      location: plan.location,
      capabilities: ['process'],
      token: 'enrolment',
      credentialStore: this.#credentials(),
      capacity: () => ({
        cpuCores: plan.cpuMillicores / 1000,
        memoryMiB: plan.memoryMiB,
        gpus: 0,
      }),
      workers: () => [{ name: `${plan.name}-worker-1` }],
      instances: () => this.runtime.list(),
      onRun: (order) => this.#run(order),
      onStop: (order) => this.#stop(order),
      openSocket: (_url, token) => this.#world.dial(this, token),
      leases: {
        clock: systemClock,
        held: this.runtime.leased(),
        ...(Number.isFinite(this.runtime.renewedAt) ? { renewedAt: this.runtime.renewedAt } : {}),
        onRenewed: (renewedAt) => {
          this.runtime.renewedAt = Math.max(this.runtime.renewedAt, renewedAt);
        },
      },
      timing: {
        fullReportIntervalMs: 60_000,
        reportTimeoutMs: 20_000,
        reconnectDelayMsMax: 5_000,
        connectTimeoutMs: 5_000,
      },
    });
    this.#agent = agent;
    agent.on('connected', ({ clusterId }) => {
      this.clusterId = clusterId;
    });
    agent.on('removed', () => {
      this.#removed = true;
    });
    agent.start().catch((error: unknown) => {
      this.#world.broke(this.machine, error);
    });
  }

  #log(): AgentLog | undefined {
    const { log, time } = this.#world;
    if (log === undefined) return undefined;
    const write =
      (level: string) =>
      (fields: object, message: string): void => {
        log(
          `${JSON.stringify({ level, time: time.now, machine: this.machine.name, ...fields, message })}\n`,
        );
      };
    return {
      debug: write('debug'),
      info: write('info'),
      warn: write('warn'),
      error: write('error'),
    };
  }

  #credentials(): CredentialStore {
    return {
      load: () => Promise.resolve(this.credential),
      save: (credential) => {
        this.credential = credential;
        return Promise.resolve();
      },
      clear: () => {
        this.credential = undefined;
        return Promise.resolve();
      },
    };
  }

  async #run(order: RunOrder): Promise<void> {
    await this.#writeDown();
    if (this.runtime.isVoid(order)) {
      const { instanceId, generation } = order;
      this.#agent?.reportChanged({ instanceId, generation, phase: 'UNDEPLOYED' });
      return;
    }
    if (!this.runtime.has(order) && this.runtime.refuses())
      throw new OrderRefused('no-room', 'No room', 'the site does not want it');
    this.runtime.start(order);
  }

  async #stop(order: StopOrder): Promise<void> {
    const { instanceId, generation, leaseEnd } = order;
    // What the agent does by itself nobody has told it.
    if (leaseEnd === undefined)
      this.#world.history.add({ kind: 'toldToStop', cluster: this.name, instanceId, generation });
    await this.#writeDown();
    const later = this.#world.time.inThisLife(this.machine);
    await new Promise<void>((resolve) => {
      this.runtime.stop(order, () => {
        later(0, resolve);
      });
    });
  }

  /** Nothing is acknowledged before it is on the site's disk. */
  #writeDown(): Promise<void> {
    return new Promise((resolve) => {
      this.#world.time.at(this.machine, this.machine.random.between(0.1, 5), resolve);
    });
  }

  /** The agent hears of changes a little late, and of some very late. */
  #onChange(report: InstanceReport): void {
    const agent = this.#agent;
    if (agent === undefined) return;
    const { random } = this.machine;
    const late = random.chance(this.plan.lateRate);
    this.#world.time.at(this.machine, random.between(0, late ? 4_000 : 5), () => {
      agent.reportChanged(report);
    });
  }

  /** Looks at what goes through the agent's connection, as somebody on the wire could. */
  onSent(text: string): void {
    if (!text.startsWith('{"type":"report"')) return;
    this.sent.push(JSON.parse(text) as ReportFrame);
    if (this.sent.length > sentReportsMax) this.sent.shift();
  }

  onReceived(text: string): void {
    if (!text.startsWith('{"type":"reported"')) return;
    const { session, sequence, applied } = JSON.parse(text) as {
      session: number;
      sequence: number;
      applied: boolean;
    };
    this.#world.history.add({ kind: 'reported', cluster: this.name, session, sequence, applied });
    const { known } = this;
    if (session > known.session || (session === known.session && sequence > known.sequence))
      this.known = { session, sequence };
  }
}
