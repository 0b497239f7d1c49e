import { DomainError } from '../errors.js';
import { permissionsWithin, type Permission } from './permissions.js';
import type { AccessPorts } from './ports.js';

/**
 * The organization that something new will belong to: that of its maker, or the one that a maker without an organization names.
 *
 * @throws DomainError `validation-failed` - there is none like that, or it is not the maker's
 */
export async function belongingTo(
  ports: Pick<AccessPorts, 'organizationId' | 'organizations'>,
  named: string | undefined,
): Promise<string | undefined> {
  if (named === undefined || named === ports.organizationId) return ports.organizationId;
  const known =
    ports.organizationId === undefined && (await ports.organizations.find(named)) !== undefined;
  if (known) return named;
  throw new DomainError('validation-failed', 'There is no organization with this id.', {
    errors: [{ pointer: '#/organizationId', detail: 'is not known' }],
  });
}

/**
 * What decides about the whole installation cannot be given to somebody of an organization.
 *
 * @throws DomainError `validation-failed`
 */
export function checkWithin(
  organizationId: string | undefined,
  permissions: readonly Permission[],
  pointer: string,
): void {
  if (organizationId === undefined) return;
  const beyond = permissions.filter((each) => !permissionsWithin.includes(each));
  if (beyond.length > 0)
    throw new DomainError('validation-failed', 'This is for the installation alone.', {
      errors: [{ pointer, detail: `allows ${beyond.join(', ')}, which no organization can have` }],
    });
}
