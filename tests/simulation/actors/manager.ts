/** A manager process: the real rooms but HTTP, on the simulated database and network. It is started again whenever it ends. */
import { Writable } from 'node:stream';
import { pino, type Logger } from 'pino';
import type { WebSocket } from 'ws';
import { buildCore, type Core } from '../../../src/app.js';
import { DomainError } from '../../../src/domain/errors.js';
import type { Ports } from '../../../src/domain/ports.js';
import type { Scheduler } from '../../../src/domain/scheduling/scheduling.js';
import { classifyStoreError } from '../../../src/store/errors.js';
import { createStore, type Store } from '../../../src/store/store.js';
import type { Collection } from '../database/collection.js';
import { createSimulatedConnection, createSimulatedModels } from '../database/models.js';
import type { Machine } from '../engine/machine.js';
import type { SimulatedSocket } from '../network/socket.js';
import type { World } from '../world.js';

/** Shorter than by default, in the same proportions: less idle time in a run. */
export const timing = {
  heartbeatMs: 5_000,
  reportMs: 5_000,
  inactiveAfterMs: 15_000,
  lostAfterMs: 35_000,
  exchangeMs: 60_000,
  leaseMs: 5_000,
  schedulerDeadlineMs: 2_000,
} as const;

export interface Answer {
  readonly status: number;
  readonly code?: string | undefined;
  readonly body: Readonly<Record<string, unknown>>;
}

/** What one request does. It may run again in another transaction. */
export type Work = (ports: Ports, store: Store, core: Core) => Promise<Record<string, unknown>>;

/** Statuses of refusals that will be the same next time; everything else may be tried again. */
const isFinal = (code: string): boolean =>
  !['write-conflict', 'unavailable', 'overloaded', 'shutting-down', 'internal'].includes(code);

/** One for all: each pino of its own would be kept until the process exits. */
const silent = pino({ level: 'silent' });

interface Life {
  readonly core: Core;
  readonly store: Store;
  ready: boolean;
}

/** What a test may put between the manager and its surroundings. */
export interface ManagerParts {
  readonly store: (store: Store) => Store;
  /** In place of the built-in one. */
  readonly scheduler: Scheduler | undefined;
  /** Is shown every collection of a manager's connection. */
  readonly collection: (name: string, collection: Collection) => void;
}

export class SimulatedManager {
  readonly machine: Machine;
  readonly #world: World;
  readonly #parts: ManagerParts;
  readonly #logger: Logger;
  #life: Life | undefined;

  constructor(world: World, machine: Machine, parts: ManagerParts) {
    this.machine = machine;
    this.#world = world;
    this.#parts = parts;
    const { log } = world;
    this.#logger = log
      ? pino(
          { level: 'debug', base: { machine: machine.name } },
          new Writable({
            write: (chunk: Buffer, _encoding, done) => {
              log(chunk.toString('utf8'));
              done();
            },
          }),
        )
      : silent;
  }

  get up(): boolean {
    return this.#life?.ready === true && !this.machine.frozen;
  }

  start(delayMs: number): void {
    this.#world.time.at(this.machine, delayMs, () => {
      this.#boot();
    });
  }

  /** As by `kill -9`. */
  crash(): void {
    this.machine.life += 1;
    this.machine.frozen = false;
    this.#life = undefined;
    this.#world.network.crashed(this.machine);
    this.#world.database.forget(this.machine);
  }

  /** Answers one request, as the HTTP room would. */
  async answer(key: string | undefined, work: Work): Promise<Answer> {
    const life = this.#life;
    if (life?.ready !== true) return { status: 503, code: 'unavailable', body: {} };
    const { core, store } = life;
    try {
      if (key === undefined) return { status: 200, body: await work(core.ports, store, core) };
      const { answer } = await store.idempotency.once(
        { principal: 'administrator', key, operationId: 'simulated', fingerprint: key },
        async () => ({ status: 200, headers: {}, body: await work(core.ports, store, core) }),
      );
      return { status: answer.status, body: answer.body as Answer['body'] };
    } catch (error) {
      const known = error instanceof DomainError ? error : classifyStoreError(error);
      const code = known?.code ?? 'internal';
      const detail = known?.detail ?? (error instanceof Error ? error.message : String(error));
      return { status: isFinal(code) ? 409 : 503, code, body: { detail } };
    }
  }

  /** Takes an agent's connection, or refuses it as the upgrade would. */
  async upgrade(socket: SimulatedSocket, token: string): Promise<number> {
    const life = this.#life;
    if (life === undefined) return 0;
    if (!life.ready) return 503;
    let principal;
    try {
      principal = await life.core.authenticator.authenticate(token);
    } catch {
      return 503;
    }
    if (principal === undefined) return 401;
    if (principal.kind !== 'enrolment' && principal.kind !== 'cluster') return 403;
    if (socket.readyState === socket.CLOSED) return 0;
    socket.open();
    life.core.gateway.accept(socket as unknown as WebSocket, principal);
    return 101;
  }

  #boot(): void {
    const { database, tables, plan, scheduler } = this.#world;
    const models = createSimulatedModels(database, tables, this.machine, this.#parts.collection);
    const connection = createSimulatedConnection(database, this.machine);
    const store = this.#parts.store(
      createStore(
        { connection, clusters: connection, jobs: connection, access: connection },
        models,
        {
          now: () => Date.now(),
          onError: (error, message) => {
            this.#logger.error({ err: error }, message);
          },
        },
      ),
    );
    const core = buildCore({
      store,
      adminToken: 'administrator',
      enrolmentToken: 'enrolment',
      logger: this.#logger,
      newId: this.#world.newId,
      ...(this.#parts.scheduler ? { scheduler: this.#parts.scheduler } : {}),
      ...(plan.remoteScheduler
        ? { defaultScheduler: scheduler.name, schedulerDeadlineMs: timing.schedulerDeadlineMs }
        : {}),
      eventsKept: plan.eventsKept,
      leaseMs: timing.leaseMs,
      ownStore: true,
      heartbeatMs: timing.heartbeatMs,
      reportMs: timing.reportMs,
      inactiveAfterMs: timing.inactiveAfterMs,
      lostAfterMs: timing.lostAfterMs,
      sessionLimits: { exchangeMs: timing.exchangeMs },
    });
    if (plan.remoteScheduler) core.registry.add(scheduler);
    const life: Life = { core, store, ready: false };
    this.#life = life;
    core.start().then(
      () => {
        life.ready = true;
      },
      (error: unknown) => {
        // The process ends with what it cannot do, and its supervisor starts it again. Not from within: what it still had to do in
        // this very moment would be taken for the work of its next life.
        this.#logger.error({ err: error }, 'cannot start');
        this.#world.time.at(this.#world.outside, 0, () => {
          if (this.#life !== life) return;
          this.crash();
          this.start(1_000);
        });
      },
    );
  }
}
