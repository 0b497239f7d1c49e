/** The simulated database as a process of its own: commands take time to come, to be carried out, and to be answered. */
import mongoose from 'mongoose';
import type { Machine } from '../engine/machine.js';
import type { VirtualTime } from '../engine/virtual-time.js';
import type { Network } from '../network/network.js';
import { Database, DuplicateKey, WriteConflict, type Transaction } from './database.js';
import { noDatabaseFaults, type DatabaseFaults } from './faults.js';

const {
  MongoServerError,
  MongoNetworkError,
  MongoServerSelectionError,
  MongoOperationTimeoutError,
} = mongoose.mongo;

/** A transaction as a client holds it. The server begins it with its first command. */
export interface OpenTransaction {
  /** Number of the session that it is of. */
  readonly session: number;
  transaction: Transaction | undefined;
  state: 'none' | 'open' | 'committed' | 'aborted';
}

export interface Command {
  readonly kind: 'read' | 'write' | 'commit' | 'abort';
  readonly within?: OpenTransaction | undefined;
  /** Carried out one after another; others come between where there is no transaction. */
  readonly steps: readonly ((transaction: Transaction) => unknown)[];
}

const selectionTimeoutMs = 5_000;
/** How long a write outside of a transaction waits until it looks again whether its document is free; at first, and at most. */
const lockedMsMin = 1;
const lockedMsMax = 50;
const conflictCode = 112;

const conflict = (): Error =>
  new MongoServerError({
    message: 'WriteConflict error: this operation conflicted with another operation.',
    code: conflictCode,
    codeName: 'WriteConflict',
    errorLabels: ['TransientTransactionError'],
  });

export class DatabaseServer {
  readonly database: Database;
  readonly machine: Machine;
  readonly faults: DatabaseFaults = noDatabaseFaults();
  /** Rung when something was committed. */
  readonly #bells = new Set<() => void>();
  readonly #time: VirtualTime;
  /** What to do with the commands under way when it crashes. */
  readonly #pending = new Set<() => void>();
  readonly #owned = new Map<Machine, Set<OpenTransaction>>();
  readonly #count: (fault: string) => void;

  readonly #network: Network;
  #sessions = 0;

  constructor(network: Network, machine: Machine, count: (fault: string) => void) {
    this.#time = network.time;
    this.#network = network;
    this.machine = machine;
    this.#count = count;
    this.database = new Database(() => network.time.now);
  }

  /** Like a read, answered as soon as something was committed, or after that time. It keeps what is told to whom in order. */
  callAfterCommit(client: Machine, waitMs: number, read: () => unknown): Promise<unknown> {
    const later = this.#time.inThisLife(client);
    return new Promise((resolve, reject) => {
      const ready = (): void => {
        if (!this.#bells.delete(ready)) return;
        timer.cancelled = true;
        const { random } = this.machine;
        later(random.between(0.1, random.chance(0.9) ? 5 : 80), () => {
          this.call(client, { kind: 'read', steps: [read] }).then(resolve, reject);
        });
      };
      const timer = this.#time.at(client, waitMs, ready);
      this.#bells.add(ready);
    });
  }

  /**
   * Sends a command from a machine, and resolves with the last step's result.
   *
   * @param timeoutMs - how long the client waits; what it has sent may take effect all the same
   */
  call(client: Machine, command: Command, timeoutMs?: number): Promise<unknown> {
    const later = this.#time.inThisLife(client);
    return new Promise((resolve, reject) => {
      if (timeoutMs !== undefined)
        later(timeoutMs, () => {
          reject(new MongoOperationTimeoutError('the store has not answered in time'));
        });
      const broken = (): void => {
        answer(this.#lost(command));
      };
      this.#pending.add(broken);
      const answer = (error: unknown, result?: unknown): void => {
        this.#pending.delete(broken);
        const parted = this.#network.parted(client, this.machine);
        if (parted) this.#count('answer of the store lost');
        const failure = parted ? this.#lost(command) : error;
        later(parted ? selectionTimeoutMs : this.machine.random.between(0.05, 0.5), () => {
          if (failure instanceof Error) reject(failure);
          else resolve(result);
        });
      };
      if (command.within?.state === 'open') this.#own(client, command.within);
      if (this.#network.parted(client, this.machine)) this.#refuse(command, answer);
      else
        this.#time.at(this.machine, this.#travelMs(command), () => {
          this.#receive(command, answer);
        });
    });
  }

  nextSession(): number {
    this.#sessions += 1;
    return this.#sessions;
  }

  /** Rolls back what the sessions of these numbers have open. */
  endSessions(client: Machine, numbers: readonly number[], timeoutMs?: number): Promise<unknown> {
    const end = (): void => {
      for (const owned of this.#owned.values())
        for (const open of owned) if (numbers.includes(open.session)) this.abort(open);
    };
    return this.call(client, { kind: 'abort', steps: [end] }, timeoutMs);
  }

  /** A client is gone: what it had open is rolled back, soon. Until then a crash ends it, or whoever ends its session. */
  forget(client: Machine): void {
    const owned = this.#owned.get(client) ?? new Set();
    const open = [...owned];
    const { random } = this.machine;
    this.#time.at(this.machine, random.chance(0.8) ? 1 : random.between(100, 3_000), () => {
      for (const each of open) {
        this.abort(each);
        owned.delete(each);
      }
    });
  }

