import type { AccessPorts, AuthorityStore, SigningKeyStore } from '../../domain/access/ports.js';
import type { AuditStore } from '../../domain/audit/ports.js';
import { secrets } from '../../secrets.js';
import type { Transactions } from '../unit-of-work.js';
import { createAuditStore } from './audit.js';
import { createAuthorityStore } from './authorities.js';
import { createApiKeyStore } from './api-keys.js';
import { createEnrolmentTokenStore } from './enrolment-tokens.js';
import { createOrganizationStore } from './organizations.js';
import { createSessionStore } from './sessions.js';
import { createSignInFailureStore } from './sign-in-failures.js';
import { createSigningKeyStore } from './signing-keys.js';
import type { AccessModels } from './models.js';
import { createUserStore } from './users.js';

/** What is stored of people and programs. */
export interface AccessStore extends Pick<
  AccessPorts,
  'organizations' | 'users' | 'sessions' | 'apiKeys' | 'enrolmentTokens' | 'failures'
> {
  readonly signingKeys: SigningKeyStore;
  /** Those of tokens that peers of other makes read. */
  readonly peerKeys: SigningKeyStore;
  readonly authorities: AuthorityStore;
  readonly audit: AuditStore;
}

export const createAccessStore = (
  models: AccessModels,
  transactions: Transactions,
  now: () => number,
): AccessStore => ({
  organizations: createOrganizationStore(models, transactions),
  users: createUserStore(models, transactions),
  sessions: createSessionStore(models, transactions),
  apiKeys: createApiKeyStore(models, transactions),
  enrolmentTokens: createEnrolmentTokenStore(models, transactions),
  failures: createSignInFailureStore(models, now),
  signingKeys: createSigningKeyStore(models.signingKeys),
  peerKeys: createSigningKeyStore(models.peerKeys),
  authorities: createAuthorityStore(models),
  audit: createAuditStore(models, transactions, (text) => secrets.hash(text)),
});
