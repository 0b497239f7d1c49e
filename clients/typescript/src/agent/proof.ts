import type { CredentialStore } from './credentials.js';
import type { AgentLog } from './options.js';

/**
 * What an agent proves itself with: its credential, and before it has one the enrolment token. A credential that is refused before it
 * was ever accepted may be one of two that were given: an enrolment that was given up may have gone on at the manager. As long as
 * nothing was reported with it, the manager enrols the cluster again, so the enrolment token is tried in turn with the credential.
 */
export class Proof {
  readonly #store: CredentialStore;
  readonly #enrolmentToken: string | undefined;
  readonly #log: AgentLog | undefined;
  #credential: string | undefined;
  #unsaved = false;
  /** Whether a session was begun with the credential. */
  #accepted = false;
  #doubted = false;

  constructor(store: CredentialStore, enrolmentToken: string | undefined, log?: AgentLog) {
    this.#store = store;
    this.#enrolmentToken = enrolmentToken;
    this.#log = log;
  }

  get token(): string {
    const credential = this.#doubted ? undefined : this.#credential;
    return credential ?? this.#enrolmentToken ?? '';
  }

  /** A connection has ended. @param refused - because the manager did not know the token */
  ended(refused: boolean): void {
    this.#doubted =
      refused &&
      !this.#doubted &&
      !this.#accepted &&
      this.#credential !== undefined &&
      (this.#enrolmentToken ?? '') !== '';
  }

  /** @throws Error - there is neither, or the store cannot be read */
  async load(): Promise<void> {
    this.#credential = await this.#store.load();
    if (this.token === '') {
      throw new Error('no credential is stored, and there is no enrolment token to get one');
    }
  }

  /**
   * A session has begun. Keeps a credential, if one was given. One that could not be stored is tried again with each session: without
   * it the next start could not come back.
   */
  async keep(credential: string | undefined): Promise<void> {
    this.#accepted = credential === undefined;
    this.#doubted = false;
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

  /**
   * Puts a credential in the place of the present one, once it is stored.
   *
   * @throws Error - it cannot be stored; the present one stays
   */
  async replace(credential: string): Promise<void> {
    await this.#store.save(credential);
    this.#credential = credential;
    this.#unsaved = false;
  }

  async forget(): Promise<void> {
    this.#credential = undefined;
    await this.#store.clear();
  }
}
