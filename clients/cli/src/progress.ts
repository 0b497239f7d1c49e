import { OperationTimeoutError, type Instance, type Operation } from '@system-manager/client';
import { CommandFailed } from './errors.js';
import { paint, type Io } from './io.js';
import { toneOf } from './kinds.js';
import { instancesOf } from './lookup.js';
import type { Session } from './shell.js';

/** How long one question waits for news. */
const waitMs = 500;
/** Instances that are shown one by one. */
const linesMax = 20;

interface Line {
  readonly name: string;
  readonly state: string;
  readonly detail: string;
}

const lineOf = ({ serviceName, ordinal, phase, clusterName, reason }: Instance): Line => ({
  name: `${serviceName}/${ordinal}`,
  state: phase,
  detail: [clusterName === undefined ? '' : `on ${clusterName}`, reason ?? '']
    .filter((part) => part !== '')
    .join(': '),
});

/** Shows how far something is: in place on a terminal; elsewhere a line for each change. */
class Progress {
  readonly #io: Io;
  readonly #told = new Map<string, string>();
  #lines = 0;

  constructor(io: Io) {
    this.#io = io;
  }

  show(operation: Operation, instances: readonly Instance[]): void {
    const { kind, state, progress, reason } = operation;
    const detail = `${progress.done} of ${progress.total}${reason ? `: ${reason}` : ''}`;
    const lines = [{ name: kind, state, detail }, ...instances.slice(0, linesMax).map(lineOf)];
    if (this.#io.err.isTerminal) this.#redraw(lines, instances.length - linesMax);
    else this.#append(lines);
  }

  #redraw(lines: readonly Line[], more: number): void {
    const { err } = this.#io;
    const width = Math.max(...lines.map(({ name }) => name.length));
    const texts = lines.map(({ name, state, detail }) => {
      return `${name.padEnd(width)}  ${paint(this.#io, err, toneOf(state), state)} ${detail}`;
    });
    if (more > 0) texts.push(`and ${more} more`);
    const back = this.#lines === 0 ? '' : `\x1b[${this.#lines}A\x1b[J`;
    this.#lines = texts.length;
    err.write(`${back}${texts.join('\n')}\n`);
  }

  #append(lines: readonly Line[]): void {
    for (const { name, state, detail } of lines) {
      const text = `${name} ${state} ${detail}`.trimEnd();
      if (this.#told.get(name) === text) continue;
      this.#told.set(name, text);
      this.#io.err.write(`${text}\n`);
    }
  }
}

/**
 * Waits for an operation, and shows how far it is.
 *
 * @throws CommandFailed - it has ended otherwise than well
 * @throws OperationTimeoutError - the time is up; it goes on
 */
export async function waitFor(
  { io, client }: Session,
  { id, subjectKind, subjectId }: Operation,
  timeoutMs: number,
): Promise<void> {
  const progress = new Progress(io);
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    const params = { path: { operationId: id }, query: { waitMs } };
    const operation = await client.get('/api/v1/operations/{operationId}', { params });
    progress.show(operation, subjectKind === 'service' ? await instancesOf(client, subjectId) : []);
    if (operation.state === 'succeeded') return;
    if (operation.state !== 'running')
      throw new CommandFailed(
        `the operation has ended as ${operation.state}: ${operation.reason ?? 'no reason is told'}`,
        subjectKind === 'service' ? `smctl describe service ${operation.subjectName}` : undefined,
      );
    if (performance.now() >= deadline) throw new OperationTimeoutError(operation, timeoutMs);
  }
}
