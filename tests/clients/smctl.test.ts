/** The command line against what `make start` starts, with pipes and on a terminal. Each test goes on where the one before has ended. */
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { bash, smctl, smctlOnTerminal, type SmctlOptions } from './support/smctl.js';
import { StartedSystem } from './support/started-system.js';
import { installPackages } from './support/strict-project.js';

vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

const escape = '\x1b[';

let system: StartedSystem;
let directory: string;
let environment: Record<string, string>;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'sm-smctl-'));
  environment = { SMCTL_CONFIG: join(directory, 'own', 'contexts.json') };
  system = await StartedSystem.start();
});

afterAll(async () => {
  await system.stop();
  await rm(directory, { recursive: true, force: true });
});

const run = (line: string, options: SmctlOptions = {}) =>
  smctl(line.split(' '), { ...options, environment: { ...environment, ...options.environment } });

/** Runs it, and it must end well. @returns its output */
async function done(line: string, options: SmctlOptions = {}): Promise<string> {
  const { code, out, err } = await run(line, options);
  expect([code, err]).toEqual([0, err]);
  return out;
}

const items = async <Item>(line: string): Promise<Item[]> =>
  (JSON.parse(await done(`${line} -o json`)) as { items: Item[] }).items;

const descriptor = (name: string, more = ''): string =>
  `name: ${name}\nreplicas: 2\ncommand: [sleep, '3600']\nplacement: { location: site-a }\nupdate: { healthySeconds: 0 }\n${more}`;

describe('who is not signed in', () => {
  it('is told how, with the exit code of what failed', async () => {
    const { code, out, err } = await run('get services');
    expect([code, out]).toEqual([1, '']);
    expect(err).toContain('smctl login');
  });

  it('keeps no token that the manager does not know', async () => {
    const { code, err } = await run(`login ${system.url}`, { input: 'nobody-knows-this' });
    expect(code).toBe(1);
    expect(err).toContain('Sign in again');
    await expect(stat(environment['SMCTL_CONFIG'] ?? '')).rejects.toThrow('ENOENT');
  });

  it('signs in, and the token is kept where nobody else can read it', async () => {
    const { code, err } = await run(`login ${system.url}`, { input: `${system.adminToken}\n` });
    expect([code, err]).toEqual([0, expect.stringContaining('Signed in')]);
    const file = environment['SMCTL_CONFIG'] ?? '';
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(await readFile(file, 'utf8')).toContain(system.adminToken);
    const clusters = (await done('get clusters -o name')).trim().split('\n');
    expect(clusters.sort()).toEqual(['cluster/local-a', 'cluster/local-b']);
  });

  it('types the token unseen on a terminal', async () => {
    const args = ['login', system.url, '--name', 'typed'];
    const { code, out } = await smctlOnTerminal(args, {
      environment,
      input: `${system.adminToken}\r`,
    });
    expect([code, out]).toEqual([0, expect.stringContaining('Signed in')]);
    const shown = out.slice(out.indexOf('Token:'));
    expect(shown).not.toContain(system.adminToken);
    expect(await done('context list')).toMatch(/\* +typed /);
    await done('context use default');
    await done('context remove typed');
    expect(await done('context list -o name')).toBe('default\n');
  });
});

