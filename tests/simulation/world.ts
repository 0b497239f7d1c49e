/** One run's world: everything in it is made from the plan, and nothing in it knows of anything outside. */
import { EventEmitter } from 'node:events';
import { SimulatedManager, type ManagerParts } from './actors/manager.js';
import { MoodyScheduler } from './actors/moody-scheduler.js';
import { Site } from './actors/site.js';
import { Users } from './actors/users.js';
import { Watcher } from './actors/watcher.js';
import { createTables } from './database/models.js';
import { DatabaseServer } from './database/server.js';
import { createMachine, type Machine } from './engine/machine.js';
import { Random } from './engine/random.js';
import { VirtualTime } from './engine/virtual-time.js';
import { History } from './history.js';
import { Network } from './network/network.js';
import type { SimulatedSocket } from './network/socket.js';
import type { Plan } from './plan/plan.js';

/** When every run begins (epoch milliseconds). */
const startsAt = Date.UTC(2030, 0, 1);

export interface WorldOptions {
  /** Deliberate bugs: what is put between the managers and their surroundings. */
  readonly parts?: Partial<ManagerParts> | undefined;
  /** Is handed the managers' log lines. */
  readonly log?: ((line: string) => void) | undefined;
}

export class World {
  readonly plan: Plan;
  readonly log: ((line: string) => void) | undefined;
  readonly time: VirtualTime;
  readonly history: History;
  readonly network: Network;
  readonly database: DatabaseServer;
  readonly tables = createTables();
  readonly scheduler: MoodyScheduler;
  readonly managers: readonly SimulatedManager[];
  readonly sites: readonly Site[];
  readonly users: Users;
  readonly watcher: Watcher;
  /** How often each kind of fault has struck. */
  readonly struck = new Map<string, number>();
  readonly outside: Machine;
  readonly #random: Random;
  #ids = 0;

  constructor(plan: Plan, options: WorldOptions) {
    this.plan = plan;
    this.log = options.log;
    this.#random = new Random(`world/${plan.seed}`);
    this.outside = this.machine('outside');
    this.time = new VirtualTime(startsAt, this.outside, (machine, error) => {
      this.broke(machine, error);
    });
    this.history = new History(() => this.time.now - startsAt);
    const count = (fault: string): void => {
      this.count(fault);
    };
    this.network = new Network(this.time, this.#random.fork('network'), count);
    this.database = new DatabaseServer(this.network, this.machine('store'), count);
    this.scheduler = new MoodyScheduler(this.#random.fork('scheduler'), count);
    const parts: ManagerParts = {
      store: (store) => store,
      scheduler: undefined,
      collection: () => undefined,
      ...options.parts,
    };
    this.managers = Array.from(
      { length: plan.managers },
      (_, index) => new SimulatedManager(this, this.machine(`manager-${index}`), parts),
    );
    this.sites = plan.sites.map(
      (site) =>
        new Site(this, site, {
          agent: this.machine(`${site.name}-agent`),
          runtime: this.machine(`${site.name}-runtime`),
        }),
    );
    this.users = new Users(this, this.machine('users'));
    this.watcher = new Watcher(this, this.machine('watcher'));
  }

  machine(name: string): Machine {
    const machine = createMachine(name, this.#random.fork(name));
    machine.clockRate = 1 + machine.random.between(-1, 1) * this.plan.clockDrift;
    return machine;
  }

  /** Ids of 24 hexadecimal digits that rise. */
  readonly newId = (): string => {
    this.#ids += 1;
    return this.#ids.toString(16).padStart(24, '0');
  };

  count(fault: string): void {
    this.struck.set(fault, (this.struck.get(fault) ?? 0) + 1);
  }

  /** Something threw where nobody catches it: a process would have ended. */
  broke(machine: Machine, error: unknown): void {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    this.history.add({ kind: 'broke', machine: machine.name, error: text });
  }

  /** A manager that looks alive from there; as a load balancer would, it may be wrong. */
  pickManager(from: Machine): SimulatedManager {
    const up = this.managers.filter((each) => each.up && !this.network.parted(from, each.machine));
    return from.random.pick(up.length > 0 ? up : this.managers);
  }

  /** Begins a connection from a site's agent to a manager. */
  dial(site: Site, token: string): SimulatedSocket {
    const { machine } = site;
    const manager = this.pickManager(machine);
    const { client, server } = this.network.connect(machine, manager.machine);
    const send = client.send.bind(client);
    client.send = (text, onTaken) => {
      site.onSent(text);
      send(text, onTaken);
    };
    client.on('message', (data: Buffer) => {
      site.onReceived(data.toString('utf8'));
    });
    const later = this.time.inThisLife(machine);
    const answer = (status: number): void => {
      later(this.network.travelMs(), () => {
        if (status === 101) client.open();
        else if (status === 0) client.emit('error', new Error('connect ECONNREFUSED'));
        else client.emit('unexpected-response', undefined, refusal(status));
      });
    };
    if (this.network.parted(machine, manager.machine)) return client;
    this.time.at(manager.machine, this.network.travelMs(), () => {
      void manager.upgrade(server, token).then(answer);
    });
    return client;
  }
}

/** The answer to an upgrade that is refused, with an empty body. */
function refusal(status: number): EventEmitter {
  const response = Object.assign(new EventEmitter(), { statusCode: status, headers: {} });
  queueMicrotask(() => response.emit('end'));
  return response;
}
