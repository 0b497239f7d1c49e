/** Certificate and key of the server, read anew when their files change. */
import { X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Server as HttpServer } from 'node:http';
import { Server } from 'node:https';
import { createSecureContext } from 'node:tls';
import type { Logger } from 'pino';
import { Periodic } from './control/periodic.js';

/** Where certificate (with its chain) and key lie, in PEM. */
export interface TlsFiles {
  readonly cert: string;
  readonly key: string;
}

export interface TlsMaterial {
  readonly cert: string;
  readonly key: string;
  /** Authorities (PEM) of certificates that clients may show; they are not asked for any without. */
  readonly clientAuthorities?: readonly string[] | undefined;
}

const tlsVersionMin = 'TLSv1.2';

/** What a server speaks TLS with. Who shows no certificate is not sent away here: most clients need none. */
export const tlsServerOptions = ({ cert, key, clientAuthorities }: TlsMaterial) =>
  ({
    cert,
    key,
    minVersion: tlsVersionMin,
    ...(clientAuthorities && {
      ca: [...clientAuthorities],
      requestCert: true,
      rejectUnauthorized: false,
    }),
  }) as const;

const reason = (error: unknown): string => (error instanceof Error ? error.message : String(error));

async function read(setting: string, path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw new Error(`${setting}: ${path} cannot be read (${reason(error)})`, { cause: error });
  }
}

/**
 * Reads both files, and makes sure that they belong together and are good at that time.
 *
 * @throws Error naming the setting, the file and what is wrong with it
 */
export async function readTls(files: TlsFiles, now: number): Promise<TlsMaterial> {
  const cert = await read('SM_TLS_CERT', files.cert);
  const key = await read('SM_TLS_KEY', files.key);
  let certificate: X509Certificate;
  try {
    certificate = new X509Certificate(cert);
  } catch (error) {
    throw new Error(`SM_TLS_CERT: ${files.cert} holds no certificate in PEM`, { cause: error });
  }
  if (Date.parse(certificate.validTo) <= now)
    throw new Error(
      `SM_TLS_CERT: the certificate in ${files.cert} has expired (${certificate.validTo})`,
    );
  try {
    createSecureContext({ cert, key });
  } catch (error) {
    throw new Error(
      `SM_TLS_KEY: ${files.key} holds no key in PEM that belongs to the certificate (${reason(error)})`,
      { cause: error },
    );
  }
  return { cert, key };
}

export interface TlsReloaderOptions {
  readonly files: TlsFiles;
  readonly server: Pick<Server, 'setSecureContext'>;
  /** What the server has now. */
  readonly material: TlsMaterial;
  readonly now: () => number;
  readonly logger: Logger;
  readonly everyMs: number;
}

/**
 * Looks at the files again and again, since notices of the file system miss what is swapped by links. New connections get the new
 * certificate, those that are open stay. What is broken is told once, and the server keeps what it has.
 */
export class TlsReloader {
  readonly #options: TlsReloaderOptions;
  readonly #looking: Periodic;
  #material: TlsMaterial;
  #told = '';

  constructor(options: TlsReloaderOptions) {
    this.#options = options;
    this.#material = options.material;
    this.#looking = new Periodic(
      options.everyMs,
      () => this.#look(),
      (error) => {
        if (reason(error) === this.#told) return;
        this.#told = reason(error);
        options.logger.error({ err: error }, 'the new TLS files cannot be used; the old ones stay');
      },
    );
  }

  start(): void {
    this.#looking.start();
  }

  stop(): Promise<void> {
    return this.#looking.stop();
  }

  async #look(): Promise<void> {
    const { files, server, now, logger } = this.#options;
    const { clientAuthorities } = this.#material;
    const material = { ...(await readTls(files, now())), clientAuthorities };
    this.#told = '';
    if (material.cert === this.#material.cert && material.key === this.#material.key) return;
    server.setSecureContext(tlsServerOptions(material));
    this.#material = material;
    const { validTo, subject } = new X509Certificate(material.cert);
    logger.info({ subject, validTo }, 'new connections get the new certificate');
  }
}

/** Certificate and key, and how often their files are looked at. */
export type TlsSettings = Pick<TlsReloaderOptions, 'files' | 'material' | 'everyMs'>;

/** What keeps the certificate of a server up to date; nothing where it speaks plain HTTP. */
export const reloadTls = (
  settings: TlsSettings | undefined,
  server: HttpServer,
  now: () => number,
  logger: Logger,
): TlsReloader | undefined =>
  settings && server instanceof Server
    ? new TlsReloader({ ...settings, server, now, logger: logger.child({ room: 'http' }) })
    : undefined;
