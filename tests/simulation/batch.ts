/** A child process that judges every seed that it is handed. */
import { judgeSeed } from './judge.js';
import { findMutation } from './mutations.js';

interface Task {
  readonly seed: string;
  readonly mutation?: string | undefined;
}

process.on('message', (task: Task) => {
  const mutation = task.mutation === undefined ? undefined : findMutation(task.mutation);
  judgeSeed(task.seed, mutation ? { parts: mutation.parts } : {}).then(
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
