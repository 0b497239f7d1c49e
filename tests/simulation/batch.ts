/** A child process that judges every seed that it is handed. */
import { judgeSeed, type Verdict } from './judge.js';
import { findMutation } from './mutations.js';

interface Task {
  readonly seed: string;
  readonly mutation?: string | undefined;
}

// Nobody reads the stacks of errors that are thrown and caught by the thousand.
Error.stackTraceLimit = 0;

async function judge({ seed, mutation }: Task): Promise<Verdict> {
  if (mutation === undefined) return judgeSeed(seed);
  const verdict = await judgeSeed(seed, { parts: findMutation(mutation).parts });
  if (verdict.violations.length === 0) return verdict;
  // What breaks without the deliberate bug as well is no proof that the bug is found.
  const { violations } = await judgeSeed(seed);
  return violations.length === 0 ? verdict : { ...verdict, violations: [] };
}

process.on('message', (task: Task) => {
  judge(task).then(
    (verdict) => {
      process.send?.(verdict);
    },
    (error: unknown) => {
      process.stderr.write(`${error instanceof Error ? (error.stack ?? '') : String(error)}\n`);
      process.exit(1);
    },
  );
});
process.on('disconnect', () => {
  process.exit(0);
});
