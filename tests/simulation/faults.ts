/** Carries the faults of a plan out, and takes all of them back. */
import { recordReport } from '../../src/domain/instance/record-report.js';
import { fromReport, type ReportInput } from '../../src/wire/values.js';
import type { Site } from './actors/site.js';
import type { Fault } from './plan/plan.js';
import type { World } from './world.js';

type Name = Fault['fault'];
type Of<N extends Name> = Extract<Fault, { fault: N }>;
/** @returns how to take it back, if it does not end by itself */
type Strike<N extends Name> = (world: World, fault: Of<N>) => (() => void) | undefined;

const siteOf = (world: World, { site }: { site: number }): Site | undefined => world.sites[site];

/** Somebody submits an old report once more, over HTTP. */
function repeatReport(world: World, site: Site): void {
  const { clusterId, sent } = site;
  if (clusterId === undefined || sent.length === 0) return;
  const frame = world.outside.random.pick(sent);
  const { session: knownSession, sequence: knownSequence } = site.known;
  const manager = world.pickManager(world.outside);
  world.network.call(
    world.outside,
    manager.machine,
    () =>
      manager.answer(undefined, async (ports) => ({
        ...(await recordReport(ports, clusterId, fromReport(frame as unknown as ReportInput))),
      })),
    ({ status, body }) => {
      if (status !== 200) return;
      world.history.add({
        kind: 'reportedAgain',
        cluster: site.name,
        session: frame.session,
        sequence: frame.sequence,
        knownSession,
        knownSequence,
        applied: body['applied'] === true,
      });
    },
  );
}

const strikes: { readonly [N in Name]: Strike<N> } = {
  crashManager(world, { manager, forMs }) {
    const target = world.managers[manager];
    target?.crash();
    target?.start(forMs);
    return undefined;
  },
  freezeManager(world, { manager }) {
    const machine = world.managers[manager]?.machine;
    if (machine === undefined) return undefined;
    machine.frozen = true;
    return () => {
      world.time.thaw(machine);
    };
  },
  crashAgent(world, fault) {
    const site = siteOf(world, fault);
    site?.crash();
    site?.start(fault.forMs);
    return undefined;
  },
  freezeAgent(world, fault) {
    const machine = siteOf(world, fault)?.machine;
    if (machine === undefined) return undefined;
    machine.frozen = true;
    return () => {
      world.time.thaw(machine);
    };
  },
  losePower(world, fault) {
    const site = siteOf(world, fault);
    site?.losePower();
    site?.start(fault.forMs);
    return undefined;
  },
  breakInstance(world, fault) {
    siteOf(world, fault)?.runtime.breakOne();
    return undefined;
  },
  cutAgent(world, fault) {
    const site = siteOf(world, fault);
    if (site) world.network.cut(site.machine);
    return undefined;
  },
  partition(world, fault) {
    const site = siteOf(world, fault);
    if (site === undefined) return undefined;
    const from = world.managers.filter(
      (_, index) => fault.manager === undefined || fault.manager === index,
    );
    for (const { machine } of from) world.network.part(site.machine, machine);
    return () => {
      for (const { machine } of from) world.network.heal(site.machine, machine);
    };
  },
  cutOffManager(world, { manager }) {
    const machine = world.managers[manager]?.machine;
    if (machine === undefined) return undefined;
    world.network.part(machine, world.database.machine);
    return () => {
      world.network.heal(machine, world.database.machine);
    };
  },
  repeatReport(world, fault) {
    const site = siteOf(world, fault);
    if (site) repeatReport(world, site);
    return undefined;
  },
  delayNetwork(world, { delayMs }) {
    world.network.faults.delayMs += delayMs;
    return () => {
      world.network.faults.delayMs -= delayMs;
    };
  },
  loseCalls(world, { rate }) {
    world.network.faults.callLossRate = rate;
    return () => {
      world.network.faults.callLossRate = 0;
    };
  },
  repeatCalls(world, { rate }) {
    world.network.faults.callTwiceRate = rate;
    return () => {
      world.network.faults.callTwiceRate = 0;
    };
  },
  slowDisk(world, { factor }) {
    world.database.faults.slowness = factor;
    return () => {
      world.database.faults.slowness = 1;
    };
  },
  failWrites(world, { rate }) {
    world.database.faults.failRate = rate;
    return () => {
      world.database.faults.failRate = 0;
    };
  },
  conflicts(world, { rate }) {
    world.database.faults.conflictRate = rate;
    return () => {
      world.database.faults.conflictRate = 0;
    };
  },
  loseStoreConnections(world, { rate }) {
    world.database.faults.lossRate = rate;
    return () => {
      world.database.faults.lossRate = 0;
    };
  },
  crashStore(world) {
    world.database.crash();
    world.database.faults.down = true;
    return () => {
      world.database.faults.down = false;
    };
  },
  forgetChanges(world) {
    world.database.database.forgetLog();
    return undefined;
  },
  jumpClock(world, { manager, toMs }) {
    const machine = world.managers[manager]?.machine;
    if (machine) machine.clockOffMs = toMs;
    return undefined;
  },
  lateScheduler(world, { delayMs }) {
    world.scheduler.faults.delayMs = delayMs;
    return () => {
      world.scheduler.faults.delayMs = 0;
    };
  },
  confusedScheduler(world) {
    world.scheduler.faults.confused = true;
    return () => {
      world.scheduler.faults.confused = false;
    };
  },
};

/** The faults under way. */
export class Weather {
  readonly #world: World;
  readonly #open = new Set<() => void>();

  constructor(world: World) {
    this.#world = world;
  }

  strike(fault: Fault): void {
    const world = this.#world;
    world.count(fault.fault);
    world.history.add({ kind: 'fault', name: fault.fault, target: JSON.stringify(fault) });
    const undo = (strikes[fault.fault] as Strike<Name>)(world, fault as Of<Name>);
    if (undo === undefined || !('forMs' in fault)) return;
    const once = (): void => {
      if (this.#open.delete(once)) undo();
    };
    this.#open.add(once);
    world.time.at(world.outside, fault.forMs, once);
  }

  /** Everything is well again. */
  clear(): void {
    for (const undo of [...this.#open]) undo();
  }
}
