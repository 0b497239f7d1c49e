/** Finds the command, its transaction and its session, and runs it. */
import { aggregateCommands } from './commands/aggregate.js';
import { catalogCommands } from './commands/catalog.js';
import { readCommands } from './commands/read.js';
import { serverCommands } from './commands/server.js';
import { writeCommands } from './commands/write.js';
import { toTimestamp } from './change-log.js';
import { extend } from './bson.js';
import { StoreError, errorReply } from './errors.js';
import type { Command, Reply, Request } from './request.js';
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
  const time = { operationTime: toTimestamp(store.log.last) };
  return reply instanceof Buffer ? extend(reply, time) : { ...reply, ...time };
}

function joinTransaction(store: Store, request: Request, command: Command): void {
  if (request.value('autocommit') !== false) return;
  const { session, txnNumber, name } = request;
  if (session === undefined || txnNumber === undefined) {
    throw new StoreError('InvalidOptions', 'a transaction needs lsid and txnNumber');
  }
  if (name === 'commitTransaction' || name === 'abortTransaction') return;
  if (!command.transactional) {
    throw new StoreError(
      'OperationNotSupportedInTransaction',
      `Cannot run command ${name} in a multi-document transaction.`,
    );
  }
  const id = { session, number: txnNumber };
  request.transaction = request.flag('startTransaction')
    ? store.transactions.start(id)
    : store.transactions.get(id);
  request.transaction.usedBy(request.connection.id);
}

/** A dispatcher for one store. */
export function createDispatcher(store: Store): Dispatcher {
  return (request) => {
    try {
      const command = COMMANDS.get(request.name);
      if (!command) throw new StoreError('CommandNotFound', `no such command: '${request.name}'`);
      request.check(command);
      joinTransaction(store, request, command);
      const reply = command.run(store, request);
      if (!(reply instanceof Promise)) return stamp(store, request, reply);
      return reply.then(
        (fields) => stamp(store, request, fields),
        (error: unknown) => refuse(store, request, error),
      );
    } catch (error) {
      return refuse(store, request, error);
    }
  };
}

function refuse(store: Store, request: Request, error: unknown): Reply {
  // Any error ends the transaction it happened in.
  if (request.transaction) store.transactions.end(request.transaction);
  const reply = errorReply(error);
  if (reply['code'] === 1) {
    store.settings.log('error', `command ${request.name} failed`, {
      error: error instanceof Error ? error.stack : String(error),
    });
  }
  return stamp(store, request, reply);
}
