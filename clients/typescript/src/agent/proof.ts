import { Identity } from './certificates.js';
import type { WelcomeFrame } from './frames.js';
import type { AgentLog, ClusterAgentOptions } from './options.js';

/**
 * What an agent proves itself with: its credential, and before it has one the enrolment token; beside it a client certificate, where
 * that is kept. A credential that is refused before it
 * was ever accepted may be one of two that were given: an enrolment that was given up may have gone on at the manager. As long as
 * nothing was reported with it, the manager enrols the cluster again, so the enrolment token is tried in turn with the credential.
 */
export class Proof {
  /** Its client certificate. */
  readonly identity: Identity | undefined;
  readonly #store: ClusterAgentOptions['credentialStore'];
  readonly #enrolmentToken: string | undefined;
  readonly #log: AgentLog | undefined;
  #credential: string | undefined;
  #unsaved = false;
  /** Whether a session was begun with the credential. */
  #accepted = false;
  #doubted = false;

  constructor({
    credentialStore,
    certificateStore,
    token,
    log,
  }: Pick<ClusterAgentOptions, 'credentialStore' | 'certificateStore' | 'token' | 'log'>) {
    this.identity = certificateStore && new Identity(certificateStore, log);
    this.#store = credentialStore;
    this.#enrolmentToken = token;
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
    await this.identity?.load();
  }

  /**
   * A session has begun. Keeps what the welcome brought. What could not be stored is tried again with each session: without it the
   * next start could not come back.
   */
  async keep({ credential, certificate }: WelcomeFrame): Promise<void> {
    await Promise.all([this.#keep(credential), this.identity?.keep(certificate)]);
  }

  async #keep(credential: string | undefined): Promise<void> {
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
    await this.identity?.forget();
  }
}
