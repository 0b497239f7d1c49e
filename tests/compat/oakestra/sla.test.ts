/** Descriptors: what is taken and what is refused, and what they are in our form and again in theirs. */
import { describe, expect, it } from 'vitest';
import { Refusal } from '../../../src/compat/oakestra/http/encodings.js';
import {
  labelOf,
  readSla,
  toDescriptor,
  toMicroservice,
  type SlaMicroservice,
} from '../../../src/compat/oakestra/sla.js';
import { fullName } from '../../../src/domain/service/descriptor.js';
import { aMicroservice, anApplication, anSla } from './slas.js';

type Fields = Record<string, unknown>;

const withService = (fields: Fields): Fields =>
  anSla(anApplication({ microservices: [aMicroservice(fields)] }));

const refusalOf = (sla: Fields | undefined): { status: number; message: unknown } | undefined => {
  try {
    readSla(sla, 422);
    return undefined;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const body = JSON.parse(error.answer.body) as Fields;
    return { status: error.answer.status, message: body['message'] };
  }
};

describe('an SLA', () => {
  it.each<[string, Fields]>([
    ['the example', anSla()],
    ['no application', { ...anSla(), applications: [] }],
    ['an application without services', anSla(anApplication({ microservices: [] }))],
    ['no description', anSla(anApplication({ application_desc: undefined }))],
    ['unknown keys', { ...withService({ mine: { deep: [1] } }), extra: true }],
    ['a whole number written with a fraction', withService({ memory: JSON.parse('1.0') })],
    [
      'a unikernel that says on what it runs',
      withService({ virtualization: 'unikernel', arch: ['amd64'] }),
    ],
    [
      'a volume',
      withService({ volumes: [{ volume_id: 'v', csi_driver: 'd', config: { a: 'b' } }] }),
    ],
    [
      'constraints of every kind',
      withService({
        constraints: [
          { type: 'clusters', allowed: ['c1'] },
          { type: 'geo', location: '48,11', threshold: 10.5 },
        ],
      }),
    ],
  ])('is taken with %s', (_name, sla) => {
    expect(refusalOf(sla)).toBeUndefined();
  });

  it.each<[string, Fields | undefined, RegExp]>([
    ['nothing', undefined, /needed/],
    ['no version', { ...anSla(), sla_version: undefined }, /sla_version/],
    ['another version', { ...anSla(), sla_version: 'v1.0' }, /sla_version/],
    ['no customer', { ...anSla(), customerID: 1 }, /customerID/],
    [
      'a name of 31 characters',
      anSla(anApplication({ application_name: 'x'.repeat(31) })),
      /application_name/,
    ],
    [
      'a name with a newline at its end',
      anSla(anApplication({ application_name: 'shop\n' })),
      /application_name/,
    ],
    ['a digit that is not ASCII', withService({ microservice_name: 'web١' }), /microservice_name/],
    ['a name with a dot', withService({ microservice_namespace: 'a.b' }), /microservice_namespace/],
    ['an id', withService({ microserviceID: 'x' }), /microserviceID/],
    ['no code', withService({ code: undefined }), /code/],
    ['memory null', withService({ memory: null }), /memory/],
    ['memory true', withService({ memory: true }), /memory/],
    ['memory 1.5', withService({ memory: 1.5 }), /memory/],
    ['memory below zero', withService({ memory: -5 }), /memory/],
    ['a port that is a number', withService({ port: 80 }), /port/],
    ['a command that is a text', withService({ cmd: 'ls' }), /cmd/],
    [
      'a constraint without a type',
      withService({ constraints: [{ cluster: 'c1' }] }),
      /constraints/,
    ],
    ['a volume without a driver', withService({ volumes: [{ volume_id: 'v' }] }), /volumes/],
    [
      'a volume with numbers',
      withService({ volumes: [{ volume_id: 'v', csi_driver: 'd', config: { a: 1 } }] }),
      /volumes/,
    ],
    [
      'a connection without constraints',
      withService({ connectivity: [{ target_microservice_id: 'x' }] }),
      /connectivity/,
    ],
    ['a unikernel for anything', withService({ virtualization: 'unikernel' }), /arch/],
    ['an operator of the database', withService({ mine: { $where: '1' } }), /\$where/],
    ['an id of the database', withService({ mine: { $oid: 'aa' } }), /\$oid/],
  ])('is refused with %s', (_name, sla, message) => {
    const refusal = refusalOf(sla && (JSON.parse(JSON.stringify(sla)) as Fields));
    expect(refusal?.status).toBe(422);
    expect(refusal?.message).toMatch(message);
  });
});

const home = { id: 'a'.repeat(24), name: 'shop', namespace: 'prod', label: 'shop-prod' };
const read = (fields: Fields = {}): SlaMicroservice => aMicroservice(fields) as SlaMicroservice;

describe('a microservice', () => {
  it('becomes a descriptor that has no instances yet', () => {
    const descriptor = toDescriptor(
      read({
        cmd: ['nginx', '-g'],
        port: '8080:80/tcp;53/udp;nonsense',
        constraints: [{ type: 'geo' }, { type: 'direct', cluster: 'c1', node: 'w1' }],
      }),
      home,
    );
    expect(descriptor).toMatchObject({
      name: 'web-front',
      application: 'shop-prod',
      replicas: 0,
      runtime: 'docker',
      image: 'docker.io/library/nginx:latest',
      command: ['nginx', '-g'],
      environment: { A: '1' },
      resources: { cpuCores: 1, memoryMiB: 100, gpus: 0 },
      ports: [
        { containerPort: 80, hostPort: 8080, protocol: 'tcp' },
        { containerPort: 53, protocol: 'udp' },
      ],
      placement: { cluster: 'c1', worker: 'w1' },
      restart: 'always',
      oneShot: false,
    });
    expect(fullName(descriptor)).toBe('shop.prod.web.front');
    expect(toDescriptor(read({ one_shot: true }), home)).toMatchObject({
      oneShot: true,
      restart: 'never',
    });
  });

  it('is read back as it was written', () => {
    const written = read({ custom: { a: 1 }, one_shot: true, port: 'anything' });
    expect(toMicroservice(toDescriptor(written, home))).toEqual({
      ...written,
      virtualization: 'docker',
    });
  });

  it('is read back with what was changed in our form since', () => {
    const descriptor = toDescriptor(read({ custom: 1 }), home);
    const changed = {
      ...descriptor,
      image: 'nginx:2',
      resources: { cpuCores: 1.5, memoryMiB: 200, gpus: 0 },
    };
    expect(toMicroservice(changed)).toMatchObject({
      custom: 1,
      code: 'nginx:2',
      vcpus: 2,
      memory: 200,
      port: '8080:80/tcp',
    });
  });

  it('cannot say what the manager gives', () => {
    const kept = toMicroservice(toDescriptor(read({ status: 'RUNNING', instance_list: 7 }), home));
    expect(kept).not.toHaveProperty('status');
    expect(kept).not.toHaveProperty('instance_list');
  });
});

describe('labels', () => {
  it('are readable, and differ where names differ', () => {
    expect(labelOf('shop', 'prod')).toBe('shop-prod');
    const labels = [labelOf('Shop', 'prod'), labelOf('shop', 'Prod'), labelOf('shop', 'prod')];
    expect(new Set(labels).size).toBe(3);
    for (const label of [...labels, labelOf('A'.repeat(30), 'B'.repeat(30))])
      expect(label).toMatch(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/);
  });
});
