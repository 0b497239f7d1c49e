import { ProblemError, type components } from '@system-manager/client';
import { describe, expect, it } from 'vitest';
import { mayOf, Session } from '../../clients/dashboard/src/session/session.js';

type SignedIn = components['schemas']['SignedIn'];

const user: SignedIn['user'] = {
  id: 'a'.repeat(24),
  name: 'ada',
  roles: ['viewer'],
  permissions: ['clusters:read'],
  disabled: false,
  createdAt: '2026-01-05T09:00:00.000Z',
  updatedAt: '2026-01-05T09:00:00.000Z',
  version: 1,
};

/** A door that hands out numbered tokens, each good for fifteen minutes. */
function stage() {
  let now = 0;
  let issued = 0;
  const used: string[] = [];
  const next = (): SignedIn => {
    issued += 1;
    return {
      accessToken: `access ${issued}`,
      accessTokenExpiresAt: new Date(now + 900_000).toISOString(),
      refreshToken: `refresh ${issued}`,
      refreshTokenExpiresAt: new Date(now + 9_000_000).toISOString(),
      user,
    };
  };
  const kept = new Map<string, string>();
  const keeper = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  };
  const door = {
    signIn: () => Promise.resolve(next()),
    refresh: (token: string) => {
      if (used.includes(token)) {
        const problem = { type: '/problems/unauthenticated', title: 'No', status: 401 };
        return Promise.reject(new ProblemError(problem));
      }
      used.push(token);
      return Promise.resolve(next());
    },
  };
  return { door, keeper, used, kept, now: () => now, advance: (ms: number) => (now += ms) };
}

describe('a session', () => {
  it('uses an access token until shortly before its end, then changes it once for all who ask', async () => {
    const { door, keeper, used, now, advance } = stage();
    const session = new Session(door, keeper, now);
    await session.signIn('ada', 'secret');
    expect(await session.token()).toBe('access 1');
    advance(840_000);
    expect(await Promise.all([session.token(), session.token()])).toEqual(['access 2', 'access 2']);
    expect(used).toEqual(['refresh 1']);
  });

  it('is there again after a reload, with the newest refresh token', async () => {
    const { door, keeper, used, now, advance } = stage();
    const first = new Session(door, keeper, now);
    await first.signIn('ada', 'secret');
    advance(890_000);
    await first.token();
    const second = new Session(door, keeper, now);
    advance(890_000);
    expect(await second.token()).toBe('access 3');
    expect(used).toEqual(['refresh 1', 'refresh 2']);
  });

  it('forgets who has signed in when the manager says that it has ended', async () => {
    const { door, keeper, used, kept, now, advance } = stage();
    const session = new Session(door, keeper, now);
    await session.signIn('ada', 'secret');
    used.push('refresh 1');
    advance(890_000);
    await expect(session.token()).rejects.toThrow(ProblemError);
    expect([session.credentials, kept.size]).toEqual([undefined, 0]);
  });

  it('hands a pasted token out as it is', async () => {
    const { door, keeper, now } = stage();
    const session = new Session(door, keeper, now);
    session.useToken('smk_x');
    expect(await session.token()).toBe('smk_x');
  });
});

describe('what the page offers', () => {
  it('is what the user may, and everything to the bearer of a token, of which nobody knows', async () => {
    const { door, keeper, now } = stage();
    const session = new Session(door, keeper, now);
    const may = mayOf(await session.signIn('ada', 'secret'));
    expect([may('clusters:read'), may('clusters:write')]).toEqual([true, false]);
    expect(mayOf(session.useToken('t'))('clusters:write')).toBe(true);
  });
});
