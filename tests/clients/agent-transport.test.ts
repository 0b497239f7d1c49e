import { generate } from 'selfsigned';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { ClusterAgentOptions } from '../../clients/typescript/src/agent/index.js';
import { AgentUnderTest } from './support/agent-under-test.js';
import { FakeManager } from './support/fake-manager.js';
import { startProxy, startTlsDoor, type Passage } from './support/tls-proxy.js';

type Proxy = Awaited<ReturnType<typeof startProxy>>;
interface Pair {
  readonly key: string;
  readonly cert: string;
}

let manager: FakeManager;
let door: Passage;
let proxy: Proxy;
let own: Pair;
let client: Pair;
const agents: AgentUnderTest[] = [];

/** A key and a certificate that vouches for itself. */
async function pair(commonName: string): Promise<Pair> {
  const { private: key, cert } = await generate([{ name: 'commonName', value: commonName }], {
    algorithm: 'sha256',
    extensions: [
      { name: 'basicConstraints', cA: true },
      { name: 'subjectAltName', altNames: [{ type: 2, value: commonName }] },
    ],
  });
  return { key, cert };
}

beforeAll(async () => {
  manager = await FakeManager.start();
  [own, client] = [await pair('manager.example'), await pair('agent.example')];
  door = await startTlsDoor(Number(new URL(manager.url).port), { ...own, clientCa: client.cert });
  proxy = await startProxy();
});

afterEach(async () => {
  await Promise.all(agents.splice(0).map(({ agent }) => agent.close()));
});

afterAll(async () => {
  await Promise.all([proxy.close(), door.close(), manager.close()]);
});

async function start(options: Partial<ClusterAgentOptions>): Promise<AgentUnderTest> {
  const subject = new AgentUnderTest(manager, options);
  agents.push(subject);
  await subject.agent.start();
  return subject;
}

const secure = () => `https://127.0.0.1:${door.port}`;
const tls = () => ({ ca: own.cert, ...client, servername: 'manager.example' });

const session = (subject: AgentUnderTest) =>
  subject.told.find('a session', (one) => one.event === 'connected');

const failure = (subject: AgentUnderTest) =>
  subject.told.find('a failure', (one) => one.event === 'disconnected' && one.reason);

describe('TLS', () => {
  it('is opened with the authority, the name and the own certificate that were given', async () => {
    await session(await start({ url: secure(), tls: tls() }));
  });

  it('is refused by the agent when it does not know the authority', async () => {
    const { ca: _, ...rest } = tls();
    const subject = await start({ url: secure(), tls: rest });
    expect(await failure(subject)).toMatch(/self-signed/);
  });

  it('is refused by the agent when the certificate is for another name', async () => {
    const subject = await start({ url: secure(), tls: { ...tls(), servername: 'other.example' } });
    expect(await failure(subject)).toMatch(/altnames/i);
  });

  it('is refused by the other side without the own certificate', async () => {
    const { ca, servername } = tls();
    const subject = await start({ url: secure(), tls: { ca, servername } });
    expect(await failure(subject)).toMatch(/certificate required|ECONNRESET|socket hang up|hang/i);
  });
});

describe('a proxy', () => {
  it('is gone through, with its own user and password', async () => {
    const from = proxy.asked.length;
    const address = `http://user:secret@127.0.0.1:${proxy.port}`;
    await session(await start({ proxy: address }));
    expect(proxy.asked.slice(from)).toEqual([
      {
        target: new URL(manager.url).host,
        authorization: `Basic ${Buffer.from('user:secret').toString('base64')}`,
      },
    ]);
  });

  it('is gone through with TLS to the manager', async () => {
    const from = proxy.asked.length;
    const address = `http://127.0.0.1:${proxy.port}`;
    await session(await start({ url: secure(), tls: tls(), proxy: address }));
    expect(proxy.asked.slice(from).map(({ target }) => target)).toEqual([`127.0.0.1:${door.port}`]);
  });

  it('that is away is told, and asked again', async () => {
    const gone = await startProxy();
    await gone.close();
    const subject = await start({ proxy: `http://127.0.0.1:${gone.port}` });
    expect(await failure(subject)).toMatch(/ECONNREFUSED/);
  });

  it('whose address is none is refused at once', () => {
    expect(() => new AgentUnderTest(manager, { proxy: 'not an address' })).toThrow(TypeError);
  });
});
