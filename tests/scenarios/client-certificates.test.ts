/** Mutual TLS: agents of the client library get certificates of the manager's own authority, and whoever has none gets nowhere. */
import { generateKeyPairSync, X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { memoryPlace } from '@system-manager/client/agent';
import { generate } from 'selfsigned';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { adminToken, enrolmentToken, startTestManager, type TestManager } from '../support/app.js';
import { CertifiedSite, keyPair, partsOf, type Member, type Shown } from './certified-site.js';

let site: CertifiedSite;

beforeAll(async () => {
  site = await CertifiedSite.open();
});

afterAll(() => site.close());

afterEach(() => site.closeAgents());

const refused = { code: 4403 };

describe('a manager that requires client certificates', () => {
  let manager: TestManager;
  let url: string;

  beforeAll(async () => {
    manager = await startTestManager({ tls: site.tls, certificatePolicy: 'required' });
    ({ url } = manager);
  });

  afterAll(() => manager.close());

  it('gives an agent that enrols one, and takes it in with that', async () => {
    const { place, clusterId } = await site.joined(url, 'garage');
    const { key, certificate = '' } = await partsOf(place);
    const read = new X509Certificate(certificate);
    expect(read.subject).toBe(`CN=${clusterId}`);
    expect(Date.parse(read.validTo) - Date.now()).toBeGreaterThan(80 * 24 * 3_600_000);
    expect(key).toContain('PRIVATE KEY');
    const { body } = await site.ask(url, 'GET', `/api/v1/clusters/${clusterId}`, adminToken);
    expect(body).toMatchObject({ state: 'active' });
    expect(body['certificateKey']).toMatch(/^[0-9a-f]{64}$/);
  });

  it('takes the same agent in again after its restart, without another one', async () => {
    const { place, agent } = await site.joined(url, 'cellar');
    const before = await partsOf(place);
    await agent.close();
    await site.joined(url, 'cellar', place);
    expect(await partsOf(place)).toEqual(before);
  });

  it('sends away an enrolling agent that asks for none', async () => {
    const agent = await site.rawAgent(url, enrolmentToken);
    await agent.hello({ name: 'old-agent' });
    expect(await agent.closed).toMatchObject(refused);
    expect(agent.frames.all.at(-1)).toMatchObject({
      type: 'error',
      problem: { type: '/problems/certificate-required', status: 403 },
    });
  });

  describe('and a cluster that has one', () => {
    const place = memoryPlace();
    let member: Member;
    let own: Awaited<ReturnType<typeof partsOf>>;

    beforeEach(async () => {
      member = await site.joined(url, 'vault', place);
      own = await partsOf(place);
    });

    const stolen: readonly (readonly [string, () => Promise<Shown>])[] = [
      ['with no certificate', () => Promise.resolve({})],
      [
        'with the certificate of another cluster',
        async () => partsOf((await site.joined(url, 'other')).place),
      ],
      [
        'with one of another authority',
        async () => {
          const made = await generate([{ name: 'commonName', value: member.clusterId }], {
            keyType: 'ec',
          });
          return { key: made.private, certificate: made.cert };
        },
      ],
    ];

    it.each(stolen)('refuses its credential %s, in sessions and over HTTP', async (_, shown) => {
      const parts = await shown();
      const agent = await site.rawAgent(url, own.token, parts);
      agent.send({ type: 'hello', name: 'vault', capabilities: [] });
      expect(await agent.closed).toMatchObject(refused);
      expect(agent.frames.all.map(({ type }) => type)).toEqual(['error']);
      const path = `/api/v1/clusters/${member.clusterId}/credential`;
      expect(await site.ask(url, 'POST', path, own.token, parts)).toMatchObject({
        status: 403,
        body: { type: '/problems/certificate-required' },
      });
      expect(member.agent.session).toBeDefined();
    });

    it('gives a thief no certificate for a key of their own', async () => {
      const agent = await site.rawAgent(url, own.token);
      const { publicKey } = keyPair();
      agent.send({ type: 'hello', name: 'vault', capabilities: [], publicKey });
      expect(await agent.closed).toMatchObject(refused);
      expect(agent.frames.all.map(({ type }) => type)).toEqual(['error']);
    });

    it('takes its requests over HTTP with the certificate', async () => {
      const path = `/api/v1/clusters/${member.clusterId}/credential`;
      expect(await site.ask(url, 'POST', path, own.token, own)).toMatchObject({ status: 200 });
    });
  });

  it('exchanges the key of a cluster that shows the one before', async () => {
    const { place, agent, clusterId } = await site.joined(url, 'workshop');
    await agent.close();
    const before = await partsOf(place);
    const next = keyPair();
    const raw = await site.rawAgent(url, before.token, before);
    const { certificate } = await raw.hello({ name: 'workshop', publicKey: next.publicKey });
    expect(new X509Certificate(certificate ?? '').subject).toBe(`CN=${clusterId}`);
    await raw.drop();
    const late = await site.rawAgent(url, before.token, before);
    late.send({ type: 'hello', name: 'workshop', capabilities: [] });
    expect(await late.closed).toMatchObject(refused);
    const again = await site.rawAgent(url, before.token, { key: next.key, certificate });
    expect((await again.hello({ name: 'workshop' })).clusterId).toBe(clusterId);
  });

  it('takes another key once an administrator has forgotten the one that was lost', async () => {
    const { place, agent, clusterId } = await site.joined(url, 'attic');
    await agent.close();
    const { token } = await partsOf(place);
    const bare = memoryPlace();
    await bare.write('credential', token);
    const locked = site.newAgent(url, 'attic', bare);
    const refusal = once(locked, 'refused');
    await locked.start();
    expect(await refusal).toMatchObject([{ status: 403 }]);
    const path = `/api/v1/clusters/${clusterId}/certificate`;
    expect(await site.ask(url, 'DELETE', path, token)).toMatchObject({ status: 403 });
    expect((await site.ask(url, 'DELETE', path, adminToken)).status).toBe(200);
    await expect.poll(() => locked.session, { timeout: 10_000 }).toBeDefined();
  });

  it.each([
    [
      'of another kind',
      () =>
        generateKeyPairSync('ed25519').publicKey.export({ type: 'spki', format: 'pem' }) as string,
    ],
    ['that is none', () => 'x'.repeat(200)],
    ['that is private', () => keyPair().key],
  ])('refuses a key %s, and names the field', async (_, make) => {
    const agent = await site.rawAgent(url, enrolmentToken);
    agent.send({ type: 'hello', name: 'wrong-key', capabilities: [], publicKey: make() });
    expect(await agent.closed).toMatchObject({ code: 4400 });
    expect(agent.frames.all.at(-1)).toMatchObject({
      problem: { type: '/problems/invalid-frame', errors: [{ pointer: '#/publicKey' }] },
    });
    const { body } = await site.ask(url, 'GET', '/api/v1/clusters?name=wrong-key', adminToken);
    expect(body).toMatchObject({ items: [] });
  });
});

describe('a manager for which client certificates are optional', () => {
  let manager: TestManager;

  beforeAll(async () => {
    manager = await startTestManager({ tls: site.tls, certificatePolicy: 'optional' });
  });

  afterAll(() => manager.close());

  it('takes agents in without one, until they have one', async () => {
    const place = memoryPlace();
    const plain = site.newAgent(manager.url, 'plain', place, false);
    const connected = once(plain, 'connected');
    await plain.start();
    await connected;
    await plain.close();
    const { clusterId } = await site.joined(manager.url, 'plain', place);
    expect(clusterId).toBeTruthy();
    const { token } = await partsOf(place);
    const bare = await site.rawAgent(manager.url, token);
    bare.send({ type: 'hello', name: 'plain', capabilities: [] });
    expect(await bare.closed).toMatchObject(refused);
  });
});
