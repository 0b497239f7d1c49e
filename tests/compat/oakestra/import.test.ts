/** An installation of Oakestra moves over: what was in its database is there under the same ids, and goes on. */
import { execFile } from 'node:child_process';
import { pbkdf2Sync } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import mongoose from 'mongoose';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { cleanEnvironment, freePort } from '../../../scripts/plant.js';
import { importOakestra, readSource } from '../../../src/oakestra-import.js';
import { startTestStore, type TestStore } from '../../support/app.js';
import { PeerSite } from './peer-site.js';
import { ClusterManagerStandIn } from './stand-ins/cluster-manager.js';

vi.setConfig({ testTimeout: 90_000, hookTimeout: 90_000 });

type Fields = Record<string, unknown>;

const hex = (digit: string): string => digit.repeat(24);
const oid = (digit: string) => mongoose.mongo.ObjectId.createFromHexString(hex(digit));
const id = {
  admin: 'a',
  member: 'b',
  team: 'c',
  root: 'd',
  application: 'e',
  orphan: 'f',
  service: '1',
  cluster: '2',
} as const;

const salt = 'saltsaltsaltsalt';
const digest = pbkdf2Sync('old-secret', salt, 1_000, 32, 'sha256').toString('hex');
const password = `pbkdf2:sha256:1000$${salt}$${digest}`;

const user = (name: string) => ({ name, email: '', password, created_at: '22/11/2026 12:39' });
const instance = {
  instance_number: 3,
  cluster_id: hex(id.cluster),
  cluster_location: 'munich',
  status: 'RUNNING',
  cpu_percent: '0.1',
};

const documents = (port: number): readonly (readonly [string, string, Fields])[] => [
  ['users', 'user', { _id: oid(id.admin), ...user('Admin') }],
  ['users', 'user', { _id: oid(id.member), ...user('Anna') }],
  ['users', 'user', { user_id: oid(id.admin), token_hash: 'x', expiry_date: new Date(0) }],
  [
    'users',
    'organization',
    { _id: oid(id.root), name: 'root', member: [{ user_id: hex(id.admin), roles: ['Admin'] }] },
  ],
  [
    'users',
    'organization',
    {
      _id: oid(id.team),
      name: 'Team One',
      member: [
        { user_id: hex(id.member), roles: ['Application_Provider'] },
        { user_id: hex(id.admin), roles: ['Organization_Admin'] },
      ],
    },
  ],
  [
    'jobs',
    'apps',
    {
      _id: oid(id.application),
      applicationID: hex(id.application),
      application_name: 'shop',
      application_namespace: 'prod',
      userId: 'Admin',
      microservices: [hex(id.service)],
    },
  ],
  [
    'jobs',
    'apps',
    { _id: oid(id.orphan), application_name: 'lost', application_namespace: 'x', userId: 'gone' },
  ],
  [
    'jobs',
    'jobs',
    {
      _id: oid(id.service),
      job_name: 'shop.prod.web.front',
      microserviceID: hex(id.service),
      microservice_name: 'web',
      microservice_namespace: 'front',
      virtualization: 'docker',
      memory: 100,
      vcpus: 1,
      code: 'nginx',
      image: 'nginx',
      applicationID: hex(id.application),
      app_name: 'shop',
      app_ns: 'prod',
      service_name: 'web',
      service_ns: 'front',
      next_instance_progressive_number: 5,
      RR_ip: '10.30.0.1',
      RR_ip_v6: null,
      instance_list: [instance],
      status: 'RUNNING',
    },
  ],
  [
    'candidates',
    'candidates',
    {
      _id: oid(id.cluster),
      candidate_name: 'munich-1',
      candidate_location: 'munich',
      ip: '127.0.0.1',
      port: String(port),
      clusterinfo: {},
      vcpus: 4,
      memory: 8_000,
      virtualization: ['docker'],
      last_modified: new Date(0),
      last_modified_timestamp: 1_795_351_361.6,
      cpu_history: [{ value: 1, timestamp: 1 }],
    },
  ],
];

let foreign: TestStore;
let site: PeerSite;
let munich: ClusterManagerStandIn;
const lines: string[] = [];
const outcomes: boolean[] = [];

const entry = fileURLToPath(new URL('../../../dist/src/main.js', import.meta.url));

/** `system-manager import oakestra`, as a process. */
function command(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  return new Promise((resolve) => {
    const env = cleanEnvironment({ SM_LOG_LEVEL: 'error' });
    execFile(
      process.execPath,
      [entry, 'import', 'oakestra', ...args],
      { env },
      (error, stdout, stderr) => {
        resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr });
      },
    );
  });
}

