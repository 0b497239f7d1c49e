/** HTTP and WebSocket over TLS, with certificates that change while the manager runs. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { get } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, type PeerCertificate } from 'node:tls';
import { pino } from 'pino';
import { generate } from 'selfsigned';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readTls } from '../../src/tls.js';
import { startTestManager, type TestManager } from '../support/app.js';
import { FakeAgent } from '../support/fake-agent.js';
import { Happenings } from '../support/happenings.js';

const madeFor = async (name: string) => {
  const made = await generate([{ name: 'commonName', value: name }], {
    keyType: 'ec',
    extensions: [{ name: 'subjectAltName', altNames: [{ type: 7, ip: '127.0.0.1' }] }],
  });
  return { cert: made.cert, key: made.private };
};

interface LogLine {
  readonly msg: string;
}

let directory: string;
let files: { cert: string; key: string };

const put = async (material: { cert: string; key: string }): Promise<void> => {
  await writeFile(files.cert, material.cert);
  await writeFile(files.key, material.key);
};

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'sm-tls-'));
  files = { cert: join(directory, 'tls.crt'), key: join(directory, 'tls.key') };
});

afterAll(() => rm(directory, { recursive: true }));

describe('TLS files', () => {
  it('that fit are read', async () => {
    const material = await madeFor('one');
    await put(material);
    expect(await readTls(files, Date.now())).toEqual(material);
  });

  it.each([
    [
      'no certificate',
      async () => ({ ...(await madeFor('one')), cert: 'nothing' }),
      /SM_TLS_CERT: .* holds no certificate/,
    ],
    [
      'no key',
      async () => ({ ...(await madeFor('one')), key: 'nothing' }),
      /SM_TLS_KEY: .* holds no key/,
    ],
    [
      'the key of another certificate',
      async () => ({ ...(await madeFor('one')), key: (await madeFor('two')).key }),
      /SM_TLS_KEY: .* belongs to the certificate/,
    ],
  ])('with %s are refused, and the setting is named', async (_, make, fault) => {
    await put(await make());
    await expect(readTls(files, Date.now())).rejects.toThrow(fault);
  });

  it('that have expired are refused', async () => {
    await put(await madeFor('one'));
    const later = Date.now() + 100 * 365 * 24 * 3_600_000;
    await expect(readTls(files, later)).rejects.toThrow(/has expired/);
  });

  it('that are not there are refused', async () => {
    const missing = { ...files, cert: join(directory, 'nowhere') };
    await expect(readTls(missing, Date.now())).rejects.toThrow(
      /SM_TLS_CERT: .*nowhere cannot be read/,
    );
  });
});

describe('a manager with TLS', () => {
  const log = new Happenings<LogLine>();
  const write = (line: string): void => {
    log.add(JSON.parse(line) as LogLine);
  };
  let manager: TestManager;

  beforeAll(async () => {
    await put(await madeFor('first'));
    manager = await startTestManager({
      logger: pino({ level: 'info' }, { write }),
      tls: { files, material: await readTls(files, Date.now()), everyMs: 20 },
    });
  });

  afterAll(() => manager.close());

  const port = (): number => Number(new URL(manager.url).port);

  const certificate = (): Promise<PeerCertificate> =>
    new Promise((resolve, reject) => {
      const socket = connect({ port: port(), host: '127.0.0.1', rejectUnauthorized: false }, () => {
        resolve(socket.getPeerCertificate());
        socket.destroy();
      });
      socket.on('error', reject);
    });

  const nameShown = async (): Promise<string | string[] | undefined> =>
    (await certificate()).subject.CN;

  it('answers HTTP, and tells browsers to stay with TLS', async () => {
    const headers = await new Promise<NodeJS.Dict<string | string[]>>((resolve, reject) => {
      get(
        { port: port(), host: '127.0.0.1', path: '/healthz', rejectUnauthorized: false },
        (answer) => {
          answer.resume();
          resolve(answer.headers);
        },
      ).on('error', reject);
    });
    expect(headers['strict-transport-security']).toContain('max-age=');
  });

  it('takes sessions of agents', async () => {
    const url = `https://127.0.0.1:${port()}`;
    const agent = await FakeAgent.connect(url, { socket: { rejectUnauthorized: false } });
    await agent.hello({ name: 'encrypted' });
    expect(manager.app.gateway.sessions).toBe(1);
  });

  it('shows a new certificate without a restart, and keeps the old one when the new one is broken', async () => {
    expect(await nameShown()).toBe('first');
    await put(await madeFor('second'));
    await expect.poll(nameShown).toBe('second');
    await writeFile(files.cert, 'broken');
    await log.find('the word that it is broken', (line): line is LogLine =>
      line.msg.includes('the old ones stay'),
    );
    expect(await nameShown()).toBe('second');
    expect(manager.app.gateway.sessions).toBe(1);
  });
});
