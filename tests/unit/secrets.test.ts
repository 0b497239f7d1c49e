import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { claimedCluster, createAuthenticator } from '../../src/domain/access/tokens.js';
import { keepToken, secrets } from '../../src/secrets.js';
import { aCluster, id } from '../support/builders.js';

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'sm-secrets-'));
});
afterEach(async () => {
  await rm(directory, { recursive: true });
});

describe('a kept token', () => {
  it('is made once, readable by its owner alone, and found again', async () => {
    const first = await keepToken(join(directory, 'data'), 'admin-token', undefined);
    const again = await keepToken(join(directory, 'data'), 'admin-token', undefined);
    expect(again).toEqual(first);
    expect((await stat(first.path ?? '')).mode & 0o777).toBe(0o600);
    expect((await readFile(first.path ?? '', 'utf8')).trim()).toBe(first.token);
  });

  it('gives way to the one that is configured, which is not written down', async () => {
    expect(await keepToken(directory, 'admin-token', 'given-token-0123456')).toEqual({
      token: 'given-token-0123456',
    });
  });

  it('is not taken from an empty file', async () => {
    await writeFile(join(directory, 'admin-token'), '\n');
    await expect(keepToken(directory, 'admin-token', undefined)).rejects.toThrow('is empty');
  });
});

/** Tokens of people and programs have a form of their own; the others never cost a look for them. */
const unasked = () => Promise.reject(new Error('nobody asks for this'));

describe('the authenticator (P9)', () => {
  const { credential, hash } = secrets.createCredential(id(0xc1));
  const authenticator = createAuthenticator(
    {
      administratorHash: secrets.hash('admin'),
      enrolmentHash: secrets.hash('enrol'),
      schedulerHash: secrets.hash('sched'),
      requiresApproval: true,
    },
    {
      clusters: {
        find: (clusterId) =>
          Promise.resolve(clusterId === id(0xc1) ? aCluster({ credentialHash: hash }) : undefined),
        takeCredential: () => Promise.resolve(false),
      },
      sessions: { find: unasked },
      enrolmentTokens: { find: unasked },
      apiKeys: { find: unasked, used: unasked },
      accessTokens: { read: unasked },
      now: () => 0,
      secrets,
    },
  );

  it.each([
    ['the administrator', 'admin', { kind: 'administrator' }],
    ['an enrolling agent', 'enrol', { kind: 'enrolment', requiresApproval: true }],
    ['a scheduler', 'sched', { kind: 'scheduler' }],
    ['a cluster', credential, { kind: 'cluster', clusterId: id(0xc1) }],
    [
      'nobody by another secret of the same cluster',
      `${credential.slice(0, -1)}${credential.endsWith('_') ? '-' : '_'}`,
      undefined,
    ],
    [
      'nobody by a credential of an unknown cluster',
      secrets.createCredential(id(0xc2)).credential,
      undefined,
    ],
    ['nobody by a hash', hash, undefined],
    ['nobody by nothing', '', undefined],
  ])('knows %s', async (_, token, principal) => {
    expect(await authenticator.authenticate(token)).toEqual(principal);
  });

  it('reads the cluster off its credential', () => {
    expect(claimedCluster(credential)).toBe(id(0xc1));
    expect(claimedCluster('smc_short_x')).toBeUndefined();
  });
});