  /** It dies and comes back: open transactions are gone, what was committed is not. */
  crash(): void {
    this.machine.life += 1;
    for (const owned of this.#owned.values()) for (const each of owned) this.abort(each);
    this.#owned.clear();
    for (const broken of [...this.#pending]) broken();
    for (const ring of [...this.#bells]) ring();
  }

  abort(open: OpenTransaction): void {
    if (open.state !== 'open') return;
    open.state = 'aborted';
    if (open.transaction) this.database.abort(open.transaction);
  }

  #travelMs({ kind }: Command): number {
    const slow = kind === 'read' ? 1 : this.faults.slowness;
    return this.machine.random.between(0.1, kind === 'read' ? 0.8 : 1.5) * slow;
  }

  #own(client: Machine, open: OpenTransaction): void {
    const owned = this.#owned.get(client);
    if (owned) owned.add(open);
    else this.#owned.set(client, new Set([open]));
  }

  #receive(command: Command, answer: (error: unknown, result?: unknown) => void): void {
    const { random } = this.machine;
    const { faults } = this;
    if (faults.down) {
      this.#refuse(command, answer);
      return;
    }
    if (faults.lossRate > 0 && random.chance(faults.lossRate / 2)) {
      this.#count('store connection lost before');
      answer(this.#lost(command));
      return;
    }
    if (faults.failRate > 0 && command.kind !== 'read' && random.chance(faults.failRate)) {
      this.#count('failed write');
      if (command.within) this.abort(command.within);
      answer(new MongoServerError({ message: 'the disk is full', code: 14031 }));
      return;
    }
    if (faults.conflictRate > 0 && command.within && random.chance(faults.conflictRate)) {
      this.#count('write conflict');
      this.abort(command.within);
      answer(conflict());
      return;
    }
    const lostAfter = faults.lossRate > 0 && random.chance(faults.lossRate / 2);
    this.#carryOut(command, 0, (error, result) => {
      if (lostAfter) {
        this.#count('store connection lost after');
        answer(this.#lost(command));
      } else answer(error, result);
    });
  }

  /** Nobody answers. */
  #refuse({ kind }: Command, answer: (error: unknown) => void): void {
    this.#count('store away');
    this.#time.at(this.machine, selectionTimeoutMs, () => {
      answer(
        kind === 'commit'
          ? labelled(new MongoNetworkError('no primary'), 'UnknownTransactionCommitResult')
          : new MongoServerSelectionError('no primary', {} as never),
      );
    });
  }

  /** A connection that broke: the transaction on it is gone, unless its commit is what was sent. */
  #lost({ kind, within }: Command): Error {
    const error = new MongoNetworkError('the connection broke');
    if (kind === 'commit') return labelled(error, 'UnknownTransactionCommitResult');
    if (within) {
      this.abort(within);
      return labelled(error, 'TransientTransactionError');
    }
    return error;
  }

  #carryOut(
    command: Command,
    at: number,
    done: (error: unknown, result?: unknown) => void,
    lockedMs = lockedMsMin,
  ): void {
    const step = command.steps[at];
    if (step === undefined) {
      done(undefined);
      return;
    }
    let result: unknown;
    try {
      result = command.within ? this.#within(command.within, step) : this.#alone(command, step);
    } catch (error) {
      if (error instanceof WriteConflict && command.within === undefined)
        this.#time.at(this.machine, lockedMs, () => {
          this.#carryOut(command, at, done, Math.min(lockedMsMax, lockedMs * 2));
        });
      else done(toDriverError(error));
      return;
    }
    if (at === command.steps.length - 1) done(undefined, result);
    else
      this.#time.at(this.machine, this.machine.random.between(0, 0.2), () => {
        this.#carryOut(command, at + 1, done);
      });
  }

  #within(open: OpenTransaction, step: (transaction: Transaction) => unknown): unknown {
    if (open.state === 'committed') return undefined;
    if (open.state !== 'open') throw noSuchTransaction();
    open.transaction ??= this.database.begin();
    try {
      return step(open.transaction);
    } catch (error) {
      this.abort(open);
      throw error;
    }
  }

  #alone({ kind }: Command, step: (transaction: Transaction) => unknown): unknown {
    const transaction = this.database.begin();
    try {
      const result = step(transaction);
      if (kind === 'read') this.database.abort(transaction);
      else this.commit(transaction);
      return result;
    } catch (error) {
      this.database.abort(transaction);
      throw error;
    }
  }

  commit(transaction: Transaction): void {
    this.database.commit(transaction);
    for (const ring of [...this.#bells]) ring();
  }

  /** The end of a transaction, as one step of a command. */
  commitStep(open: OpenTransaction): (transaction: Transaction) => void {
    return (transaction) => {
      open.state = 'committed';
      this.commit(transaction);
    };
  }
}

const noSuchTransaction = (): Error =>
  new MongoServerError({
    message: 'Transaction has been aborted.',
    code: 251,
    codeName: 'NoSuchTransaction',
    errorLabels: ['TransientTransactionError'],
  });

function labelled<T extends InstanceType<typeof mongoose.mongo.MongoError>>(
  error: T,
  label: string,
): T {
  error.addErrorLabel(label);
  return error;
}

function toDriverError(error: unknown): unknown {
  if (error instanceof WriteConflict) return conflict();
  if (error instanceof DuplicateKey)
    return new MongoServerError({ message: error.message, code: 11000 });
  return error;
}
