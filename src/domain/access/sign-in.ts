import { DomainError } from '../errors.js';
import type { AccessPorts } from './ports.js';
import type { SignInSession, User } from './user.js';

const dayMs = 24 * 3_600_000;
/** How long a session lives without being refreshed, and at the most. */
const idleMsMax = 14 * dayMs;
const sessionMsMax = 90 * dayMs;
/** How long a refresh token that was exchanged already is still taken: the answer to the exchange may have been lost. */
const lostAnswerMs = 10_000;
const failuresFree = 4;
const lockMsMin = 1_000;
const lockMsMax = 60_000;

/** What somebody who has signed in holds. */
export interface SignedIn {
  readonly user: User;
  readonly accessToken: string;
  readonly accessTokenExpiresAt: number;
  readonly refreshToken: string;
  readonly refreshTokenExpiresAt: number;
}

const refreshForm = /^smr_([0-9a-f]{24})_[A-Za-z0-9_-]{20,}$/;

const wrong = (): DomainError =>
  new DomainError('sign-in-refused', 'The name or the password is wrong.');
const over = (): DomainError =>
  new DomainError('sign-in-refused', 'The session is over; sign in again.');

/** Four failures are free; from the fifth on each doubles the wait, up to a minute. */
const lockedFrom =
  (now: number) =>
  (count: number): number =>
    count <= failuresFree
      ? now
      : now + Math.min(lockMsMax, lockMsMin * 2 ** (count - failuresFree - 1));

async function refuseWhileLocked(ports: AccessPorts, name: string): Promise<void> {
  const failures = await ports.failures.find(name);
  const waitMs = (failures?.lockedUntil ?? 0) - ports.now();
  if (waitMs > 0)
    throw new DomainError('sign-in-locked', 'Signing in under this name failed too often; wait.', {
      retryAfterSeconds: Math.ceil(waitMs / 1000),
    });
}

function nextRefresh(ports: AccessPorts, sessionId: string): { token: string; hash: string } {
  const token = `smr_${sessionId}_${ports.secrets.randomText()}`;
  return { token, hash: ports.secrets.hash(token) };
}

async function holding(
  ports: AccessPorts,
  user: User,
  session: SignInSession,
  refreshToken: string,
): Promise<SignedIn> {
  const access = await ports.accessTokens.issue(session);
  return {
    user,
    accessToken: access.token,
    accessTokenExpiresAt: access.expiresAt,
    refreshToken,
    refreshTokenExpiresAt: session.expiresAt,
  };
}

/**
 * Checks a password. A name that nobody has is refused like a wrong password, after the same time and with the same lock.
 *
 * @throws DomainError `sign-in-refused`, `sign-in-locked`, `overloaded`
 */
export async function checkPassword(
  ports: AccessPorts,
  givenName: string,
  password: string,
): Promise<User> {
  const name = givenName.toLowerCase();
  await refuseWhileLocked(ports, name);
  const user = await ports.users.findByName(name);
  const right = await ports.passwords.verify(user?.passwordHash, password);
  if (user === undefined || !right || user.disabled) {
    await ports.failures.add(name, lockedFrom(ports.now()));
    throw wrong();
  }
  await ports.failures.clear(name);
  return user;
}

/** Starts a session for somebody who has proved who they are. */
export async function startSession(ports: AccessPorts, user: User): Promise<SignedIn> {
  const now = ports.now();
  const id = ports.newId();
  const refresh = nextRefresh(ports, id);
  const session: SignInSession = {
    id,
    userId: user.id,
    userName: user.name,
    organizationId: user.organizationId,
    roles: user.roles,
    refreshHash: refresh.hash,
    refreshedAt: now,
    createdAt: now,
    expiresAt: now + idleMsMax,
  };
  await ports.sessions.insert(session);
  return holding(ports, user, session, refresh.token);
}

/** @throws DomainError `sign-in-refused`, `sign-in-locked`, `overloaded` */
export const signIn = async (
  ports: AccessPorts,
  name: string,
  password: string,
): Promise<SignedIn> => startSession(ports, await checkPassword(ports, name, password));

/**
 * Exchanges a refresh token for the next one. One that was exchanged before ends the session: somebody else has a copy.
 *
 * @throws DomainError `sign-in-refused` - the session is over
 */
export async function refreshSession(ports: AccessPorts, refreshToken: string): Promise<SignedIn> {
  const sessionId = refreshForm.exec(refreshToken)?.[1];
  const session = sessionId === undefined ? undefined : await ports.sessions.find(sessionId);
  const now = ports.now();
  if (session === undefined || session.expiresAt <= now) throw over();
  const given = ports.secrets.hash(refreshToken);
  const lostAnswer =
    given === session.previousRefreshHash && now - session.refreshedAt <= lostAnswerMs;
  if (given !== session.refreshHash && !lostAnswer) {
    if (given === session.previousRefreshHash) await ports.sessions.remove(session.id);
    throw over();
  }
  const user = await ports.users.find(session.userId);
  if (user === undefined || user.disabled) throw over();
  const refresh = nextRefresh(ports, session.id);
  const next: SignInSession = {
    ...session,
    userName: user.name,
    roles: user.roles,
    refreshHash: refresh.hash,
    previousRefreshHash: given,
    refreshedAt: now,
    expiresAt: Math.min(now + idleMsMax, session.createdAt + sessionMsMax),
  };
  // Beaten by another exchange of the same token: then this one is the repetition.
  if (!(await ports.sessions.rotate(next, session.refreshHash)))
    return refreshSession(ports, refreshToken);
  return holding(ports, user, next, refresh.token);
}
