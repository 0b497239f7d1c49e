/** With which password the administrator begins, and what becomes of it. */
import { pbkdf2Sync } from 'node:crypto';
import { pino } from 'pino';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createPasswords } from '../../../src/access/passwords.js';
import { adminToken } from '../../support/app.js';
import { OakSite } from './oak-site.js';

vi.setConfig({ testTimeout: 90_000, hookTimeout: 90_000 });

let site: OakSite | undefined;

afterEach(async () => {
  await site?.close();
  site = undefined;
});

const openWith = async (defaultAdmin: boolean): Promise<{ site: OakSite; warnings: string[] }> => {
  const warnings: string[] = [];
  const write = (line: string): void => {
    const { level, msg } = JSON.parse(line) as { level: number; msg: string };
    if (level === 40) warnings.push(msg);
  };
  site = await OakSite.open({ oakestra: { defaultAdmin }, logger: pino({}, { write }) });
  return { site, warnings };
};

const warning = expect.stringMatching(/^SM_OAKESTRA_DEFAULT_ADMIN is on/) as string;

describe('the password of the administrator', () => {
  it('is the token of the installation', async () => {
    const { site: closed, warnings } = await openWith(false);
    await expect(closed.login('Admin', 'Admin')).rejects.toThrow('401');
    await closed.login('Admin', adminToken);
    expect(warnings).not.toContainEqual(warning);
  });

  it('is the one that everybody knows where that is wanted, with a warning, until another one is chosen', async () => {
    const { site: open, warnings } = await openWith(true);
    expect(warnings).toContainEqual(warning);
    const { token } = await open.login('Admin', 'Admin');
    await expect(open.login('Admin', adminToken)).rejects.toThrow('401');
    const body = { oldPassword: 'Admin', newPassword: 'one that was chosen' };
    const path = '/api/user/Admin';
    expect((await open.as(token, { method: 'POST', path, body })).status).toBe(200);
    await expect(open.login('Admin', 'Admin')).rejects.toThrow('401');
    await open.login('Admin', 'one that was chosen');
  });
});

describe('a password that an installation of Oakestra has hashed', () => {
  const hashOf = (password: string, iterations = 1_000): string => {
    const salt = 'Abcdefgh12345678';
    const digest = pbkdf2Sync(password, salt, iterations, 32, 'sha256').toString('hex');
    return `pbkdf2:sha256:${iterations}$${salt}$${digest}`;
  };
  const passwords = createPasswords();

  it('is good as it is', async () => {
    expect(await passwords.verify(hashOf('größer'), 'größer')).toBe(true);
    expect(await passwords.verify(hashOf('größer'), 'kleiner')).toBe(false);
  });

  it.each([
    'pbkdf2:sha256:1000$salt$00',
    'pbkdf2:md5:1000$salt$' + '0'.repeat(64),
    'pbkdf2:sha256:9999999$salt$' + '0'.repeat(64),
    'pbkdf2:',
  ])('is never good as %s', async (hash) => {
    expect(await passwords.verify(hash, 'anything')).toBe(false);
  });
});
