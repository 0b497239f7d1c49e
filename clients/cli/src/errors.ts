import { ConnectionError, OperationTimeoutError, ProblemError } from '@system-manager/client';

/** How the process ends. */
export const exitCodes = { done: 0, failed: 1, usage: 2, timedOut: 3 } as const;

/** What was typed makes no sense. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** It did not work. */
export class CommandFailed extends Error {
  override readonly name = 'CommandFailed';
  /** What to do next. */
  readonly next: string | undefined;

  constructor(message: string, next?: string) {
    super(message);
    this.next = next;
  }
}

/** What is said of an error, and how the process ends with it. */
export interface Verdict {
  readonly message: string;
  readonly next: string | undefined;
  readonly exitCode: number;
}

/** What helps, by the code of the problem. */
const nextSteps: Readonly<Record<string, string>> = {
  unauthenticated: 'Sign in again: smctl login URL --token-file FILE',
  forbidden: 'This token may not do it. smctl context list shows with which one you are signed in.',
  'cluster-not-found': 'smctl get clusters lists what there is.',
  'service-not-found': 'smctl get services lists what there is.',
  'instance-not-found': 'smctl get instances lists what there is.',
  'operation-not-found': 'smctl get operations lists what there is.',
  'revision-not-found': 'smctl describe service NAME shows the revisions.',
  'destination-not-found': 'smctl get clusters -o wide shows names and locations.',
  'version-mismatch': 'Somebody was faster. Look again, and repeat it.',
  'service-terminating': 'Wait until it is gone: smctl get services',
  'history-trimmed': 'That far back nothing is kept. Leave --after away.',
};

function ofProblem({ code, problem }: ProblemError): Verdict {
  const fields = (problem.errors ?? []).map(({ pointer, detail }) => `\n  ${pointer} ${detail}`);
  return {
    message: `${problem.title}${problem.detail === undefined ? '' : `: ${problem.detail}`}${fields.join('')}`,
    next: nextSteps[code],
    exitCode: exitCodes.failed,
  };
}

/** Says of anything that was thrown what it means for who typed the command. */
export function judge(error: unknown): Verdict {
  if (error instanceof UsageError)
    return { message: error.message, next: undefined, exitCode: exitCodes.usage };
  if (error instanceof CommandFailed)
    return { message: error.message, next: error.next, exitCode: exitCodes.failed };
  if (error instanceof ProblemError) return ofProblem(error);
  if (error instanceof OperationTimeoutError)
    return {
      message: `the time is up; it goes on (${error.operation.progress.done} of ${error.operation.progress.total} done)`,
      next: `smctl wait ${error.operation.id}`,
      exitCode: exitCodes.timedOut,
    };
  if (error instanceof ConnectionError)
    return {
      message: `the manager does not answer: ${error.message}`,
      next: 'smctl doctor looks for the reason.',
      exitCode: exitCodes.failed,
    };
  const message = error instanceof Error ? error.message : String(error);
  return { message, next: undefined, exitCode: exitCodes.failed };
}
