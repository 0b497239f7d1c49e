#!/usr/bin/env node
import { pino, type Logger } from 'pino';
import { startLocalAgent } from './local-agent.js';
import { OptionsError, describeOptions, parseOptions, type AgentOptions } from './options.js';

const usageError = 2;

async function main(): Promise<void> {
  const options = readOptions();
  if (options === undefined) return;
  const log = pino({ level: options.logLevel, base: { agent: options.name } });
  try {
    await run(options, log);
  } catch (error) {
    log.fatal({ err: error }, 'the agent cannot go on');
    process.stderr.write(`system-manager-local-agent: ${(error as Error).message}\n`);
    process.exitCode = 1;
  }
}

function readOptions(): AgentOptions | undefined {
  try {
    const options = parseOptions(process.argv.slice(2), process.env);
    if (options === undefined) process.stdout.write(describeOptions());
    return options;
  } catch (error) {
    if (!(error instanceof OptionsError)) throw error;
    process.stderr.write(`${error.message}\n\nTry --help.\n`);
    process.exitCode = usageError;
    return undefined;
  }
}

async function run(options: AgentOptions, log: Logger): Promise<void> {
  const asked = nextSignal();
  const agent = await startLocalAgent(options, log);
  log.info({ url: options.url, dataDir: options.dataDir, pid: process.pid }, 'started');
  const signal = await Promise.race([asked, agent.removed]);
  if (signal === undefined) log.warn('the cluster was removed');
  else log.info({ signal, keepInstances: options.keepInstances }, 'stopping');
  await agent.close(signal !== undefined && options.keepInstances);
  log.info('stopped');
}

/** A second signal ends the process at once; what runs is found again at the next start. */
function nextSignal(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) {
      process.once(signal, () => resolve(signal));
    }
  });
}

await main();
