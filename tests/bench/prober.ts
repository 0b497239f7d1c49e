/** A client in a process of its own: asks every 50 ms, as long as its parent lets it, and tells how long each answer took. */
import { setTimeout as sleep } from 'node:timers/promises';

const [url = '', token = ''] = process.argv.slice(2);
const times: number[] = [];
let asking = true;

process.on('message', () => {
  asking = false;
});

while (asking) {
  const startedAt = performance.now();
  try {
    const response = await fetch(`${url}/api/v1/services?limit=1`, {
      headers: { authorization: `Bearer ${token}` },
    });
    await response.arrayBuffer();
    if (response.ok) times.push(performance.now() - startedAt);
  } catch {
    // The manager is away; that is counted elsewhere.
  }
  await sleep(50);
}
process.send?.(times, () => {
  process.disconnect();
});
