/** Signing in: a password for two tokens, and the longer-lived of them for a new one of the other kind. */
import type { AccessPorts } from '../../domain/access/ports.js';
import { checkPassword } from '../../domain/access/sign-in.js';
import type { User } from '../../domain/access/user.js';
import { err, obj, Refusal, str, type Answer } from './http/encodings.js';
import type { OakRequest, Route } from './http/routes.js';
import { requiredText } from './input.js';
import { membershipAtLogin, peerName, type Membership } from './people.js';
import { toPeerRoles } from './roles.js';
import type { Claims, Tokens, TokenType } from './tokens.js';

export interface SignInPorts {
  readonly access: AccessPorts;
  readonly tokens: Tokens;
}

const claimsOf = (user: User, { organization, roles }: Membership, type: TokenType): Claims => ({
  type,
  user: peerName(user),
  roles: toPeerRoles(roles),
  organization,
});

async function login({ access, tokens }: SignInPorts, { fields }: OakRequest): Promise<Answer> {
  if (fields === undefined) throw new Refusal(err(403, { message: 'A JSON object is needed.' }));
  const name = requiredText(fields, 'username');
  const password = requiredText(fields, 'password');
  const organization = fields['organization_name'];
  const user = await checkPassword(access, name, password);
  const membership = await membershipAtLogin(
    access,
    user,
    typeof organization === 'string' && organization !== '' ? organization : undefined,
  );
  if (membership === undefined)
    throw new Refusal(err(404, { message: 'There is no organization of this name.' }));
  if (membership === 'stranger')
    throw new Refusal(err(401, { message: 'You are no member of this organization.' }));
  const [token, refresh] = await Promise.all([
    tokens.issue(claimsOf(user, membership, 'access')),
    tokens.issue(claimsOf(user, membership, 'refresh')),
  ]);
  return obj({ token, refresh_token: refresh });
}

export const signInRoutes = (ports: SignInPorts): readonly Route[] => [
  {
    id: 'oakestraLogin',
    method: 'POST',
    path: '/api/auth/login',
    guard: 'public',
    body: 'checked',
    handle: (request) => login(ports, request),
  },
  {
    id: 'oakestraRefresh',
    method: 'POST',
    path: '/api/auth/refresh',
    guard: 'refresh',
    handle: async ({ caller: { name, roles, membership } }) => {
      const { organization } = membership;
      const claims: Claims = { type: 'access', user: name, roles, organization };
      return obj({ token: await ports.tokens.issue(claims) });
    },
  },
];

/** What others check tokens with. Tokens are not made for anybody who asks, as the original did at this address. */
export const keyRoutes = ({ publicKey }: Pick<Tokens, 'publicKey'>): readonly Route[] => [
  {
    id: 'oakestraGetKey',
    method: 'GET',
    path: '/key',
    guard: 'public',
    handle: () => Promise.resolve(obj({ public_key: publicKey })),
  },
  {
    id: 'oakestraKeyHealth',
    method: 'GET',
    path: '/health',
    guard: 'public',
    handle: () => Promise.resolve(str('Working!')),
  },
];
