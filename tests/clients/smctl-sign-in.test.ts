/** Signing in with a name and a password from the command line. Each test goes on where the one before has ended. */
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { adminToken, startTestManager, type TestManager } from '../support/app.js';
import { smctl, smctlOnTerminal, type Ended, type SmctlOptions } from './support/smctl.js';

const ada = { name: 'ada', password: 'a long way to the harbour' };

interface Contexts {
  readonly current?: string;
  readonly contexts: Record<string, { url: string; signedIn: Record<string, string> }>;
}

let manager: TestManager;
let directory: string;
let file: string;

beforeAll(async () => {
  manager = await startTestManager();
  directory = await mkdtemp(join(tmpdir(), 'sm-smctl-sign-in-'));
  file = join(directory, 'contexts.json');
  const created = await fetch(`${manager.url}/api/v1/users`, {
    method: 'POST',
    headers: { authorization: `Bearer ${adminToken}`, 'content-type': 'application/json' },
    body: JSON.stringify({ ...ada, roles: ['viewer'] }),
  });
  expect(created.status).toBe(201);
});

afterAll(async () => {
  await manager.close();
  await rm(directory, { recursive: true });
});

const run = (line: string, options: SmctlOptions = {}): Promise<Ended> =>
  smctl(line.split(' '), { ...options, environment: { SMCTL_CONFIG: file } });

const contexts = async (): Promise<Contexts> =>
  JSON.parse(await readFile(file, 'utf8')) as Contexts;

const session = async (): Promise<Record<string, string>> =>
  (await contexts()).contexts['ada']?.signedIn ?? {};

/** Makes the access token look as if it had ended. */
async function age(): Promise<void> {
  const { current, contexts: all } = await contexts();
  const { url = '', signedIn = {} } = all['ada'] ?? {};
  const aged = { url, signedIn: { ...signedIn, accessTokenExpiresAt: new Date(0).toISOString() } };
  await writeFile(file, JSON.stringify({ current, contexts: { ...all, ada: aged } }));
}

it('refuses a wrong password, and keeps nothing', async () => {
  const { code, err } = await run(`login ${manager.url} --user ada`, { input: 'not this one' });
  expect([code, err]).toEqual([1, expect.stringContaining('Signing in was refused')]);
  await expect(stat(file)).rejects.toThrow('ENOENT');
});

it('takes the password unseen, and keeps the session where nobody else can read it', async () => {
  const args = ['login', manager.url, '--user', 'ada', '--name', 'ada'];
  const { code, out } = await smctlOnTerminal(args, {
    environment: { SMCTL_CONFIG: file },
    input: `${ada.password}\r`,
  });
  expect([code, out]).toEqual([0, expect.stringContaining('as ada')]);
  expect(out.slice(out.indexOf('Password:'))).not.toContain(ada.password);
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  expect(await readFile(file, 'utf8')).not.toContain(ada.password);
  expect(await run('get clusters -o name')).toMatchObject({ code: 0 });
});

it('gets the next token when the last one has ended, once for commands side by side', async () => {
  const before = await session();
  await age();
  const all = await Promise.all([1, 2, 3].map(() => run('get clusters')));
  expect(all.map(({ code, err }) => [code, code === 0 ? '' : err])).toEqual([
    [0, ''],
    [0, ''],
    [0, ''],
  ]);
  const after = await session();
  expect(after['refreshToken']).not.toBe(before['refreshToken']);
  expect(Date.parse(after['accessTokenExpiresAt'] ?? '')).toBeGreaterThan(Date.now());
  await age();
  expect(await run('get clusters')).toMatchObject({ code: 0 });
});

it('signs out: the session is worth nothing any more, and the context is gone', async () => {
  const { refreshToken } = await session();
  expect(await run('logout')).toMatchObject({ code: 0 });
  const refused = await fetch(`${manager.url}/api/v1/sessions/refresh`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ refreshToken }),
  });
  expect(refused.status).toBe(401);
  const { code, err } = await run('get clusters');
  expect([code, err]).toEqual([1, expect.stringContaining('smctl login')]);
  expect(await run('logout')).toMatchObject({ code: 2 });
});
