/** Who asks: proved by a bearer token before anything else is looked at. */
export type Principal =
  | { readonly kind: 'administrator' }
  | { readonly kind: 'enrolment' }
  | { readonly kind: 'scheduler' }
  | { readonly kind: 'cluster'; readonly clusterId: string };

/** Finds out who a bearer token belongs to. */
export interface Authenticator {
  /** @returns nobody when the token is unknown or revoked */
  authenticate(token: string): Promise<Principal | undefined>;
}

/** A text that names the principal, for logs and for keeping idempotency keys apart. */
export const principalName = (principal: Principal): string =>
  principal.kind === 'cluster' ? `cluster:${principal.clusterId}` : principal.kind;
