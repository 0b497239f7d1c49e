/** The roles of the peers and ours. They are the same four; ours has one more, for those who only look. */
import type { Role } from '../../domain/access/permissions.js';

const pairs = [
  ['admin', 'Admin'],
  ['organizationAdmin', 'Organization_Admin'],
  ['applicationProvider', 'Application_Provider'],
  ['infrastructureProvider', 'Infrastructure_Provider'],
] as const satisfies readonly (readonly [Role, string])[];

export const administrator = 'Admin';

/** In the words of the peers. */
export const toPeerRoles = (roles: readonly Role[]): readonly string[] =>
  pairs.filter(([own]) => roles.includes(own)).map(([, word]) => word);

/** In ours; words that nobody knows are left out. */
export const fromPeerRoles = (words: readonly unknown[]): readonly Role[] =>
  pairs.filter(([, word]) => words.includes(word)).map(([own]) => own);