beforeAll(async () => {
  foreign = await startTestStore(undefined, { tcp: true });
  munich = await ClusterManagerStandIn.create(
    { http: '', grpcPort: 0 },
    { name: 'munich-1', location: 'munich' },
  );
  const client = await mongoose.mongo.MongoClient.connect(foreign.tcpUri ?? '');
  for (const [database, collection, document] of documents(munich.port))
    await client.db(database).collection(collection).insertOne(document);
  await client.close();
  const source = await readSource(foreign.tcpUri ?? '');
  site = await PeerSite.open({
    prepare: async (store) => {
      for (let time = 1; time <= 2; time += 1)
        outcomes.push(
          await importOakestra(store, source, (line) => void lines.push(line), Date.now()),
        );
    },
  });
  munich.pointTo(site.places, hex(id.cluster));
  munich.jobs.set(hex(id.service), {
    document: { job_name: 'shop.prod.web.front' },
    instances: new Map([[3, { status: 'RUNNING', fields: {} }]]),
  });
});

afterAll(async () => {
  await site.close();
  await munich.goAway();
  await foreign.close();
});

describe('an import', () => {
  it('says what it has taken over, and what not, and may be run again', () => {
    expect(lines).toEqual([
      `application ${hex(id.orphan)} is left out: its owner is not there`,
      'organization: 1 taken over, 0 there already, 0 left out',
      'user: 2 taken over, 0 there already, 0 left out',
      'cluster: 1 taken over, 0 there already, 0 left out',
      'application: 1 taken over, 0 there already, 1 left out',
      'service: 1 taken over, 0 there already, 0 left out',
      `application ${hex(id.orphan)} is left out: its owner is not there`,
      'organization: 0 taken over, 1 there already, 0 left out',
      'user: 0 taken over, 2 there already, 0 left out',
      'cluster: 0 taken over, 1 there already, 0 left out',
      'application: 0 taken over, 1 there already, 1 left out',
      'service: 0 taken over, 1 there already, 0 left out',
    ]);
    expect(outcomes).toEqual([false, false]);
  });

  it('is a command, which says in its exit code whether something was left out', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'sm-import-'));
    try {
      const ran = await command(foreign.tcpUri ?? '', '--data-dir', directory);
      expect(ran).toEqual({ code: 1, stdout: `${lines.slice(0, 6).join('\n')}\n`, stderr: '' });
      const again = await command(foreign.tcpUri ?? '', '--data-dir', directory);
      expect(again.stdout).toBe(`${lines.slice(6).join('\n')}\n`);
    } finally {
      await rm(directory, { recursive: true, force: true });
    }
  });

  it('says what to look at when the database cannot be reached, and not its password', async () => {
    const url = `mongodb://root:hidden@127.0.0.1:${await freePort()}/?serverSelectionTimeoutMS=300`;
    const { code, stderr } = await command(url);
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /the database at mongodb:\/\/127\.0\.0\.1:\d+\S* cannot be read: .*ECONNREFUSED/,
    );
    expect(stderr).toContain('is its port open to this machine');
    expect(stderr).not.toContain('hidden');
  });

  it('leaves users their passwords, ids and roles', async () => {
    const { token } = await site.login('Admin', 'old-secret');
    const answer = await site.as(token, { path: '/api/user/Admin' });
    expect(JSON.parse(answer.body)).toMatchObject({
      _id: { $oid: hex(id.admin) },
      name: 'Admin',
    });
    const anna = await site.manager.store.access.users.find(hex(id.member));
    expect(anna).toMatchObject({
      name: 'anna',
      displayName: 'Anna',
      organizationId: hex(id.team),
      roles: ['applicationProvider'],
    });
    expect(await site.manager.store.access.organizations.find(hex(id.team))).toMatchObject({
      displayName: 'Team One',
      guests: [{ userId: hex(id.admin), roles: ['organizationAdmin'] }],
    });
  });

  it('leaves what runs where it is, and tells nobody anything', async () => {
    await site.reportingUntil([munich], 'it runs', async () => {
      return (await site.service(hex(id.service))).phase === 'RUNNING';
    });
    expect(await site.phases(hex(id.service))).toEqual({ 3: 'RUNNING' });
    expect(await site.cluster(hex(id.cluster))).toMatchObject({
      name: 'munich-1',
      state: 'active',
    });
    expect((await site.manager.app.ports.clusters.find(hex(id.cluster)))?.reserved).toEqual({
      cpuMillicores: 1_000,
      memoryMiB: 100,
      gpus: 0,
    });
    expect(munich.orders.all).toEqual([]);
    const notices = await site.manager.store.notices.all();
    expect(notices.get(`instance/${hex(id.service)}/3`)).toBe(hex(id.cluster));
  });

  it('goes on with the next number', async () => {
    const { token } = await site.login('Admin', 'old-secret');
    const path = `/api/service/${hex(id.service)}/instance`;
    expect((await site.as(token, { method: 'POST', path })).status).toBe(200);
    await munich.order('POST', `/${hex(id.service)}/5`);
  });
});
