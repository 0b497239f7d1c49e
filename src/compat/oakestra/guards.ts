/** Finds out who asks, and refuses in the words of the originals, which differ between their two kinds of endpoints. */
import { portsFor } from '../../domain/access/tenancy.js';
import type { AccessPorts } from '../../domain/access/ports.js';
import type { UserPrincipal } from '../../domain/access/principal.js';
import { permissionsOf } from '../../domain/access/permissions.js';
import type { User } from '../../domain/access/user.js';
import type { Ports } from '../../domain/ports.js';
import { err, obj, Refusal } from './http/encodings.js';
import type { Guard } from './http/routes.js';
import { findByPeerName, membershipOf, peerName, type Membership } from './people.js';
import { administrator, toPeerRoles } from './roles.js';
import type { Fault, Tokens } from './tokens.js';

/** Somebody who has shown a token. */
export interface Caller {
  readonly user: User;
  /** As the peers write it. */
  readonly name: string;
  readonly membership: Membership;
  /** What the token says and still holds. */
  readonly roles: readonly string[];
  readonly principal: UserPrincipal;
  /** The stores, narrowed to what the caller's organization has. */
  readonly ports: Ports;
}

export interface GuardPorts {
  readonly ports: Ports;
  readonly access: AccessPorts;
  readonly tokens: Tokens;
}

const scheme = "Expected 'Authorization: Bearer <JWT>'";
const gone = 'The user of this token is gone.';
const notEnough = 'You have not enough permissions!';

const jwtRefusal = (status: number, msg: string): Refusal => new Refusal(obj({ msg }, status));
const authRefusal = (message = 'Missing authentication token'): Refusal =>
  new Refusal(obj({ message }, 401));

/** @throws Refusal */
function bearerOf(header: string | undefined): string {
  if (header === undefined) throw jwtRefusal(401, 'Missing Authorization Header');
  const [given, token, ...rest] = header.trim().split(/\s+/);
  if (given !== 'Bearer')
    throw jwtRefusal(401, `Missing 'Bearer' type in 'Authorization' header. ${scheme}`);
  if (token === undefined || rest.length > 0)
    throw jwtRefusal(422, `Bad Authorization header. ${scheme}`);
  return token;
}

const faultStatus = (fault: Fault): number => (fault === 'Token has expired' ? 401 : 422);

/** @throws Refusal */
async function callerOf(
  { ports, access, tokens }: GuardPorts,
  header: string | undefined,
  wanted: 'access' | 'refresh',
): Promise<Caller> {
  const claims = tokens.read(bearerOf(header));
  if (typeof claims === 'string') throw jwtRefusal(faultStatus(claims), claims);
  if (claims.type !== wanted)
    throw jwtRefusal(
      422,
      wanted === 'access'
        ? 'Only non-refresh tokens are allowed'
        : 'Only refresh tokens are allowed',
    );
  const user = await findByPeerName(access.users, claims.user);
  const membership =
    user && !user.disabled ? await membershipOf(access, user, claims.organization) : undefined;
  if (user === undefined || membership === undefined)
    throw wanted === 'refresh' ? new Refusal(err(404, { message: gone })) : jwtRefusal(401, gone);
  const held = toPeerRoles(membership.roles);
  const principal: UserPrincipal = {
    kind: 'user',
    userId: user.id,
    name: user.name,
    sessionId: user.id,
    organizationId: membership.organizationId,
    permissions: permissionsOf(membership.roles),
  };
  return {
    user,
    name: peerName(user),
    membership,
    // A role that was taken away counts no more; one that was given counts with the next token.
    roles: claims.roles.filter((role) => held.includes(role)),
    principal,
    ports: portsFor(ports, access.organizations, principal),
  };
}

/**
 * Whoever asks, where the endpoint wants to know.
 *
 * @throws Refusal - the token is not one that the endpoint takes
 */
export async function identify(
  ports: GuardPorts,
  guard: Exclude<Guard, 'peer' | 'public'>,
  header: string | undefined,
): Promise<Caller> {
  if (guard !== 'auth') return callerOf(ports, header, guard === 'refresh' ? 'refresh' : 'access');
  try {
    return await callerOf(ports, header, 'access');
  } catch (error) {
    throw error instanceof Refusal ? authRefusal() : error;
  }
}

interface Demands {
  readonly admin?: boolean | undefined;
  readonly self?: boolean | undefined;
  readonly writes?: boolean | undefined;
}

/** Nobody but us knows such people: everybody else who can sign in has applications. */
const onlyLooks = ({ membership: { roles } }: Caller): boolean =>
  roles.length > 0 && roles.every((role) => role === 'viewer');

/** @throws Refusal - the caller may not ask this */
export function permit(
  caller: Caller,
  { admin = false, self = false, writes = false }: Demands,
  path: Readonly<Record<string, string>>,
): void {
  const allowed =
    (!admin || caller.roles.includes(administrator)) &&
    (!writes || !onlyLooks(caller)) &&
    (!self || path['username']?.toLowerCase() === caller.user.name);
  if (!allowed) throw new Refusal(obj({ message: notEnough }, 403));
}
