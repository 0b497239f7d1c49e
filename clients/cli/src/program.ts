import { Command, CommanderError, Option } from 'commander';
import { addChanges } from './commands/change.js';
import { addCompletion } from './commands/completion.js';
import { addContextCommands } from './commands/context.js';
import { addDeploy } from './commands/deploy.js';
import { addDescribe } from './commands/describe.js';
import { addGet } from './commands/get.js';
import { addSite } from './commands/site.js';
import { addWatching } from './commands/watch.js';
import { exitCodes, judge } from './errors.js';
import { paint, type Io } from './io.js';
import { formats } from './output.js';

const version = '0.1.0';

/** The whole command line. */
function createProgram(io: Io): Command {
  const program = new Command('smctl')
    .description('The System Manager from a command line.')
    .version(version)
    .addOption(new Option('-o, --output <format>', 'how results are printed').choices(formats))
    .option('--context <name>', 'the manager to speak with; see smctl context list')
    .option('--url <url>', 'its address, instead of a context’s (SMCTL_URL)')
    .option('--token-file <file>', 'file with the token, instead of a context’s (SMCTL_TOKEN)')
    .showHelpAfterError('Try --help.')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => io.out.write(text),
      writeErr: (text) => io.err.write(text),
      outputError: (text, write) => write(paint(io, io.err, 'bad', text)),
    })
    .addHelpText(
      'after',
      `
Examples:
  smctl login http://127.0.0.1:10000 --token-file data/admin-token
  smctl deploy -f examples/hello.yaml --wait
  smctl get instances

Exit codes: ${exitCodes.done} done, ${exitCodes.failed} failed, ${exitCodes.usage} wrong usage, ${exitCodes.timedOut} timed out.`,
    );
  addContextCommands(program, io);
  addGet(program, io);
  addDescribe(program, io);
  addDeploy(program, io);
  addChanges(program, io);
  addWatching(program, io);
  addSite(program, io);
  addCompletion(program, io);
  takeGlobals(program, program);
  return program;
}

/** The options of the program may stand behind a command too; its help names them once. */
function takeGlobals(program: Command, command: Command): void {
  for (const each of command.commands) {
    for (const option of program.options) {
      if (option.long === '--version') continue;
      const own = new Option(option.flags, option.description).hideHelp();
      if (option.argChoices) own.choices(option.argChoices);
      each.addOption(own);
    }
    takeGlobals(program, each);
  }
}

/**
 * Runs one command.
 *
 * @param args - what was typed behind `smctl`
 * @returns the exit code
 */
export async function run(args: readonly string[], io: Io): Promise<number> {
  try {
    await createProgram(io).parseAsync([...args], { from: 'user' });
    return exitCodes.done;
  } catch (error) {
    // Commander has said it already.
    if (error instanceof CommanderError)
      return error.exitCode === 0 ? exitCodes.done : exitCodes.usage;
    const { message, next, exitCode } = judge(error);
    io.err.write(`${paint(io, io.err, 'bad', `smctl: ${message}`)}\n`);
    if (next !== undefined) io.err.write(`${next}\n`);
    return exitCode;
  }
}
