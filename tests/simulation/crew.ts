/** Child processes that judge seeds side by side. */
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Verdict } from './judge.js';

const batch = fileURLToPath(new URL('batch.js', import.meta.url));

/** A run makes much garbage and keeps little: a tenth less time than with the standard. */
const execArgv = ['--max-semi-space-size=32'];

/** What a simulated process left open when it crashed is never let go: after so many runs a child makes way for another one. */
const runsPerProcess = 150;

export interface Assignment {
  readonly seed: string;
  readonly mutation?: string | undefined;
}

/**
 * Judges what the assignments name, each by the next process that is free.
 *
 * @param onVerdict - returns false when the rest need not be judged
 */
export async function judgeAll(
  assignments: Iterable<Assignment>,
  processes: number,
  onVerdict: (verdict: Verdict, assignment: Assignment) => boolean,
): Promise<void> {
  const open = assignments[Symbol.iterator]();
  let going = true;
  let next = open.next();
  /** @returns once the child has judged its share, or nothing is left */
  const work = async (child: ChildProcess): Promise<void> => {
    const ended = once(child, 'exit').then(() => undefined);
    for (let judged = 0; judged < runsPerProcess; judged += 1) {
      if (!going || next.done === true) break;
      const assignment = next.value;
      next = open.next();
      const answered = once(child, 'message') as Promise<[Verdict]>;
      child.send(assignment);
      const answer = await Promise.race([answered, ended]);
      if (answer === undefined) throw new Error(`judging seed ${assignment.seed} has failed`);
      going = onVerdict(answer[0], assignment) && going;
    }
    child.disconnect();
    await ended;
  };
  const line = async (): Promise<void> => {
    while (going && next.done !== true) await work(fork(batch, { execArgv }));
  };
  await Promise.all(Array.from({ length: processes }, line));
}
