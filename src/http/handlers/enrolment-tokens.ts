import type { EnrolmentToken } from '../../domain/access/enrolment-token.js';
import {
  createEnrolmentToken,
  revokeEnrolmentToken,
} from '../../domain/access/enrolment-tokens.js';
import type { AccessPorts } from '../../domain/access/ports.js';
import { accessFor } from '../../domain/access/tenancy.js';
import { defined, toTimestamp } from '../../wire/values.js';
import type { Handlers, Schema } from '../contract.js';
import { fromPage, toPageRequest } from '../paging.js';

const toEnrolmentToken = (token: EnrolmentToken): Schema<'EnrolmentToken'> => ({
  ...defined({
    organizationId: token.organizationId,
    name: token.name,
    clusterName: token.clusterName,
    ownerId: token.ownerId,
  }),
  id: token.id,
  uses: token.usesMax,
  usesLeft: token.usesLeft,
  requiresApproval: token.requiresApproval,
  createdAt: toTimestamp(token.createdAt),
  expiresAt: toTimestamp(token.expiresAt),
  ...(token.lastUsedAt === undefined ? {} : { lastUsedAt: toTimestamp(token.lastUsedAt) }),
});

/** Tokens with which agents enrol their clusters. */
export const enrolmentTokenHandlers = (access: AccessPorts) =>
  ({
    listEnrolmentTokens: async ({ principal, query }) => {
      const { enrolmentTokens } = accessFor(access, principal);
      const page = await enrolmentTokens.list({}, toPageRequest(query));
      return { status: 200, body: fromPage(page, toEnrolmentToken) };
    },
    createEnrolmentToken: async ({ principal, body }) => {
      const { enrolmentToken, token } = await createEnrolmentToken(
        accessFor(access, principal),
        principal,
        body,
      );
      return { status: 201, body: { enrolmentToken: toEnrolmentToken(enrolmentToken), token } };
    },
    revokeEnrolmentToken: async ({ principal, path }) => {
      await revokeEnrolmentToken(accessFor(access, principal), path.tokenId);
      return { status: 204, body: undefined };
    },
  }) satisfies Partial<Handlers>;
