/** Runs a store whose documents another process fills in and reads, and prints what that cost in memory here: the store's part. */
import { fork } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { clearInterval, setInterval } from 'node:timers';
import { fileURLToPath, URL } from 'node:url';
import { startEmbeddedStore } from '../../dist/src/embedded/index.js';

const [, , dataDir = '', count = '200000'] = process.argv;
const READER = fileURLToPath(new URL('./scan-reader.mjs', import.meta.url));
const MIB = 1024;

/** Anonymous memory of the process in MiB: the mapped file is the kernel's cache and can be taken back. */
function anonymousMiB() {
  const status = readFileSync('/proc/self/status', 'utf8');
  return Number(/^RssAnon:\s+(\d+) kB/m.exec(status)?.[1]) / MIB;
}

const store = await startEmbeddedStore({ dataDir });
let peakMiB = anonymousMiB();
const timer = setInterval(() => (peakMiB = Math.max(peakMiB, anonymousMiB())), 20);
const scan = await new Promise((resolve, reject) => {
  let told;
  const reader = fork(READER, [store.uri, count]);
  reader.once('message', (message) => (told = message));
  reader.once('exit', (code) =>
    told ? resolve(told) : reject(new Error(`the reader ended with code ${code}`)),
  );
});
clearInterval(timer);
await store.close();
process.stdout.write(`${JSON.stringify({ ...scan, peakMiB })}\n`);
