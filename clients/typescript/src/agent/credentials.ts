import { randomUUID } from 'node:crypto';
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { AgentLog } from './options.js';

/** Where an agent keeps the credential that it got at its enrolment. */
export interface CredentialStore {
  /** @returns the credential, or undefined when there is none */
  load(): Promise<string | undefined>;
  /** Durable once resolved. */
  save(credential: string): Promise<void>;
  clear(): Promise<void>;
}

/**
 * Keeps the credential in a file that only its owner can read (mode 0600). It is written beside and renamed, so a crash leaves
 * the old one or the new one.
 */
export function fileCredentialStore(path: string): CredentialStore {
  return {
    load: async () => {
      try {
        const credential = (await readFile(path, 'utf8')).trim();
        return credential === '' ? undefined : credential;
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
        throw error;
      }
    },
    save: async (credential) => {
      await mkdir(dirname(path), { recursive: true, mode: 0o700 });
      const beside = `${path}.${randomUUID()}`;
      try {
        const file = await open(beside, 'wx', 0o600);
        try {
          await file.writeFile(`${credential}\n`);
          await file.sync();
        } finally {
          await file.close();
        }
        await rename(beside, path);
      } catch (error) {
        await rm(beside, { force: true });
        throw error;
      }
      await syncDirectory(dirname(path));
    },
    clear: () => rm(path, { force: true }),
  };
}

async function syncDirectory(path: string): Promise<void> {
  const directory = await open(path, 'r');
  try {
    await directory.sync();
  } finally {
    await directory.close();
  }
}

/** What an agent proves itself with: its credential, and before it has one the enrolment token. */
export class Proof {
  readonly #store: CredentialStore;
  readonly #enrolmentToken: string | undefined;
  readonly #log: AgentLog | undefined;
  #credential: string | undefined;
  #unsaved = false;

  constructor(store: CredentialStore, enrolmentToken: string | undefined, log?: AgentLog) {
    this.#store = store;
    this.#enrolmentToken = enrolmentToken;
    this.#log = log;
  }

  get token(): string {
    return this.#credential ?? this.#enrolmentToken ?? '';
  }

  /** @throws Error - there is neither, or the store cannot be read */
  async load(): Promise<void> {
    this.#credential = await this.#store.load();
    if (this.token === '') {
      throw new Error('no credential is stored, and there is no enrolment token to get one');
    }
  }

  /**
   * Keeps a credential, if one was given. One that could not be stored is tried again with each session: without it the next
   * start could not come back.
   */
  async keep(credential: string | undefined): Promise<void> {
    if (credential !== undefined) {
      this.#credential = credential;
      this.#unsaved = true;
    }
    if (!this.#unsaved || this.#credential === undefined) return;
    try {
      await this.#store.save(this.#credential);
      this.#unsaved = false;
    } catch (error) {
      this.#log?.error({ err: error }, 'the credential cannot be stored');
    }
  }

  async forget(): Promise<void> {
    this.#credential = undefined;
    await this.#store.clear();
  }
}