describe('deploy', () => {
  it('--dry-run shows where, and why not elsewhere, and changes nothing', async () => {
    const input = descriptor('piped');
    const out = await done('deploy -f - --dry-run', { input });
    expect(out).toMatch(/piped\/0 +PLACED +local-a/);
    expect(out).toMatch(/local-b +- +location/);
    expect(await done('get services -o name')).toBe('');
    const nowhere = descriptor('piped').replace('site-a', 'nowhere');
    const refused = await run('deploy -f - --dry-run', { input: nowhere });
    expect([refused.code, refused.err]).toEqual([1, expect.stringContaining('no place')]);
  });

  it('--wait tells of each instance on the way, without colours where nobody looks', async () => {
    const { code, out, err } = await run('deploy -f - --wait', { input: descriptor('piped') });
    expect([code, out]).toEqual([0, 'service/piped\n']);
    expect(err).toContain('piped/0 RUNNING on local-a');
    expect(err).toContain('piped/1 RUNNING on local-a');
    expect(err).toContain('deploy succeeded 2 of 2');
    expect(err).not.toContain(escape);
    expect(err.split('\n').filter((line) => line.startsWith('piped/0 RUNNING'))).toHaveLength(1);
  });

  it('shows the same in place, and in colours, on a terminal', async () => {
    await writeFile(join(directory, 'seen.yaml'), descriptor('seen'));
    const args = ['deploy', '-f', join(directory, 'seen.yaml'), '--wait'];
    const { code, out } = await smctlOnTerminal(args, { environment });
    expect(code).toBe(0);
    expect(out).toContain(`${escape}32mRUNNING`);
    const plain = await smctlOnTerminal(args, { environment: { ...environment, NO_COLOR: '1' } });
    expect(plain.code).toBe(0);
    expect(plain.out).toContain('RUNNING');
    expect(plain.out).not.toContain(`${escape}32m`);
  });

  it('goes on in place while it waits', async () => {
    const file = join(directory, 'waits.yaml');
    await writeFile(file, descriptor('waits').replace('site-a', 'nowhere'));
    const args = ['deploy', '-f', file, '--wait', '--timeout', '2'];
    const { code, out } = await smctlOnTerminal(args, { environment });
    expect(code).toBe(3);
    // The operation and two instances, drawn anew over what was there.
    expect(out).toContain(`${escape}3A${escape}J`);
    await done('terminate waits --wait');
  });

  it('takes a directory, and updates what is there', async () => {
    const both = join(directory, 'both');
    const bodies = { 'a.yaml': descriptor('seen', 'labels: { tier: gold }\n') };
    await mkdir(both);
    for (const [name, body] of Object.entries(bodies)) await writeFile(join(both, name), body);
    await writeFile(
      join(both, 'b.json'),
      JSON.stringify({ name: 'other', application: 'shop', replicas: 0, command: ['true'] }),
    );
    expect(await done(`deploy -f ${both} --wait`)).toBe('service/seen\nservice/other\n');
    const [seen] = await items<{ revision: number }>('get services -a default --phase RUNNING');
    expect(seen).toBeDefined();
    const service = JSON.parse(await done('get service seen -o json')) as { revision: number };
    expect(service.revision).toBeGreaterThan(1);
  });

  it('ends with 3 when the time is up, and says how to go on', async () => {
    const input = descriptor('waiting').replace('site-a', 'nowhere');
    const { code, err } = await run('deploy -f - --wait --timeout 1', { input });
    expect(code).toBe(3);
    const next = /smctl (wait [0-9a-f]{24})/.exec(err)?.[1] ?? '';
    expect((await run(`${next} --timeout 0`)).code).toBe(3);
    await done(next.replace('wait', 'cancel'));
    const ended = await run(next);
    expect([ended.code, ended.err]).toEqual([1, expect.stringContaining('cancelled')]);
  });
});

describe('what is there', () => {
  it('is listed as a table, in full, and as what other tools read', async () => {
    const table = await done('get services');
    expect(table.split('\n')[0]).toMatch(/^NAME +APPLICATION +PHASE/);
    expect(table).toMatch(/^piped +default +RUNNING +2\/2/m);
    expect(table).not.toContain(escape);
    expect(await done('get services -o wide')).toMatch(/[0-9a-f]{24}$/m);
    expect(await done('get services -o name')).toContain('service/piped\n');
    // As operations name it.
    expect(await done('get service default.piped -o name')).toBe('service/piped\n');
    expect(await done('get service piped -o yaml')).toContain('\nname: piped\n');
    const listed = await items<{ serviceName: string }>('get instances --service piped');
    expect(listed.map(({ serviceName }) => serviceName)).toEqual(['piped', 'piped']);
    expect(await done('get workers --cluster local-a -o name')).toContain(
      'worker/local-a/local-a-worker-1\n',
    );
    expect(await done('get operations --service piped')).toMatch(
      /deploy +service\/default\.piped +succeeded/,
    );
    expect(await done('get schedulers')).toContain('built-in');
  });

  it('is described, explained, measured', async () => {
    const service = await done('describe service piped');
    for (const part of ['name: piped', 'Instances', 'Revisions', 'Operations', 'Events'])
      expect(service).toContain(part);
    expect(await done('describe instance piped/0')).toContain('instance.phaseChanged');
    expect(await done('describe cluster local-a')).toContain('local-a-worker-1');
    expect(await done('explain piped/0')).toMatch(/verdict: PLACED[^]*local-b +- +location/);
    expect(await done('top')).toMatch(/^local-a +active +\d+%/m);
  });

  it('is named by what it is not, when it is not there', async () => {
    const missing = await run('get service nobody');
    expect([missing.code, missing.err]).toEqual([1, expect.stringContaining('get services')]);
    const id = '0'.repeat(24);
    expect((await run(`get instance ${id}`)).err).toContain('smctl get instances');
    expect((await run('get planets')).code).toBe(2);
  });
});

