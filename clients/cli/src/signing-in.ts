/** Signing in with a name and a password, and staying signed in. */
import { createClient, type components, type SystemManagerClient } from '@system-manager/client';
import { alone, contextsPath, readContexts, writeContexts, type SignedIn } from './contexts.js';
import { CommandFailed } from './errors.js';
import type { Io } from './io.js';

/** An access token is exchanged this long before its end. */
const marginMs = 30_000;

const again = 'Sign in again: smctl login URL --user NAME';

const toSignedIn = (answer: components['schemas']['SignedIn']): SignedIn => ({
  accessToken: answer.accessToken,
  accessTokenExpiresAt: answer.accessTokenExpiresAt,
  refreshToken: answer.refreshToken,
});

/** Calls what needs no token. */
async function withStranger<Result>(
  url: string,
  work: (client: SystemManagerClient) => Promise<Result>,
): Promise<Result> {
  const client = createClient({ baseUrl: url, token: '' });
  try {
    return await work(client);
  } finally {
    await client.close();
  }
}

/** @throws ProblemError - the name or the password is wrong, or too many were */
export const signIn = (url: string, name: string, password: string): Promise<SignedIn> =>
  withStranger(url, async (client) =>
    toSignedIn(await client.post('/api/v1/sessions', { body: { name, password } })),
  );

/** Good for a while yet; nothing when it has to be exchanged. */
const lastingToken = ({ accessToken, accessTokenExpiresAt }: SignedIn): string | undefined =>
  Date.parse(accessTokenExpiresAt) - Date.now() > marginMs ? accessToken : undefined;

async function read(path: string, name: string): Promise<{ url: string; signedIn: SignedIn }> {
  const context = (await readContexts(path)).contexts[name];
  if (context?.signedIn === undefined)
    throw new CommandFailed(`you are signed out of the context ${name}`, again);
  return { url: context.url, signedIn: context.signedIn };
}

/** Exchanges the refresh token, unless another command was faster, and keeps the next one. */
async function refresh(path: string, name: string): Promise<string> {
  const { url, signedIn } = await read(path, name);
  const lasting = lastingToken(signedIn);
  if (lasting !== undefined) return lasting;
  const { refreshToken } = signedIn;
  const next = await withStranger(url, async (client) =>
    toSignedIn(await client.post('/api/v1/sessions/refresh', { body: { refreshToken } })),
  );
  const { contexts, ...others } = await readContexts(path);
  await writeContexts(path, {
    ...others,
    contexts: { ...contexts, [name]: { url, signedIn: next } },
  });
  return next.accessToken;
}

/**
 * Gives the access token of a context, and gets the next one when it comes to its end. A refresh token is good once, so commands
 * that run side by side exchange it one after the other.
 */
export function accessTokens(io: Io, name: string): () => Promise<string> {
  const path = contextsPath(io.environment);
  return async () =>
    lastingToken((await read(path, name)).signedIn) ?? alone(path, () => refresh(path, name));
}
