/** Agents with client certificates, and those who would like to be taken for them. */
import { generateKeyPairSync } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  ClusterAgent,
  memoryPlace,
  placedCertificateStore,
  placedCredentialStore,
  type Place,
} from '@system-manager/client/agent';
import { generate } from 'selfsigned';
import { expect } from 'vitest';
import { readTls, type TlsSettings } from '../../src/tls.js';
import { enrolmentToken } from '../support/app.js';
import { FakeAgent } from '../support/fake-agent.js';

export interface Shown {
  readonly key?: string | undefined;
  readonly certificate?: string | undefined;
}

export interface Member {
  readonly place: Place;
  readonly agent: ClusterAgent;
  readonly clusterId: string;
}

export const keyPair = () => {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }) as string,
    publicKey: publicKey.export({ type: 'spki', format: 'pem' }) as string,
  };
};

/** What an agent has stored. */
export const partsOf = async (place: Place) => ({
  token: (await place.read('credential'))?.trim() ?? '',
  ...(await placedCertificateStore(place).load()),
});

/** Certificate and key of a server on loopback, in a directory of their own, and agents that trust it. */
export class CertifiedSite {
  readonly #directory: string;
  readonly tls: TlsSettings;
  readonly #agents: ClusterAgent[] = [];

  private constructor(directory: string, tls: TlsSettings) {
    this.#directory = directory;
    this.tls = tls;
  }

  static async open(): Promise<CertifiedSite> {
    const directory = await mkdtemp(join(tmpdir(), 'sm-certificates-'));
    const made = await generate([{ name: 'commonName', value: 'manager' }], {
      keyType: 'ec',
      extensions: [{ name: 'subjectAltName', altNames: [{ type: 7, ip: '127.0.0.1' }] }],
    });
    const files = { cert: join(directory, 'tls.crt'), key: join(directory, 'tls.key') };
    await writeFile(files.cert, made.cert);
    await writeFile(files.key, made.private);
    const material = await readTls(files, Date.now());
    return new CertifiedSite(directory, { files, material, everyMs: 60_000 });
  }

  async closeAgents(): Promise<void> {
    await Promise.all(this.#agents.splice(0).map((agent) => agent.close()));
  }

  close(): Promise<void> {
    return rm(this.#directory, { recursive: true });
  }

  /** An agent of the client library; the second time on the same place it comes back. */
  newAgent(url: string, name: string, place: Place, certificates = true): ClusterAgent {
    const agent = new ClusterAgent({
      url,
      name,
      capabilities: ['process'],
      token: enrolmentToken,
      credentialStore: placedCredentialStore(place),
      ...(certificates ? { certificateStore: placedCertificateStore(place) } : {}),
      tls: { ca: this.tls.material.cert },
      capacity: () => ({ cpuCores: 1, memoryMiB: 1 }),
      instances: () => [],
      onRun: () => Promise.resolve(),
      onStop: () => Promise.resolve(),
      timing: { reconnectDelayMsMin: 1, reconnectDelayMsMax: 50 },
    });
    this.#agents.push(agent);
    return agent;
  }

  /** Starts an agent, and waits for a session on a connection that shows a certificate. */
  async joined(url: string, name: string, place = memoryPlace()): Promise<Member> {
    const agent = this.newAgent(url, name, place);
    const sessions: string[] = [];
    agent.on('connected', ({ clusterId }) => sessions.push(clusterId));
    await agent.start();
    await expect
      .poll(async () => (await partsOf(place)).certificate, { timeout: 10_000 })
      .toBeTruthy();
    await expect
      .poll(() => sessions.length > 0 && agent.session !== undefined, { timeout: 10_000 })
      .toBe(true);
    return { place, agent, clusterId: sessions.at(-1) ?? '' };
  }

  /** Raw frames, with a certificate of the test's choice. */
  rawAgent(url: string, token: string, { key, certificate }: Shown = {}): Promise<FakeAgent> {
    return FakeAgent.connect(url, {
      token,
      socket: {
        ca: this.tls.material.cert,
        ...(key !== undefined && certificate !== undefined ? { key, cert: certificate } : {}),
      },
    });
  }

  /** One request over HTTP, with a certificate of the test's choice. */
  ask(
    url: string,
    method: string,
    path: string,
    token: string,
    { key, certificate }: Shown = {},
  ): Promise<{ status: number; body: Record<string, unknown> }> {
    return new Promise((resolve, reject) => {
      const sent = request(
        `${url}${path}`,
        {
          method,
          ca: this.tls.material.cert,
          ...(key !== undefined && certificate !== undefined ? { key, cert: certificate } : {}),
          agent: false,
          headers: { authorization: `Bearer ${token}` },
        },
        (answer) => {
          let text = '';
          answer.setEncoding('utf8');
          answer.on('data', (chunk: string) => (text += chunk));
          answer.on('end', () => {
            resolve({
              status: answer.statusCode ?? 0,
              body: JSON.parse(text) as Record<string, unknown>,
            });
          });
        },
      );
      sent.on('error', reject);
      sent.end();
    });
  }
}
