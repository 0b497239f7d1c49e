import { DomainError } from '../errors.js';
import { belongingTo } from './belonging.js';
import type { EnrolmentToken } from './enrolment-token.js';
import { joinOrganization } from './organizations.js';
import type { AccessPorts } from './ports.js';
import type { Principal } from './principal.js';

/** What a new enrolment token is made of. */
export interface EnrolmentTokenWish {
  readonly name?: string | undefined;
  readonly clusterName?: string | undefined;
  readonly organizationId?: string | undefined;
  /** How many clusters may enrol with it. */
  readonly uses: number;
  /** How long it is good, in hours. */
  readonly hours: number;
  readonly requiresApproval: boolean;
}

const hourMs = 3_600_000;

/** @throws DomainError `validation-failed` - there is no such organization */
export async function createEnrolmentToken(
  ports: AccessPorts,
  maker: Principal,
  wish: EnrolmentTokenWish,
): Promise<{ enrolmentToken: EnrolmentToken; token: string }> {
  const organizationId = await belongingTo(ports, wish.organizationId);
  const now = ports.now();
  const id = ports.newId();
  const token = `sme_${id}_${ports.secrets.randomText()}`;
  const enrolmentToken: EnrolmentToken = {
    id,
    name: wish.name,
    tokenHash: ports.secrets.hash(token),
    organizationId,
    clusterName: wish.clusterName,
    usesMax: wish.uses,
    usesLeft: wish.uses,
    requiresApproval: wish.requiresApproval,
    ownerId: maker.kind === 'user' ? maker.userId : undefined,
    createdAt: now,
    expiresAt: now + wish.hours * hourMs,
  };
  await ports.work.transaction(async () => {
    if (organizationId !== undefined) await joinOrganization(ports.organizations, organizationId);
    await ports.enrolmentTokens.insert(enrolmentToken);
  });
  return { enrolmentToken, token };
}

/**
 * Revokes a token. Clusters that have enrolled with it stay.
 *
 * @throws DomainError `enrolment-token-not-found`
 */
export async function revokeEnrolmentToken(ports: AccessPorts, id: string): Promise<void> {
  if ((await ports.enrolmentTokens.find(id)) === undefined)
    throw new DomainError('enrolment-token-not-found', 'There is no enrolment token with this id.');
  await ports.enrolmentTokens.remove(id);
}
