/** The settings of signing in with an identity provider: what they are, and what is wrong with them. */
import { Type, type Static, type TObject } from '@sinclair/typebox';
import type { OpenIdSettings } from './access/openid.js';
import type { ForeignRules } from './domain/access/foreign-sign-in.js';
import { roles, type Role } from './domain/access/permissions.js';

const text = (description: string, options: object = {}) =>
  Type.String({ description, minLength: 1, ...options });

export const openIdSchema = {
  SM_OIDC_ISSUER: Type.Optional(
    text('address of the OpenID Connect provider with which people sign in', {
      pattern: '^https?://[^/?#@\\s]+',
    }),
  ),
  SM_OIDC_CLIENT_ID: Type.Optional(text('name of this manager at the provider')),
  SM_OIDC_CLIENT_SECRET: Type.Optional(
    text('secret of this manager at the provider, if it has one'),
  ),
  SM_OIDC_REDIRECT_URL: Type.Optional(
    text('where the provider sends browsers back to', { pattern: '^https?://[^/?#@\\s]+' }),
  ),
  SM_OIDC_SCOPE: text('what the provider is asked for', { default: 'openid profile' }),
  SM_OIDC_NAME_CLAIM: text('claim with the name of the user', { default: 'preferred_username' }),
  SM_OIDC_GROUPS_CLAIM: text('claim with the groups of the user', { default: 'groups' }),
  SM_OIDC_ROLES: Type.Optional(
    text('what groups mean, as in platform=admin,developers=applicationProvider'),
  ),
  SM_OIDC_DEFAULT_ROLE: Type.Optional(
    text('role of those whose groups mean nothing; they are refused when unset'),
  ),
  SM_OIDC_ORGANIZATION_CLAIM: Type.Optional(
    text('claim with the name of the organization; all act for the whole installation when unset'),
  ),
};

type Settings = Static<TObject<typeof openIdSchema>>;

/** How people sign in elsewhere, and what that allows them. */
export interface OpenIdOptions extends OpenIdSettings, Pick<ForeignRules, 'roles' | 'otherwise'> {}

const loopback = new Set(['localhost', '127.0.0.1', '[::1]']);

const isRole = (name: string | undefined): name is Role =>
  name !== undefined && (roles as readonly string[]).includes(name);

/** Groups and roles as they are written; a role that is none stays as it is. */
const pairsOf = (written = ''): readonly (readonly [string, string])[] =>
  written
    .split(',')
    .filter((pair) => pair.trim() !== '')
    .map((pair) => {
      const at = pair.lastIndexOf('=');
      return [pair.slice(0, Math.max(0, at)).trim(), pair.slice(at + 1).trim()] as const;
    });

/** What no schema says of the settings, one line a fault. */
export function openIdFaults(settings: Partial<Settings>): readonly string[] {
  const { SM_OIDC_ISSUER: issuer, SM_OIDC_ROLES: written } = settings;
  const { SM_OIDC_DEFAULT_ROLE: otherwise } = settings;
  const together = ['SM_OIDC_ISSUER', 'SM_OIDC_CLIENT_ID', 'SM_OIDC_REDIRECT_URL'] as const;
  const missing = together.filter((name) => settings[name] === undefined);
  const known = roles.join(', ');
  const faults: string[] = [];
  if (missing.length > 0 && missing.length < together.length)
    faults.push(...missing.map((name) => `${name}: goes with ${together.join(', ')}`));
  for (const [group, role] of pairsOf(written))
    if (group === '' || !isRole(role))
      faults.push(`SM_OIDC_ROLES: "${group}=${role}" is not GROUP=ROLE; the roles are ${known}`);
  if (otherwise !== undefined && !isRole(otherwise))
    faults.push(`SM_OIDC_DEFAULT_ROLE: the roles are ${known}`);
  if (issuer !== undefined && written === undefined && otherwise === undefined)
    faults.push('SM_OIDC_ROLES: without it, or SM_OIDC_DEFAULT_ROLE, nobody could sign in');
  if (issuer?.startsWith('http:') === true && URL.canParse(issuer))
    if (!loopback.has(new URL(issuer).hostname))
      faults.push('SM_OIDC_ISSUER: has to begin with https:// unless it is on this machine');
  return faults;
}

/** @returns nothing where no provider is configured */
export function openIdOf(settings: Settings): OpenIdOptions | undefined {
  const {
    SM_OIDC_ISSUER: issuer,
    SM_OIDC_CLIENT_ID: clientId,
    SM_OIDC_REDIRECT_URL: redirectUrl,
    SM_OIDC_DEFAULT_ROLE: otherwise,
  } = settings;
  if (issuer === undefined || clientId === undefined || redirectUrl === undefined) return undefined;
  return {
    issuer,
    clientId,
    redirectUrl,
    clientSecret: settings.SM_OIDC_CLIENT_SECRET,
    scope: settings.SM_OIDC_SCOPE,
    nameClaim: settings.SM_OIDC_NAME_CLAIM,
    groupsClaim: settings.SM_OIDC_GROUPS_CLAIM,
    organizationClaim: settings.SM_OIDC_ORGANIZATION_CLAIM,
    roles: new Map(
      pairsOf(settings.SM_OIDC_ROLES).flatMap(([group, role]) =>
        isRole(role) ? [[group, role] as const] : [],
      ),
    ),
    otherwise: isRole(otherwise) ? otherwise : undefined,
  };
}
