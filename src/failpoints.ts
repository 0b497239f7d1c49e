/**
 * Named places in the code at which tests make things go wrong: the process dies, a call fails, somebody is slow. Nothing here reads
 * the environment or a setting. Only who calls `armFailpoints` switches them on, nobody in the product does, and it is said aloud.
 */

/** Writes that have to survive what comes after them. Each has a failpoint before and one after it. */
export const durableWrites = [
  'cluster.insert',
  'cluster.replace',
  'cluster.renewCredential',
  'cluster.beginSession',
  'enrolmentToken.use',
  'cluster.observe',
  'cluster.heard',
  'cluster.markInactive',
  'webhook.progress',
  'service.insert',
  'service.replace',
  'instance.saveAll',
  'operation.insert',
  'operation.replace',
  'binding.commit',
  'idempotency.remember',
  'transaction.commit',
  'history.append',
  'history.keepFirstPosition',
  'history.declareGap',
  'history.trim',
  'lease.take',
  'lease.renew',
  'lease.release',
  'token.write',
] as const;

/** Other places. */
export const moments = [
  /** A decision has been made, with what it reserves written and what it binds not. */
  'binding.reserved',
  /** The position has moved, the events are not there, in one transaction. */
  'history.append.moved',
  /** Events are declared gone and not yet removed. */
  'history.trim.marked',
  /** A gap is declared, and what was before is not yet removed. */
  'history.declareGap.declared',
  /** The sessions of the former leader have ended, and the lease is still its own. */
  'lease.take.formerEnded',
  /** The lease is taken, and no duty has begun. */
  'leadership.begun',
  /** A session has begun, and its agent was not told. */
  'session.begun',
  /** An agent is about to be told all of its orders. */
  'session.resuming',
  /** Orders are about to be sent. */
  'orders.sending',
  /** Orders have been sent, and nobody has answered. */
  'orders.sent',
  'ack.received',
  'ack.stored',
  'nack.received',
  'nack.stored',
  /** A report is stored, and its agent was not told. */
  'report.stored',
  /** What a request wished is done, and it was not answered. */
  'request.done',
  /** A group of writes is in the LMDB transaction, which is not committed. */
  'group.filled',
  /** A group of writes is on disk, and nobody was told. */
  'group.durable',
  /** Old changes are about to be removed from the log of the embedded store. */
  'changeLog.trimming',
  'backup.copied',
  'backup.published',
  'restore.filled',
  'restore.published',
] as const;

export type DurableWrite = (typeof durableWrites)[number];
export type FailpointName =
  `${DurableWrite}.before` | `${DurableWrite}.after` | (typeof moments)[number];

/** Is called at each failpoint. What it throws is thrown there; what it returns is awaited, where the place is not a synchronous one. */
export type FailpointHook = (name: FailpointName) => void | Promise<void>;

/** Undefined but in tests: then a failpoint costs one comparison. */
export let failpoint: FailpointHook | undefined;

/** Switches failpoints on. For tests only. @returns how to switch them off */
export function armFailpoints(hook: FailpointHook): () => void {
  process.emitWarning('Failpoints are switched on: this process is made to fail on purpose.');
  failpoint = hook;
  return () => {
    failpoint = undefined;
  };
}

/** Carries out a durable write between its two failpoints. */
export function durably<T>(name: DurableWrite, write: () => Promise<T>): Promise<T> {
  return failpoint === undefined ? write() : between(name, failpoint, write);
}

async function between<T>(
  name: DurableWrite,
  hook: FailpointHook,
  write: () => Promise<T>,
): Promise<T> {
  await hook(`${name}.before`);
  const result = await write();
  await hook(`${name}.after`);
  return result;
}
