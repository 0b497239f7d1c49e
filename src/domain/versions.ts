import { DomainError } from './errors.js';

/** @throws DomainError `version-mismatch` - the caller has seen another version than the one that is there */
export function requireVersion(
  resource: { readonly version: number },
  expected: number | undefined,
): void {
  if (expected !== undefined && expected !== resource.version)
    throw new DomainError(
      'version-mismatch',
      `The resource is at version ${resource.version}, not ${expected}. Read it again and decide anew.`,
    );
}
