import type { ServiceDescriptor } from '@system-manager/client/agent';
import type { Exit } from './process-group.js';

/** What follows from the end of a process. */
export type Judgement =
  | { readonly phase: 'COMPLETED' }
  | { readonly phase: 'DEAD'; readonly reason: string }
  | { readonly phase: 'FAILED'; readonly reason: string };

const restartDelayMsMin = 500;
const restartDelayMsMax = 30_000;

/**
 * Judges an ended process by its descriptor: `FAILED` is started again, the others are final. An end whose exit code nobody saw
 * counts as a failure, so a one-shot instance may run once more rather than be taken for done.
 */
export function judgeExit(descriptor: ServiceDescriptor, exit: Exit): Judgement {
  const succeeded = exit.code === 0;
  if (descriptor.oneShot === true && succeeded) return { phase: 'COMPLETED' };
  const policy = descriptor.restart ?? 'always';
  const how = describeExit(exit);
  if (policy === 'never') return { phase: 'DEAD', reason: `${how}; it is never restarted` };
  if (policy === 'onFailure' && succeeded) {
    return { phase: 'DEAD', reason: `${how}; it is restarted on failure only` };
  }
  return { phase: 'FAILED', reason: how };
}

function describeExit({ code, signal }: Exit): string {
  if (signal !== undefined) return `ended by ${signal}`;
  if (code !== undefined) return `exited with ${code}`;
  return 'ended while the agent was away; its exit code is unknown';
}

/** @param failures - failures in a row, 1 for the first */
export function restartDelayMs(failures: number): number {
  return Math.min(restartDelayMsMax, restartDelayMsMin * 2 ** Math.min(failures - 1, 20));
}