describe('a service', () => {
  it('is scaled, moved, rolled back and terminated', async () => {
    expect(await done('scale piped 3 --wait')).toMatch(/^operation\/[0-9a-f]{24}\n$/);
    await done('scale piped --by -1 --wait');
    expect(await items('get instances --service piped')).toHaveLength(2);
    expect((await run('scale piped')).code).toBe(2);

    await done('deploy -f - --wait', { input: descriptor('free').replace(/placement.*\n/, '') });
    await done('migrate free --to-cluster local-b --wait');
    const places = await items<{ clusterName: string }>('get instances --service free');
    expect(new Set(places.map(({ clusterName }) => clusterName))).toEqual(new Set(['local-b']));
    expect((await run('migrate free')).code).toBe(2);
    const nowhere = await run('migrate free --to-cluster nowhere');
    expect([nowhere.code, nowhere.err]).toEqual([1, expect.stringContaining('get clusters')]);

    await done('rollback seen --revision 1 --wait');
    const seen = JSON.parse(await done('get service seen -o json')) as { revision: number };
    expect(seen.revision).toBe(1);

    for (const name of ['free', 'seen']) await done(`terminate ${name} --wait`);
    expect(await done('get instances -o name')).not.toContain('seen');
  });

  it('leaves a cluster that is drained, which is taken back', async () => {
    await done('deploy -f - --wait', { input: descriptor('free').replace(/placement.*\n/, '') });
    await done('drain local-b --wait');
    expect(await items('get instances --cluster local-b')).toEqual([]);
    expect(await done('get clusters')).toMatch(/local-b +active +draining|local-b +active +closed/);
    await done('resume local-b');
    expect(await done('get clusters')).toMatch(/local-b +active +open/);
    await done('terminate free --wait');
  });
});

describe('the history', () => {
  it('is listed, filtered, and followed until somebody presses Ctrl-C', async () => {
    const all = await items<{ sequence: number; type: string }>('events');
    const last = all.at(-1)?.sequence ?? 0;
    expect(await done(`events --subject service/piped`)).toContain('service.deployed');
    expect(await done(`events --after ${last - 1} -o name`)).toBe(`event/${last}\n`);
    const followed = await run(`events --follow --after ${last - 2} -o json`, {
      enough: (out) => out.includes(`"sequence":${last},`),
    });
    expect(followed.code).toBe(0);
    const seen = followed.out.trim().split('\n');
    expect(seen.map((line) => (JSON.parse(line) as { sequence: number }).sequence)).toEqual([
      last - 1,
      last,
    ]);
  });
});

