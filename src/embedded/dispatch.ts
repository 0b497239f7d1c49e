/** Finds the command, its transaction and its session, and runs it. */
import { aggregateCommands } from './commands/aggregate.js';
import { catalogCommands } from './commands/catalog.js';
import { readCommands } from './commands/read.js';
import { serverCommands } from './commands/server.js';
import { writeCommands } from './commands/write.js';
import { toTimestamp } from './change-log.js';
import { extend } from './bson.js';
import { StoreError, errorReply, unsupported } from './errors.js';
import type { Command, Reply, Request } from './request.js';
import type { Session } from './sessions.js';
import type { Store } from './store.js';

/** Runs a request. */
export type Dispatcher = (request: Request) => Reply | Promise<Reply>;

/** Every command by name. */
export const COMMANDS: ReadonlyMap<string, Command> = new Map(
  Object.entries({
    ...serverCommands,
    ...catalogCommands,
    ...readCommands,
    ...aggregateCommands,
    ...writeCommands,
  }),
);

/**
 * Adds the logical time, from which drivers build causal consistency. There is no `$clusterTime`: drivers carry that from one server
 * to the next, and it made a read a fifth more expensive.
 */
function stamp(store: Store, request: Request, reply: Reply): Reply {
  if (request.session === undefined) return reply;
  const time = { operationTime: toTimestamp(request.time ?? store.log.last) };
  return reply instanceof Buffer ? extend(reply, time) : { ...reply, ...time };
}

const RETRYABLE = new Set(['insert', 'update', 'delete', 'findAndModify']);
const ENDINGS = new Set(['commitTransaction', 'abortTransaction']);

const misplaced = (message: string): StoreError =>
  new StoreError('OperationNotSupportedInTransaction', message);
const invalid = (message: string): StoreError => new StoreError('InvalidOptions', message);

/** Concerns are said once: that of reading by the first command, that of writing by the commit. */
function checkConcerns(request: Request, starts: boolean): void {
  const read = request.doc('readConcern');
  if (read && !starts) throw invalid('a readConcern belongs to the first command of a transaction');
  if (read?.get('level') === 'available')
    throw invalid('a transaction cannot read with the level available');
  if (request.value('writeConcern') !== undefined && !ENDINGS.has(request.name))
    throw invalid('a writeConcern belongs to the commit of a transaction');
}

function joinTransaction(
  { sessions }: Store,
  session: Session,
  request: Request,
  command: Command,
): void {
  const { name, txnNumber = 0 } = request;
  const starts = request.flag('startTransaction');
  checkConcerns(request, starts);
  const ends = ENDINGS.has(name);
  if (starts && (ends || name === 'killCursors'))
    throw misplaced(`${name} cannot be the first command of a transaction`);
  if (ends) return;
  if (/^create/.test(name)) throw unsupported(`${name} in a transaction`);
  if (!command.transactional)
    throw misplaced(`Cannot run command ${name} in a multi-document transaction.`);
  request.transaction = starts
    ? sessions.beginTransaction(session, txnNumber)
    : sessions.transactionOf(session, txnNumber);
  request.transaction.connections.add(request.connection.id);
}

/** A command with a number belongs to a transaction, or is a write that may be sent again. */
function admit(store: Store, session: Session, request: Request, command: Command): void {
  const { name, txnNumber = 0, inTransaction } = request;
  if (inTransaction) return joinTransaction(store, session, request, command);
  if (RETRYABLE.has(name)) return store.sessions.beginWrite(session, txnNumber);
  throw new StoreError(
    'Location50768',
    `${name} is no retryable write, and without autocommit: false it takes no txnNumber`,
  );
}

/** A dispatcher for one store. */
export function createDispatcher(store: Store): Dispatcher {
  return (request) => {
    const command = COMMANDS.get(request.name);
    try {
      if (!command) throw new StoreError('CommandNotFound', `no such command: '${request.name}'`);
      request.check(command);
    } catch (error) {
      return refuse(store, request, error);
    }
    const { session, txnNumber } = request;
    if (session === undefined || txnNumber === undefined) return perform(store, request, command);
    return store.sessions.inTurn(session, (state) => perform(store, request, command, state));
  };
}

function perform(
  store: Store,
  request: Request,
  command: Command,
  session?: Session,
): Reply | Promise<Reply> {
  try {
    if (session) admit(store, session, request, command);
    const reply = command.run(store, request);
    if (!(reply instanceof Promise)) return stamp(store, request, reply);
    return reply.then(
      (fields) => stamp(store, request, fields),
      (error: unknown) => refuse(store, request, error),
    );
  } catch (error) {
    return refuse(store, request, error);
  }
}

function refuse(store: Store, request: Request, error: unknown): Reply {
  // Any error ends the transaction it happened in.
  store.abort(request);
  const reply = errorReply(error);
  if (reply['code'] === 1) {
    store.settings.log('error', `command ${request.name} failed`, {
      error: error instanceof Error ? error.stack : String(error),
    });
  }
  return stamp(store, request, reply);
}
