/**
 * Users and organizations as the peers see them. Everybody who belongs to the installation is a member of the organization `root`; users
 * of an organization are members of that one. Beside that, organizations have guests, who belong elsewhere and act for them as well.
 */
import { createHash } from 'node:crypto';
import type { Organization } from '../../domain/access/organization.js';
import type { Role } from '../../domain/access/permissions.js';
import type { AccessPorts, OrganizationStore, UserStore } from '../../domain/access/ports.js';
import type { User } from '../../domain/access/user.js';
import { firstUser } from '../../domain/access/users.js';
import { idOf, type Fields } from './input.js';
import { toPeerRoles } from './roles.js';

/** The installation as an organization. */
export const root = { id: '000000000000000000000001', name: 'root' } as const;

/** For which organization somebody acts, and what they are there. */
export interface Membership {
  /** As the peers know it. */
  readonly organization: string;
  /** As we do; absent: the installation. */
  readonly organizationId: string | undefined;
  readonly roles: readonly Role[];
}

/** What peers call the first user; in installations of theirs that is its first password as well. */
export const firstPeer = 'Admin';

/** The name as its owner writes it; ours are in lower case. */
export const peerName = ({ name, displayName }: Pick<User, 'name' | 'displayName'>): string => {
  if (displayName?.toLowerCase() === name) return displayName;
  return name === firstUser ? firstPeer : name;
};

const label = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;

/** Ours are labels; other names get one that is theirs alone, and are shown as they were written. */
export function organizationNames(given: string): { name: string; displayName: string } {
  if (label.test(given)) return { name: given, displayName: given };
  const digest = createHash('sha256').update(given).digest('hex').slice(0, 10);
  const readable = given
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+/, '')
    .slice(0, 50);
  return { name: `${readable === '' ? 'o' : readable}-${digest}`, displayName: given };
}

/** The name as it was written. */
export const organizationName = ({
  name,
  displayName,
}: Pick<Organization, 'name' | 'displayName'>): string =>
  displayName !== undefined && organizationNames(displayName).name === name ? displayName : name;

const guestRoles = (
  { guests = [] }: Pick<Organization, 'guests'>,
  userId: string,
): readonly Role[] | undefined => guests.find((each) => each.userId === userId)?.roles;

/** What somebody is in an organization. @param organization - absent: the installation @returns nothing for strangers */
export function membershipIn(
  organization: Organization | undefined,
  user: User,
): Membership | undefined {
  const organizationId = organization?.id;
  const own = user.organizationId === organizationId ? user.roles : undefined;
  const roles = own ?? (organization && guestRoles(organization, user.id));
  return roles && { organization: organizationId ?? root.id, organizationId, roles };
}

type Directory = {
  readonly organizations: Pick<OrganizationStore, 'find' | 'findByName'>;
};

/**
 * For which organization somebody signs in: the one that is named, or the one that they belong to.
 *
 * @returns nothing when there is no organization of that name, `stranger` when they are no member of it
 */
export async function membershipAtLogin(
  { organizations }: Directory,
  user: User,
  name: string | undefined,
): Promise<Membership | 'stranger' | undefined> {
  if (name === root.name) return membershipIn(undefined, user) ?? 'stranger';
  if (name === undefined) {
    const home =
      user.organizationId === undefined ? undefined : await organizations.find(user.organizationId);
    return membershipIn(home, user) ?? 'stranger';
  }
  const organization = await organizations.findByName(organizationNames(name).name);
  return organization && (membershipIn(organization, user) ?? 'stranger');
}

/** What somebody is in the organization that a token names. */
export async function membershipOf(
  { organizations }: Directory,
  user: User,
  organization: string,
): Promise<Membership | undefined> {
  if (organization === root.id) return membershipIn(undefined, user);
  const id = idOf(organization);
  const known = id === undefined ? undefined : await organizations.find(id);
  return known && membershipIn(known, user);
}

/** Somebody by the name that they write. */
export const findByPeerName = (
  users: Pick<UserStore, 'findByName'>,
  name: string,
): Promise<User | undefined> => users.findByName(name.toLowerCase());

const pageMax = 500;

/** Everybody, oldest first. */
export async function allUsers({ users }: Pick<AccessPorts, 'users'>): Promise<readonly User[]> {
  const all: User[] = [];
  let after: string | undefined;
  do {
    const page = await users.list({}, { limit: pageMax, after });
    all.push(...page.items);
    after = page.next;
  } while (after !== undefined);
  return all;
}

/** All organizations but the installation, oldest first. */
export async function allOrganizations({
  organizations,
}: Pick<AccessPorts, 'organizations'>): Promise<readonly Organization[]> {
  const all: Organization[] = [];
  let after: string | undefined;
  do {
    const page = await organizations.list({ limit: pageMax, after });
    all.push(...page.items);
    after = page.next;
  } while (after !== undefined);
  return all;
}

export const findOrganization = (
  { organizations }: Pick<AccessPorts, 'organizations'>,
  id: string,
): Promise<Organization | undefined> => organizations.find(id);

/** What stands where the originals show the hash of a password, and says that it is to stay when it comes back. */
export const unchangedPassword = '********';

const two = (number: number): string => String(number).padStart(2, '0');

/** `dd/mm/yyyy HH:MM`, UTC. */
function dateText(epochMs: number): string {
  const date = new Date(epochMs);
  const day = [two(date.getUTCDate()), two(date.getUTCMonth() + 1), date.getUTCFullYear()];
  return `${day.join('/')} ${two(date.getUTCHours())}:${two(date.getUTCMinutes())}`;
}

/** Somebody as the peers read them, without roles. */
export const userDocument = (user: User): Fields => ({
  name: peerName(user),
  email: user.email ?? '',
  password: unchangedPassword,
  created_at: dateText(user.createdAt),
  _id: { $oid: user.id },
});

/** Everybody who is a member of an organization, with their roles there. @param organization - absent: the installation */
export const membersOf = (
  organization: Organization | undefined,
  users: readonly User[],
): readonly { readonly user: User; readonly roles: readonly string[] }[] =>
  users.flatMap((user) => {
    const membership = membershipIn(organization, user);
    return membership ? [{ user, roles: toPeerRoles(membership.roles) }] : [];
  });
