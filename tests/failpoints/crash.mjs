/** Loaded before the manager, in each of its threads: kills the process when a failpoint is reached for the given time. */
import { armFailpoints } from '../../dist/src/failpoints.js';

const [name, times] = (process.env.CRASH_AT ?? '').split('@');
let left = Number(times ?? 1);

armFailpoints((reached) => {
  if (reached !== name) return;
  left -= 1;
  if (left === 0) process.kill(process.pid, 'SIGKILL');
});
