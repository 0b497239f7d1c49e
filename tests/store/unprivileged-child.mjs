/** Tries to start a store as somebody who is not root, and prints what came of it; with `stay` it runs until its input ends. */
import { once } from 'node:events';
import process from 'node:process';
import { startEmbeddedStore } from '../../dist/src/embedded/index.js';

const [, , dataDir = '', uid = '', stay] = process.argv;
if (process.getuid() === 0) process.seteuid(Number(uid));
const outcome = await startEmbeddedStore({ dataDir }).catch((error) => error);
process.stdout.write(outcome instanceof Error ? outcome.message : 'started');
if (stay) await once(process.stdin.resume(), 'end');
if (!(outcome instanceof Error)) await outcome.close();
