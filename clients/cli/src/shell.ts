import { readFile } from 'node:fs/promises';
import { createClient, type SystemManagerClient } from '@system-manager/client';
import type { Command } from 'commander';
import { contextsPath, readContexts } from './contexts.js';
import { CommandFailed, UsageError } from './errors.js';
import type { Io } from './io.js';
import type { Format } from './output.js';
import { accessTokens } from './signing-in.js';

/** Options that every command takes. */
export interface GlobalOptions {
  readonly context?: string;
  readonly url?: string;
  readonly tokenFile?: string;
  readonly output?: Format;
}

/** Where to connect to, and as whom. */
export interface Access {
  readonly url: string;
  readonly token: string | (() => Promise<string>);
}

/** What a command works with. */
export interface Session {
  readonly io: Io;
  readonly client: SystemManagerClient;
  readonly url: string;
  readonly format: Format;
}

/**
 * Where to connect to: what was typed, then the environment (`SMCTL_URL`, `SMCTL_TOKEN`), then the context.
 *
 * @throws CommandFailed - nobody has signed in
 * @throws UsageError - there is no such context
 */
export async function findContext(io: Io, options: GlobalOptions): Promise<Access> {
  const { environment } = io;
  const { current, contexts } = await readContexts(contextsPath(environment));
  const name = options.context ?? environment['SMCTL_CONTEXT'] ?? current;
  const known = name === undefined ? undefined : contexts[name];
  if (options.context !== undefined && known === undefined)
    throw new UsageError(`there is no context ${options.context}; smctl context list shows them`);
  const fromFile = options.tokenFile && (await readFile(options.tokenFile, 'utf8')).trim();
  const url = options.url ?? environment['SMCTL_URL'] ?? known?.url;
  const given = fromFile ?? environment['SMCTL_TOKEN'];
  const own =
    name !== undefined && known?.signedIn !== undefined ? accessTokens(io, name) : known?.token;
  const token = given ?? own;
  if (url === undefined || token === undefined)
    throw new CommandFailed(
      'you are not signed in',
      'smctl login http://127.0.0.1:10000 --token-file data/admin-token',
    );
  return { url, token };
}

/** @param quick - whether a manager that does not answer is asked once, and not for long */
export const connect = ({ url, token }: Access, quick = false): SystemManagerClient =>
  createClient({
    baseUrl: url,
    token,
    ...(quick ? { timeoutMs: 3_000, retry: { attempts: 1 } } : { retry: { attempts: 3 } }),
  });

/** Makes the action of a command: it gets a session, which is closed behind it. */
export function withSession<Arguments extends unknown[]>(
  io: Io,
  work: (session: Session, ...given: Arguments) => Promise<void>,
): (...given: [...Arguments, Command]) => Promise<void> {
  return async (...given) => {
    const command = given.at(-1) as Command;
    const options = command.optsWithGlobals<GlobalOptions>();
    const context = await findContext(io, options);
    const client = connect(context);
    try {
      const format = options.output ?? 'table';
      const own = given.slice(0, -1) as Arguments;
      await work({ io, client, url: context.url, format }, ...own);
    } finally {
      await client.close();
    }
  };
}
