/**
 * Who may do what: every operation of the contract, asked by everybody. What is expected follows from the table of operations
 * (access-table.ts) and that of roles below, not from the code that decides.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { adminToken, enrolmentToken, schedulerToken, startTestManager } from '../support/app.js';
import { FakeClock } from '../support/clock.js';
import { compatOperations, contract } from '../support/contract.js';
import { upgrade } from '../support/upgrade.js';
import { accessTable, open, type OwnOperation, type Row, type TokenKind } from './access-table.js';
import { idOf } from './cases/refusals.js';
import { ContractWorld, createContext, createKey, signInNew, type Context } from './context.js';
import { validRequest } from './valid-requests.js';

type Operation = (typeof contract.operations)[number];

const readings = [
  'clusters:read',
  'services:read',
  'events:read',
  'schedulers:read',
  'organizations:read',
];

/** What the documentation says of each role. */
const roles = {
  admin: 'everything',
  organizationAdmin: [
    ...readings,
    'clusters:write',
    'services:write',
    'users:read',
    'users:write',
    'keys:write',
    'webhooks:write',
  ],
  applicationProvider: [...readings, 'services:write', 'keys:write'],
  infrastructureProvider: [...readings, 'clusters:write', 'keys:write'],
  viewer: readings,
} as const;

type RoleName = keyof typeof roles;
const roleNames = Object.keys(roles) as RoleName[];

interface Tokens {
  readonly byRole: Readonly<Record<RoleName, string>>;
  readonly expiredUser: string;
  readonly expiredKey: string;
  readonly revokedUser: string;
  readonly emptyKey: string;
  readonly revokedKey: string;
}

let context: Context;
let tokens: Tokens;

const dayMs = 24 * 3_600_000;

async function makeTokens(world: ContractWorld, clock: FakeClock): Promise<Tokens> {
  const expiredUser = (await signInNew(world, ['admin'])).accessToken;
  const expiredKey = (await createKey(world, ['services:read'], 1)).key;
  clock.advance(dayMs);
  const byRole: Partial<Record<RoleName, string>> = {};
  for (const role of roleNames) byRole[role] = (await signInNew(world, [role])).accessToken;
  const revoked = await signInNew(world, ['admin']);
  await world.send({
    method: 'DELETE',
    path: '/api/v1/sessions/current',
    token: revoked.accessToken,
  });
  const revokedKey = await createKey(world, ['services:read']);
  await world.send({ method: 'DELETE', path: `/api/v1/api-keys/${revokedKey.apiKey.id}` });
  return {
    expiredUser,
    expiredKey,
    byRole: byRole as Record<RoleName, string>,
    revokedUser: revoked.accessToken,
    // Hardly any operation asks for what it allows, so it is a key without the scope nearly everywhere.
    emptyKey: (await createKey(world, ['system:read'])).key,
    revokedKey: revokedKey.key,
  };
}

beforeAll(async () => {
  const clock = new FakeClock(Date.now());
  const manager = await startTestManager({
    now: clock.now,
    inactiveAfterMs: 2 * dayMs,
    lostAfterMs: 3 * dayMs,
  });
  const world = await ContractWorld.create(manager);
  context = await createContext(world);
  tokens = await makeTokens(world, clock);
}, 120_000);

afterAll(() => context.world.manager.close());

/** What stands before the door: 401 and 403 are said there, everything else behind it. */
type Verdict = 'unknown' | 'forbidden' | 'admitted';

const verdictOf = (status: number): Verdict => {
  if (status === 401) return 'unknown';
  return status === 403 ? 'forbidden' : 'admitted';
};

/** Asks with a body that is refused behind the door, so that the matrix changes nothing. */
async function ask(operation: Operation, token: string | null): Promise<Verdict> {
  const { world, resident } = context;
  const { path, method } = validRequest(idOf(operation), resident, world);
  if (operation.tag === 'gateway')
    return verdictOf((await upgrade(world.manager.url, { path, token })).status);
  const aside = `${path}?unknown-parameter=1`;
  return verdictOf((await world.send({ path: aside, token, ...(method && { method }) })).status);
}

const allows = (role: RoleName, needed: readonly string[] | undefined): boolean => {
  if (needed === undefined) return false;
  const held: 'everything' | readonly string[] = roles[role];
  return held === 'everything' || needed.every((permission) => held.includes(permission));
};

const verdict = (isAllowed: boolean): Verdict => (isAllowed ? 'admitted' : 'forbidden');

const guarded = contract.operations.flatMap((operation) => {
  const row = accessTable[operation.id as OwnOperation];
  return row === open ? [] : [[operation.id, operation, row] as const];
});

describe.each(guarded)('%s', (_id, operation, row: Row) => {
  it('is for those in the contract that the table names', () => {
    const expected = new Map<string, readonly string[]>(row.kinds.map((kind) => [kind, []]));
    if (row.user) expected.set('user', row.user);
    if (row.apiKey) expected.set('apiKey', row.apiKey);
    expect(new Map([...operation.schemes].sort())).toEqual(new Map([...expected].sort()));
  });

  it.each<[string, () => string | null]>([
    ['nobody', () => null],
    ['an expired session', () => tokens.expiredUser],
    ['an expired API key', () => tokens.expiredKey],
    ['a revoked session', () => tokens.revokedUser],
    ['a revoked API key', () => tokens.revokedKey],
    ['a forged credential', () => `smc_${context.resident.cluster.id}_${'A'.repeat(32)}`],
  ])('does not know %s', async (_name, token) => {
    expect(await ask(operation, token())).toBe('unknown');
  });

  it.each(roleNames)('knows what a user with the role %s may do', async (role) => {
    expect(await ask(operation, tokens.byRole[role])).toBe(verdict(allows(role, row.user)));
  });

  it.each<[TokenKind, () => string]>([
    ['administrator', () => adminToken],
    ['enrolment', () => enrolmentToken],
    ['scheduler', () => schedulerToken],
    ['cluster', () => context.resident.cluster.credential],
  ])('knows what the token of the kind %s may do', async (kind, token) => {
    expect(await ask(operation, token())).toBe(verdict(row.kinds.includes(kind)));
  });

  it('knows an API key without the permission', async () => {
    const enough = row.apiKey?.every((each) => each === 'system:read') ?? false;
    expect(await ask(operation, tokens.emptyKey)).toBe(verdict(enough));
  });
});

describe('open operations', () => {
  it('are those of the contract without a scheme', () => {
    const withoutScheme = contract.operations.filter(({ schemes }) => schemes.size === 0);
    const inTable = Object.entries(accessTable).filter(([, row]) => row === open);
    expect(withoutScheme.map(({ id }) => id).sort()).toEqual(inTable.map(([id]) => id).sort());
  });
});

describe('operations of the compatibility surface, which are allowed by address alone', () => {
  it.each(compatOperations('edgeio').map((operation) => [operation.id, operation] as const))(
    '%s is not there unless it is switched on, whoever asks',
    async (_id, { method, url }) => {
      const path = url.replaceAll(/:\w+/g, '0'.repeat(24));
      for (const token of [null, adminToken])
        expect((await context.world.send({ method, path, token })).status).toBe(404);
    },
  );
});

describe('the table', () => {
  it('has a row for every operation, and no other', () => {
    expect(Object.keys(accessTable).sort()).toEqual(contract.operations.map(({ id }) => id).sort());
  });
});
