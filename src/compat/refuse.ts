import { DomainError } from '../domain/errors.js';

/** @throws DomainError `validation-failed`, whose text goes to the peer */
export const refuse = (detail: string): never => {
  throw new DomainError('validation-failed', detail);
};
