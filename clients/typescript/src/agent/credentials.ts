import { basename, dirname } from 'node:path';
import { directoryPlace, type Place } from './place.js';

/** Where an agent keeps the credential that it got at its enrolment. */
export interface CredentialStore {
  /** @returns the credential, or undefined when there is none */
  load(): Promise<string | undefined>;
  /** Durable once resolved. */
  save(credential: string): Promise<void>;
  clear(): Promise<void>;
}

/** Keeps the credential as one of the texts of a place. */
export function placedCredentialStore(place: Place, name = 'credential'): CredentialStore {
  return {
    load: async () => {
      const credential = (await place.read(name))?.trim();
      return credential === '' ? undefined : credential;
    },
    save: (credential) => place.write(name, `${credential}\n`),
    clear: () => place.remove(name),
  };
}

/**
 * Keeps the credential in a file that only its owner can read (mode 0600). It is written beside and renamed, so a crash leaves
 * the old one or the new one.
 */
export function fileCredentialStore(path: string): CredentialStore {
  return placedCredentialStore(directoryPlace(dirname(path)), basename(path));
}
