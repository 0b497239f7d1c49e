import { createPrivateKey, createPublicKey, generateKeyPairSync } from 'node:crypto';
import { basename, dirname } from 'node:path';
import type { TlsOptions } from '../session/transport.js';
import type { AgentLog } from './options.js';
import { directoryPlace, type Place } from './place.js';

/** The key that an agent has made, and the certificate that the manager gave for it. PEM. */
export interface ClientCertificate {
  readonly key: string;
  /** Absent until the manager has given one. */
  readonly certificate?: string;
}

/** Where an agent keeps its client certificate. Its key never leaves the machine. */
export interface CertificateStore {
  /** @returns what is kept, or undefined when there is nothing */
  load(): Promise<ClientCertificate | undefined>;
  /** Durable once resolved. */
  save(certificate: ClientCertificate): Promise<void>;
  clear(): Promise<void>;
}

const certificateBegin = '-----BEGIN CERTIFICATE-----';

/** Keeps key and certificate as one of the texts of a place, so that a crash leaves a pair that fits. */
export function placedCertificateStore(place: Place, name = 'certificate'): CertificateStore {
  return {
    load: async () => {
      const text = await place.read(name);
      if (text === undefined || text.trim() === '') return undefined;
      const begin = text.indexOf(certificateBegin);
      return begin < 0
        ? { key: text }
        : { key: text.slice(0, begin), certificate: text.slice(begin) };
    },
    save: ({ key, certificate = '' }) => place.write(name, `${key}${certificate}`),
    clear: () => place.remove(name),
  };
}

/** Keeps key and certificate in a file that only its owner can read (mode 0600). */
export function fileCertificateStore(path: string): CertificateStore {
  return placedCertificateStore(directoryPlace(dirname(path)), basename(path));
}

const newKey = (): string =>
  generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({
    type: 'pkcs8',
    format: 'pem',
  }) as string;

/** The client certificate of an agent: its key is made at the first start, the certificate comes with a welcome. */
export class Identity {
  readonly #store: CertificateStore;
  readonly #log: AgentLog | undefined;
  #kept: ClientCertificate | undefined;
  #unsaved = false;
  #isNew = false;

  constructor(store: CertificateStore, log?: AgentLog) {
    this.#store = store;
    this.#log = log;
  }

  /** @throws Error - what is kept cannot be read, or a new key cannot be stored */
  async load(): Promise<void> {
    this.#kept = await this.#store.load();
    if (this.#kept !== undefined) return;
    this.#kept = { key: newKey() };
    await this.#store.save(this.#kept);
  }

  /** For `hello`. PEM. */
  get publicKey(): string {
    const { key = '' } = this.#kept ?? {};
    return createPublicKey(createPrivateKey(key)).export({
      type: 'spki',
      format: 'pem',
    }) as string;
  }

  /** What a connection is opened with. */
  get transport(): Pick<TlsOptions, 'cert' | 'key'> {
    const { key, certificate } = this.#kept ?? {};
    return key === undefined || certificate === undefined ? {} : { key, cert: certificate };
  }

  /** A session has begun. Keeps a certificate, if one was given; one that could not be stored is tried again with each session. */
  async keep(certificate: string | undefined): Promise<void> {
    if (this.#kept === undefined) return;
    if (certificate !== undefined) {
      this.#isNew = true;
      this.#kept = { key: this.#kept.key, certificate };
      this.#unsaved = true;
    }
    if (!this.#unsaved) return;
    try {
      await this.#store.save(this.#kept);
      this.#unsaved = false;
    } catch (error) {
      this.#log?.error({ err: error }, 'the client certificate cannot be stored');
    }
  }

  /** Whether a certificate has come that no connection was opened with. */
  get isNew(): boolean {
    return this.#isNew;
  }

  /** The same, for the last time: the next connection is opened with it. */
  takeNew(): boolean {
    const isNew = this.#isNew;
    this.#isNew = false;
    return isNew;
  }

  async forget(): Promise<void> {
    this.#kept = undefined;
    await this.#store.clear();
  }
}
