/** Sessions that number what they do: one command after the other, and what the newest number stands for. */
import type { Catalog } from './catalog.js';
import type { ChangeLog } from './change-log.js';
import { StoreError } from './errors.js';
import type { Kv } from './kv.js';
import type { Retries } from './retryable.js';
import { Transaction, type Claims } from './transaction.js';

/** One session. Its newest number is that of a retryable write, or of a transaction. */
export interface Session {
  /** The session's id in hexadecimal. */
  readonly id: string;
  number: number;
  state: 'write' | 'open' | 'committed' | 'aborted';
  /** While it is open. */
  transaction: Transaction | undefined;
  /** Settles when the last command that came is done; absent when none is under way. */
  tail: Promise<unknown> | undefined;
  lastUse: number;
}

const transient = (message: string): StoreError =>
  new StoreError('NoSuchTransaction', message, { labels: ['TransientTransactionError'] });

/** What the sessions need of their store. */
export interface SessionParts {
  readonly kv: Kv;
  readonly log: ChangeLog;
  readonly catalog: Catalog;
  readonly retries: Retries;
  /** How long a transaction is kept whose connections are all closed. */
  readonly orphanMs: number;
  /** Called when a transaction has ended, however it did. */
  readonly onEnd: (transaction: Transaction) => void;
}

/** All sessions that have numbered something of late. */
export class Sessions {
  private readonly known = new Map<string, Session>();
  private readonly open = new Set<Session>();
  private readonly claims: Claims = new Map();
  private readonly orphans = new Set<NodeJS.Timeout>();

  constructor(private readonly parts: SessionParts) {}

  /** A session by its id; what it did before a restart is read from the record of its last answer. */
  of(id: string): Session {
    const known = this.known.get(id);
    if (known) return known;
    const last = this.parts.retries.last(id);
    const session: Session = {
      id,
      number: last?.number ?? -1,
      state: last?.name === 'commitTransaction' ? 'committed' : 'write',
      transaction: undefined,
      tail: undefined,
      lastUse: Date.now(),
    };
    this.known.set(id, session);
    return session;
  }

  /** Runs a command when those of its session that came before are done. `work` must not throw. */
  inTurn<T>(id: string, work: (session: Session) => T | Promise<T>): T | Promise<T> {
    const session = this.of(id);
    const result = session.tail ? session.tail.then(() => work(session)) : work(session);
    session.lastUse = Date.now();
    if (!(result instanceof Promise)) return result;
    const tail = result
      .catch(() => undefined)
      .then(() => {
        session.lastUse = Date.now();
        if (session.tail === tail) session.tail = undefined;
      });
    session.tail = tail;
    return result;
  }

  /**
   * A retryable write with this number comes.
   *
   * @throws TransactionTooOld, IncompleteTransactionHistory - the number is over, or a transaction's
   */
  beginWrite(session: Session, number: number): void {
    checkAge(session, number);
    if (number === session.number && session.state !== 'write') {
      throw new StoreError(
        'IncompleteTransactionHistory',
        `the number ${number} is that of a transaction, not of a retryable write`,
      );
    }
    this.renew(session, number, 'write');
  }

  /** @throws TransactionTooOld, ConflictingOperationInProgress - the number is over, or taken */
  beginTransaction(session: Session, number: number): Transaction {
    checkAge(session, number);
    if (number === session.number) {
      throw new StoreError(
        'ConflictingOperationInProgress',
        `Cannot start a transaction with the number ${number}: the session has used it already.`,
      );
    }
    this.renew(session, number, 'open');
    const { kv, log, catalog } = this.parts;
    session.transaction = new Transaction(session.id, number, { kv, log, catalog }, this.claims);
    this.open.add(session);
    return session.transaction;
  }

  /** The open transaction. @throws NoSuchTransaction, TransactionCommitted, TransactionTooOld */
  transactionOf(session: Session, number: number): Transaction {
    checkAge(session, number);
    if (number === session.number && session.state === 'committed')
      throw new StoreError('TransactionCommitted', `Transaction ${number} has been committed.`);
    if (number === session.number && session.transaction) return session.transaction;
    throw transient(
      `Given transaction number ${number} does not match any in-progress transactions.`,
    );
  }

  /** The end of a transaction, if one is open. */
  end(session: Session, state: 'committed' | 'aborted'): void {
    const { transaction } = session;
    if (!transaction) return;
    session.state = state;
    session.transaction = undefined;
    this.open.delete(session);
    transaction.end();
    this.parts.onEnd(transaction);
  }

  /** Gives up what a session left open, after the command that is under way. */
  giveUp(id: string): void {
    const session = this.known.get(id);
    if (session) void this.inTurn(id, () => this.end(session, 'aborted'));
  }

  /**
   * A connection is gone. A transaction whose connections are all gone has lost its client, unless that comes back over another one
   * of its pool: it is given a moment for that.
   */
  connectionClosed(connection: number): void {
    for (const { id, transaction } of this.open) {
      if (!transaction?.connections.delete(connection) || transaction.connections.size > 0)
        continue;
      const timer = setTimeout(() => {
        this.orphans.delete(timer);
        const { transaction: still } = this.of(id);
        if (still === transaction && transaction.connections.size === 0) this.giveUp(id);
      }, this.parts.orphanMs);
      this.orphans.add(timer);
    }
  }

  /** Ends transactions nobody used since `idle`, and forgets sessions not seen since `unseen` (epoch ms). */
  expire(idle: number, unseen: number): void {
    for (const session of [...this.known.values()]) {
      if (session.tail) continue;
      if (session.lastUse < idle) this.end(session, 'aborted');
      if (session.lastUse < unseen) this.known.delete(session.id);
    }
  }

  endAll(): void {
    for (const timer of this.orphans) clearTimeout(timer);
    for (const session of [...this.open]) this.end(session, 'aborted');
  }

  private renew(session: Session, number: number, state: Session['state']): void {
    if (number === session.number) return;
    this.end(session, 'aborted');
    session.number = number;
    session.state = state;
  }
}

function checkAge(session: Session, number: number): void {
  if (number >= session.number) return;
  throw new StoreError(
    'TransactionTooOld',
    `the number ${number} is over: the session has already started ${session.number}`,
  );
}