describe('for who runs it', () => {
  it('enrol prints what an agent needs, and the token brings that cluster and no other', async () => {
    const { out, err } = await run('enrol garage --hours 1 --approval -o json');
    const { token } = JSON.parse(out) as Record<string, string>;
    expect(err).toContain('system-manager-local-agent --name garage');
    const register = (name: string): Promise<Response> =>
      fetch(`${system.url}/api/v1/clusters`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify({ name }),
      });
    expect((await register('cellar')).status).toBe(403);
    expect((await register('garage')).status).toBe(201);
    expect(await done('get clusters garage -o name')).toBe('cluster/garage\n');
    expect(await done('get clusters garage')).toContain('pending');
    expect(await done('approve garage')).toBe('cluster/garage\n');
    expect(await done('get clusters garage')).toContain('registered');
  });

  it('doctor finds nothing wrong here, and says what is wrong elsewhere', async () => {
    const out = await done('doctor');
    for (const part of ['connection', 'clock', 'versions', 'sign-in', 'readiness', 'clusters'])
      expect(out).toMatch(new RegExp(`^(good|warning) +${part}`, 'm'));
    const away = await run('doctor --url http://127.0.0.1:1');
    expect([away.code, away.out]).toEqual([1, expect.stringMatching(/^bad +connection/m)]);
    const stranger = await run('doctor', { environment: { SMCTL_TOKEN: 'nobody-knows-this' } });
    expect([stranger.code, stranger.out]).toEqual([1, expect.stringMatching(/^bad +sign-in/m)]);
  });
});

describe('the package', () => {
  it('is installed with the client, and works', async () => {
    const root = fileURLToPath(new URL('../../', import.meta.url));
    const project = join(directory, 'project');
    await mkdir(project);
    await installPackages(root, project, { '@system-manager/cli': 'clients/cli' });
    const installed = join(project, 'node_modules/.bin/smctl');
    const { stdout } = await promisify(execFile)(installed, ['get', 'services', '-o', 'name'], {
      env: { ...process.env, ...environment },
    });
    expect(stdout).toContain('service/piped\n');
  });
});

describe('what is typed', () => {
  it('has help with examples for every command', async () => {
    const help = await done('--help');
    expect(help).toContain('Exit codes: 0 done, 1 failed, 2 wrong usage, 3 timed out.');
    const commands = [...help.matchAll(/^ {2}([a-z]+) .*$/gm)].map(([, name = '']) => name);
    const own = commands.filter((name) => name !== 'smctl' && name !== 'help');
    expect(own.length).toBeGreaterThan(18);
    for (const name of own)
      expect(await done(`${name} --help`)).toMatch(/Examples?:\n {2}smctl|source/);
  });

  it('is wrong with exit code 2, and a word of what is meant', async () => {
    const { code, err } = await run('get services -o xml');
    expect([code, err]).toEqual([2, expect.stringContaining('Allowed choices are table')]);
    const typing = await run('deplyo');
    expect([typing.code, typing.err]).toEqual([2, expect.stringContaining('deploy')]);
    const file = await run('deploy -f nowhere.yaml');
    expect([file.code, file.err]).toEqual([2, expect.stringContaining('no file nowhere.yaml')]);
    const broken = await run('deploy -f -', { input: 'name: [' });
    expect(broken.code).toBe(2);
    const wrong = await run('deploy -f -', { input: 'name: x\nreplicas: -1\ncommand: [a]\n' });
    expect([wrong.code, wrong.err]).toEqual([1, expect.stringContaining('#/replicas')]);
  });

  it('is completed by the shell, with names that the manager knows', async () => {
    const complete = async (...words: string[]): Promise<string[]> => {
      const line = `source <(smctl completion bash); COMP_WORDS=(smctl ${words.join(' ')});
        COMP_CWORD=${words.length}; _smctl; printf '%s\\n' "\${COMPREPLY[@]}"`;
      return (await bash(line, { environment })).out.trim().split('\n');
    };
    expect(await complete('de')).toEqual(['describe', 'deploy']);
    expect(await complete('get', 'se')).toEqual(['services']);
    const clusters = await complete('describe', 'cluster', 'local');
    expect(clusters.sort()).toEqual(['local-a', 'local-b']);
    expect(await complete('scale', 'pi')).toEqual(['piped']);
    expect(await complete('deploy', '--dr')).toEqual(['--dry-run']);
    for (const shell of ['zsh', 'fish'])
      expect(await done(`completion ${shell}`)).toContain('smctl');
    expect((await run('completion tcsh')).code).toBe(2);
  });
});
