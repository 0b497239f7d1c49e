/** Organizations with their members. The installation is one of them, and cannot be renamed or removed. */
import type { Organization } from '../../domain/access/organization.js';
import {
  createOrganization,
  removeOrganization,
  reshapeOrganization,
  type Belongings,
} from '../../domain/access/organizations.js';
import type { AccessPorts } from '../../domain/access/ports.js';
import type { ApplicationStore } from '../../domain/application/application.js';
import type { Caller } from './guards.js';
import { requiredFields } from './http/body.js';
import { dbl, err, obj, Refusal, type Answer } from './http/encodings.js';
import type { CallerRequest, Route } from './http/routes.js';
import { idOf, isFields, requiredText, type Fields } from './input.js';
import { requireAdministratorLeft } from './keeping.js';
import { setMembers, type WantedMember } from './memberships.js';
import {
  allOrganizations,
  allUsers,
  findOrganization,
  membersOf,
  organizationName,
  organizationNames,
  root,
} from './people.js';
import { oid } from './documents.js';
import { fromPeerRoles } from './roles.js';

export interface OrganizationPorts {
  readonly access: AccessPorts;
  readonly belongings: Belongings;
  readonly applications: Pick<ApplicationStore, 'list' | 'remove'>;
}

const refusal = (status: number, message: string): Refusal => new Refusal(err(status, { message }));

const rootStays = (): Refusal => refusal(409, 'The organization root stays, under its name.');

/** @throws Refusal 400 */
function requireId(text: string | undefined): string {
  const id = idOf(text);
  if (id === undefined) throw refusal(400, 'The id of an organization has 24 hexadecimal digits.');
  return id;
}

/** @throws Refusal 403 - the organization is not the caller's */
function requireReach({ membership }: Caller, id?: string): void {
  if (membership.organizationId !== undefined && membership.organizationId !== id)
    throw new Refusal(obj({ message: 'You have not enough permissions!' }, 403));
}

/** Members as they are sent; those without an id are none. @throws Refusal 400 */
function membersIn({ member }: Fields): readonly WantedMember[] | undefined {
  if (member === undefined || member === null) return undefined;
  if (!Array.isArray(member)) throw refusal(400, 'member must be a list.');
  return (member as readonly unknown[]).flatMap((each) => {
    const userId = isFields(each) ? idOf(String(each['user_id'])) : undefined;
    const roles = isFields(each) && Array.isArray(each['roles']) ? each['roles'] : [];
    return userId === undefined ? [] : [{ userId, roles: fromPeerRoles(roles) }];
  });
}

async function list({ access }: OrganizationPorts, { membership }: Caller): Promise<Answer> {
  const users = await allUsers(access);
  const document = (organization: Organization | undefined) => ({
    name: organization === undefined ? root.name : organizationName(organization),
    member: membersOf(organization, users).map(({ user, roles }) => ({ user_id: user.id, roles })),
    _id: oid(organization?.id ?? root.id),
  });
  const all = [undefined, ...(await allOrganizations(access))];
  const own = membership.organizationId;
  return dbl(all.filter((each) => own === undefined || each?.id === own).map(document));
}

/** The id is a JSON string within a JSON string: the dashboard decodes it once more than other answers. */
async function create(
  { access }: OrganizationPorts,
  { caller, contentType, body }: CallerRequest,
): Promise<Answer> {
  requireReach(caller);
  const fields = requiredFields(contentType, body);
  const names = organizationNames(requiredText(fields, 'name'));
  const members = membersIn(fields) ?? [];
  if (names.name === root.name) throw rootStays();
  const { id } = await access.work.transaction(async () => {
    const organization = await createOrganization(access, names);
    await setMembers(access, caller, organization, members);
    return organization;
  });
  return dbl(id);
}

const updated = obj({ message: 'Organization is updated' });
const deleted = obj({ message: 'Organization deleted' });

async function updateRoot(
  access: AccessPorts,
  caller: Caller,
  name: unknown,
  members: readonly WantedMember[] | undefined,
): Promise<Answer> {
  if (name !== undefined && name !== null && name !== root.name) throw rootStays();
  if (members)
    await access.work.transaction(async () => {
      await setMembers(access, caller, undefined, members);
      await requireAdministratorLeft(access);
    });
  return updated;
}

/** What is not said stays as it is. */
async function update(
  { access }: OrganizationPorts,
  { caller, path, contentType, body }: CallerRequest,
): Promise<Answer> {
  const fields = requiredFields(contentType, body);
  const id = requireId(path['id']);
  requireReach(caller, id);
  const { name } = fields;
  const members = membersIn(fields);
  if (id === root.id) return updateRoot(access, caller, name, members);
  const names = typeof name === 'string' ? organizationNames(name) : undefined;
  if (names?.name === root.name) throw rootStays();
  await access.work.transaction(async () => {
    const organization = await findOrganization(access, id);
    if (organization === undefined) return;
    if (names && names.displayName !== organizationName(organization))
      await reshapeOrganization(access, id, names);
    if (members) await setMembers(access, caller, organization, members);
  });
  return updated;
}

async function remove(
  { access, belongings, applications }: OrganizationPorts,
  { caller, path }: CallerRequest,
): Promise<Answer> {
  requireReach(caller);
  const id = requireId(path['id']);
  if (id === root.id) throw rootStays();
  await access.work.transaction(async () => {
    if ((await findOrganization(access, id)) === undefined) return;
    await removeOrganization(access, belongings, id, undefined);
    for (const application of await applications.list({ organizationId: id }))
      await applications.remove(application.id);
  });
  return deleted;
}

export const organizationRoutes = (ports: OrganizationPorts): readonly Route[] => [
  {
    id: 'oakestraListOrganizations',
    method: 'GET',
    path: '/api/organization/',
    guard: 'jwt',
    admin: true,
    handle: ({ caller }) => list(ports, caller),
  },
  {
    id: 'oakestraCreateOrganization',
    method: 'POST',
    path: '/api/organization/',
    guard: 'jwt',
    admin: true,
    handle: (request) => create(ports, request),
  },
  {
    id: 'oakestraUpdateOrganization',
    method: 'PUT',
    path: '/api/organization/:id',
    guard: 'jwt',
    admin: true,
    handle: (request) => update(ports, request),
  },
  {
    id: 'oakestraDeleteOrganization',
    method: 'DELETE',
    path: '/api/organization/:id',
    guard: 'jwt',
    admin: true,
    handle: (request) => remove(ports, request),
  },
];
