import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { contextsPath, readContexts, writeContexts, type Context } from '../contexts.js';
import { UsageError } from '../errors.js';
import { paint, type Io } from '../io.js';
import { printList, type Format, type Printed } from '../output.js';
import { connect, findContext, type GlobalOptions } from '../shell.js';
import { signIn } from '../signing-in.js';

interface Row {
  readonly name: string;
  readonly url: string;
  readonly current: boolean;
}

const printed: Printed<Row> = {
  none: 'You are not signed in. smctl login URL --token-file FILE',
  name: ({ name }) => name,
  columns: [
    { title: 'CURRENT', value: ({ current }) => (current ? '*' : '') },
    { title: 'NAME', value: ({ name }) => name },
    { title: 'URL', value: ({ url }) => url },
  ],
};

interface LoginOptions {
  readonly name: string;
  readonly user?: string;
  readonly tokenFile?: string;
}

/** Who is to be kept: the token, or what signing in has given. */
async function prove(io: Io, url: string, { user, tokenFile }: LoginOptions): Promise<Context> {
  if (user !== undefined) {
    const password = (await io.askSecret('Password: ')).replace(/\r?\n$/, '');
    if (password === '') throw new UsageError('the password is empty');
    return { url, signedIn: await signIn(url, user, password) };
  }
  const text =
    tokenFile === undefined ? await io.askSecret('Token: ') : await readFile(tokenFile, 'utf8');
  const token = text.trim();
  if (token === '') throw new UsageError('the token is empty');
  return { url, token };
}

async function login(io: Io, url: string, options: LoginOptions): Promise<void> {
  const { name, user } = options;
  const context = await prove(io, url, options);
  const client = connect({ url, token: context.signedIn?.accessToken ?? context.token ?? '' });
  try {
    const { version } = await client.get('/api/v1/version');
    const path = contextsPath(io.environment);
    const { contexts } = await readContexts(path);
    await writeContexts(path, { current: name, contexts: { ...contexts, [name]: context } });
    const who = user === undefined ? '' : ` as ${user}`;
    io.err.write(`Signed in at ${url}${who} (System Manager ${version}); context ${name}.\n`);
  } finally {
    await client.close();
  }
}

/** Ends the session, where there is one, and forgets the context. */
async function logout(io: Io, options: GlobalOptions): Promise<void> {
  const { current, contexts } = await readContexts(contextsPath(io.environment));
  const name = options.context ?? current;
  const context = name === undefined ? undefined : contexts[name];
  if (name === undefined || context === undefined)
    throw new UsageError('you are not signed in there; smctl context list shows where you are');
  if (context.signedIn !== undefined) {
    const client = connect(await findContext(io, { context: name }));
    try {
      await client.delete('/api/v1/sessions/current');
    } finally {
      await client.close();
    }
  }
  await change(io, name, 'remove');
  io.err.write(`Signed out at ${context.url}.\n`);
}

async function change(io: Io, name: string, how: 'use' | 'remove'): Promise<void> {
  const path = contextsPath(io.environment);
  const { current, contexts } = await readContexts(path);
  if (contexts[name] === undefined)
    throw new UsageError(`there is no context ${name}; smctl context list shows them`);
  if (how === 'use') return writeContexts(path, { current: name, contexts });
  const left = Object.fromEntries(Object.entries(contexts).filter(([each]) => each !== name));
  const kept = current === undefined || current === name ? {} : { current };
  return writeContexts(path, { ...kept, contexts: left });
}

/** Who one is, and where. */
export function addContextCommands(program: Command, io: Io): void {
  program
    .command('login')
    .summary('sign in at a manager')
    .description(
      'Checks who you are, and keeps it with the address as a context, in a file that only you can read.',
    )
    .argument('<url>', 'address of the manager')
    .option('--name <name>', 'name of the context', 'default')
    .option('--user <name>', 'sign in with a password, which is asked for; a token otherwise')
    .addHelpText(
      'after',
      `
Examples:
  smctl login http://127.0.0.1:10000 --token-file data/admin-token
  smctl login http://127.0.0.1:10000 --user ada
  smctl login https://manager.example --name production < token`,
    )
    .action(async (url: string, options: LoginOptions, command: Command) => {
      const { tokenFile } = command.optsWithGlobals<GlobalOptions>();
      await login(io, url, { ...options, ...(tokenFile === undefined ? {} : { tokenFile }) });
    });
  program
    .command('logout')
    .summary('end the session, and forget the context')
    .addHelpText('after', '\nExample:\n  smctl logout --context production')
    .action(async (_options: object, command: Command) => {
      await logout(io, command.optsWithGlobals<GlobalOptions>());
    });

  const context = program
    .command('context')
    .summary('the managers that you are signed in at')
    .addHelpText('after', '\nExample:\n  smctl context use production');
  context
    .command('list')
    .summary('list them')
    .addHelpText('after', '\nExample:\n  smctl context list')
    .action(async (_options: object, command: Command) => {
      const { current, contexts } = await readContexts(contextsPath(io.environment));
      const rows = Object.entries(contexts).map(([name, { url }]) => {
        return { name, url, current: name === current };
      });
      const format: Format = command.optsWithGlobals<GlobalOptions>().output ?? 'table';
      printList(io, format, printed, rows);
    });
  context
    .command('use')
    .summary('use one from now on')
    .argument('<name>', 'name of the context')
    .addHelpText('after', '\nExample:\n  smctl context use production')
    .action(async (name: string) => {
      await change(io, name, 'use');
      io.err.write(`Using ${paint(io, io.err, 'strong', name)}.\n`);
    });
  context
    .command('remove')
    .summary('forget one, with its token')
    .argument('<name>', 'name of the context')
    .addHelpText('after', '\nExample:\n  smctl context remove production')
    .action(async (name: string) => {
      await change(io, name, 'remove');
      io.err.write(`Forgotten: ${name}.\n`);
    });
}
