/** Tries to start a store as somebody who is not root, and prints what came of it. */
import process from 'node:process';
import { startEmbeddedStore } from '../../dist/src/embedded/index.js';

const [, , dataDir = '', uid = ''] = process.argv;
if (process.getuid() === 0) process.seteuid(Number(uid));
const outcome = await startEmbeddedStore({ dataDir }).catch((error) => error);
if (!(outcome instanceof Error)) await outcome.close();
process.stdout.write(outcome instanceof Error ? outcome.message : 'started');
