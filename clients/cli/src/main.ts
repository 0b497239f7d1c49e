#!/usr/bin/env node
import { processIo } from './io.js';
import { run } from './program.js';

// Whoever reads may go away early, as `head` does.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});

process.exitCode = await run(process.argv.slice(2), processIo());
