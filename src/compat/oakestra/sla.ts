/** Descriptors of the peers (SLA v2.0): checked as a whole, and translated to ours and back. */
import { Type, type Static, type TSchema } from '@sinclair/typebox';
import { Value } from '@sinclair/typebox/value';
import { createHash } from 'node:crypto';
import type { Application } from '../../domain/application/application.js';
import type { Descriptor, Placement, Port } from '../../domain/service/descriptor.js';
import { err, Refusal } from './http/encodings.js';
import type { Fields } from './input.js';
import { findUnusable } from './input.js';

const text = Type.String({ maxLength: 10_000 });
/** `$` must not match before a newline at the end. */
const name = Type.String({ pattern: '^[a-zA-Z0-9]{1,30}$' });
/** `1.0` is the same as `1`, and is stored as such. */
const amount = Type.Integer({ minimum: 0, maximum: 1_000_000_000 });
const number = Type.Number();
const optional = <T extends TSchema>(schema: T) => Type.Optional(schema);
const texts = Type.Array(text, { maxItems: 1_000 });

const microservice = Type.Object({
  microserviceID: optional(Type.String({ maxLength: 0 })),
  microservice_name: name,
  microservice_namespace: name,
  virtualization: Type.String({ minLength: 1, maxLength: 63 }),
  code: Type.String({ minLength: 1, maxLength: 500 }),
  memory: optional(amount),
  vcpus: optional(amount),
  vgpus: optional(amount),
  vtpus: optional(amount),
  storage: optional(amount),
  bandwidth_in: optional(amount),
  bandwidth_out: optional(amount),
  port: optional(text),
  cmd: optional(texts),
  environment: optional(texts),
  one_shot: optional(Type.Boolean()),
  privileged: optional(Type.Boolean()),
  addresses: optional(
    Type.Object({
      rr_ip: optional(text),
      rr_ip_v6: optional(text),
      closest_ip: optional(text),
      closest_ip_v6: optional(text),
      instances: optional(
        Type.Array(
          Type.Object({ from: optional(text), to: optional(text), start: optional(text) }),
        ),
      ),
    }),
  ),
  volumes: optional(
    Type.Array(
      Type.Object({
        volume_id: text,
        csi_driver: text,
        mount_path: optional(text),
        config: optional(Type.Record(Type.String(), text)),
      }),
    ),
  ),
  constraints: optional(
    Type.Array(
      Type.Object({
        type: text,
        area: optional(text),
        cluster: optional(text),
        node: optional(text),
        location: optional(text),
        threshold: optional(number),
        rigidness: optional(number),
        convergence_time: optional(Type.Integer()),
        needs: optional(texts),
        allowed: optional(texts),
      }),
    ),
  ),
  connectivity: optional(
    Type.Array(
      Type.Object({
        target_microservice_id: text,
        con_constraints: Type.Array(
          Type.Object({
            type: text,
            threshold: number,
            rigidness: number,
            convergence_time: Type.Integer(),
          }),
        ),
      }),
    ),
  ),
  args: optional(texts),
  added_files: optional(texts),
  state: optional(text),
  sla_violation_strategy: optional(text),
  target_node: optional(text),
  arch: optional(texts),
  vm_images: optional(texts),
  platform: optional(text),
});

const application = Type.Object({
  applicationID: optional(text),
  application_name: name,
  application_namespace: name,
  application_desc: optional(text),
  microservices: Type.Array(microservice, { maxItems: 1_000 }),
});

const sla = Type.Object({
  sla_version: Type.Literal('v2.0'),
  customerID: text,
  args: optional(texts),
  applications: Type.Array(application, { maxItems: 100 }),
});

export type SlaMicroservice = Static<typeof microservice>;
export type SlaApplication = Static<typeof application>;
export type Sla = Static<typeof sla>;

const detail = (fault: { path: string; message: string } | undefined): string =>
  fault === undefined ? 'The SLA is not valid.' : `${fault.path || '/'}: ${fault.message}.`;

/** A unikernel says what it runs on. */
const archFault = ({ applications }: Sla): string | undefined => {
  for (const [a, { microservices }] of applications.entries())
    for (const [m, { virtualization, arch }] of microservices.entries())
      if (virtualization === 'unikernel' && (arch ?? []).length === 0)
        return `/applications/${a}/microservices/${m}/arch: a unikernel needs it.`;
  return undefined;
};

/**
 * Checks an SLA as a whole. Fields that nobody knows are kept.
 *
 * @param status - of the refusal
 * @throws Refusal naming the field
 */
export function readSla(fields: Fields | undefined, status: 400 | 422): Sla {
  const refuse = (message: string): never => {
    throw new Refusal(err(status, { message }));
  };
  if (fields === undefined) return refuse('An SLA in JSON is needed.');
  if (!Value.Check(sla, fields)) return refuse(detail(Value.Errors(sla, fields).First()));
  const fault = archFault(fields);
  if (fault !== undefined) return refuse(fault);
  const unusable = fields.applications.map(findStored).find((each) => each !== undefined);
  return unusable === undefined ? fields : refuse(`applications: ${unusable}.`);
}

/** What is stored of an application must not have ids of the database in it either. */
const findStored = (given: SlaApplication): string | undefined => {
  const { _id: _ignored, ...stored } = given as SlaApplication & Fields;
  return findUnusable(stored, 'strict');
};

/** What is said of an application otherwise, and is kept as it came. */
export const extraFields = (given: SlaApplication): Fields =>
  Object.fromEntries(
    Object.entries(given).filter(
      ([key]) => !(key in application.properties) && !givenAnew.has(key),
    ),
  );

/** Nobody can say these; they are given by the manager. */
const givenAnew: ReadonlySet<string> = new Set([
  '_id',
  'action',
  'userId',
  'job_name',
  'applicationID',
  'app_name',
  'app_ns',
  'service_name',
  'service_ns',
  'image',
  'next_instance_progressive_number',
  'RR_ip',
  'RR_ip_v6',
  'instance_list',
  'status',
  'status_detail',
]);

const names = Type.Partial(
  Type.Pick(application, ['application_name', 'application_namespace', 'application_desc']),
);

/**
 * What of an application can be changed; clients send the whole document.
 *
 * @throws Refusal 422 naming the field
 */
export function applicationNames(
  fields: Fields,
): Partial<Pick<Application, 'name' | 'namespace' | 'description'>> {
  if (!Value.Check(names, fields))
    throw new Refusal(err(422, { message: detail(Value.Errors(names, fields).First()) }));
  const { application_name, application_namespace, application_desc } = fields;
  return {
    ...(application_name === undefined ? {} : { name: application_name }),
    ...(application_namespace === undefined ? {} : { namespace: application_namespace }),
    ...(application_desc === undefined ? {} : { description: application_desc }),
  };
}

const label = /^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/;
const labelMax = 63;

/** Two names as one label: theirs have no dashes, so that it stands for no other two. Capitals cost it its looks. */
export function labelOf(first: string, second: string): string {
  const plain = `${first}-${second}`;
  if (label.test(plain) && plain.length <= labelMax) return plain;
  const digest = createHash('sha256').update(plain).digest('hex').slice(0, 10);
  return `${plain.toLowerCase().slice(0, labelMax - digest.length - 2)}--${digest}`;
}

/** `container` is stored as what the workers call it. */
const runtimeOf = (virtualization: string): string =>
  virtualization === 'container' ? 'docker' : virtualization;

const isPort = (port: number): boolean => Number.isInteger(port) && port >= 1 && port <= 65_535;

/** `host:container/protocol` with semicolons between; what cannot be read means something to workers only. */
function portsOf(given: string | undefined): readonly Port[] {
  return (given ?? '').split(';').flatMap((each) => {
    const [numbers = '', protocol = 'tcp'] = each.trim().split('/');
    const [first, second] = numbers.split(':').map(Number);
    const containerPort = second ?? first;
    if (first === undefined || containerPort === undefined) return [];
    if (!isPort(first) || !isPort(containerPort)) return [];
    if (protocol !== 'tcp' && protocol !== 'udp') return [];
    return [{ containerPort, ...(second === undefined ? {} : { hostPort: first }), protocol }];
  });
}

const environmentOf = (given: readonly string[] = []): Readonly<Record<string, string>> =>
  Object.fromEntries(
    given.flatMap((each) => {
      const end = each.indexOf('=');
      return end < 1 ? [] : [[each.slice(0, end), each.slice(end + 1)]];
    }),
  );

/** Only a direct constraint decides where something goes; the others are kept for those who read them. */
function placementOf({ constraints = [] }: SlaMicroservice): Placement | undefined {
  const direct = constraints.find((each) => each.type === 'direct');
  const demanded = {
    ...(direct?.cluster ? { cluster: direct.cluster } : {}),
    ...(direct?.node ? { worker: direct.node } : {}),
  };
  return Object.keys(demanded).length === 0 ? undefined : demanded;
}

/** What is stored of a microservice: in the words of the workers, and without what is given anew. */
const storedFields = ({ virtualization, ...rest }: SlaMicroservice): Fields => {
  const kept = Object.entries(rest).filter(([key]) => !givenAnew.has(key));
  return { ...Object.fromEntries(kept), virtualization: runtimeOf(virtualization) };
};

/** Where a microservice belongs. */
export interface Home {
  readonly id: string;
  readonly name: string;
  readonly namespace: string;
  readonly label: string;
}

/** What it is called everywhere below the root. */
export const jobNameOf = (
  { name: appName, namespace }: Pick<Home, 'name' | 'namespace'>,
  given: Pick<SlaMicroservice, 'microservice_name' | 'microservice_namespace'>,
): string => `${appName}.${namespace}.${given.microservice_name}.${given.microservice_namespace}`;

/** A microservice as a descriptor of ours. It has no instances yet. */
export function toDescriptor(given: SlaMicroservice, home: Home): Descriptor {
  const ports = portsOf(given.port);
  const placement = placementOf(given);
  const oneShot = given.one_shot ?? false;
  const environment = environmentOf(given.environment);
  return {
    name: labelOf(given.microservice_name, given.microservice_namespace),
    application: home.label,
    replicas: 0,
    runtime: runtimeOf(given.virtualization),
    image: given.code,
    ...(given.cmd && given.cmd.length > 0 ? { command: given.cmd } : {}),
    ...(Object.keys(environment).length > 0 ? { environment } : {}),
    resources: {
      cpuCores: given.vcpus ?? 0,
      memoryMiB: given.memory ?? 0,
      gpus: given.vgpus ?? 0,
    },
    ...(ports.length > 0 ? { ports } : {}),
    ...(placement ? { placement } : {}),
    restart: oneShot ? 'never' : 'always',
    oneShot,
    whenLost: 'keep',
    microservice: {
      applicationId: home.id,
      jobName: jobNameOf(home, given),
      fields: storedFields(given),
    },
  };
}

const portText = ({ hostPort, containerPort, protocol }: Port): string =>
  `${hostPort === undefined ? '' : `${hostPort}:`}${containerPort}${protocol === undefined ? '' : `/${protocol}`}`;

/** A service that was not described by a peer, in their form. */
const describe = (descriptor: Descriptor): Fields => ({
  microservice_name: descriptor.name,
  microservice_namespace: '',
  virtualization: descriptor.runtime,
  code: descriptor.image ?? '',
  memory: descriptor.resources?.memoryMiB ?? 0,
  vcpus: Math.ceil(descriptor.resources?.cpuCores ?? 0),
  vgpus: descriptor.resources?.gpus ?? 0,
  port: (descriptor.ports ?? []).map(portText).join(';'),
  ...(descriptor.command === undefined ? {} : { cmd: descriptor.command }),
  environment: Object.entries(descriptor.environment ?? {}).map(
    ([key, value]) => `${key}=${value}`,
  ),
  one_shot: descriptor.oneShot,
});

const same = (one: unknown, other: unknown): boolean =>
  JSON.stringify(one ?? null) === JSON.stringify(other ?? null);

/** Which of our fields each of theirs says. */
const saidBy = {
  virtualization: ({ runtime }: Descriptor) => runtime,
  code: ({ image }: Descriptor) => image,
  memory: ({ resources }: Descriptor) => resources?.memoryMiB,
  vcpus: ({ resources }: Descriptor) => resources?.cpuCores,
  vgpus: ({ resources }: Descriptor) => resources?.gpus,
  port: ({ ports }: Descriptor) => ports,
  cmd: ({ command }: Descriptor) => command,
  environment: ({ environment }: Descriptor) => environment,
  one_shot: ({ oneShot }: Descriptor) => oneShot,
} as const;

/**
 * A descriptor in the form of the peers: as it was written, except for what was changed in our form since.
 */
export function toMicroservice(descriptor: Descriptor): Fields {
  const { microservice: written } = descriptor;
  const described = describe(descriptor);
  if (written === undefined) return { microserviceID: '', ...described };
  const asWritten = toDescriptor(written.fields as SlaMicroservice, {
    id: written.applicationId,
    name: '',
    namespace: '',
    label: descriptor.application,
  });
  const changed = Object.entries(saidBy).filter(
    ([, read]) => !same(read(asWritten), read(descriptor)),
  );
  return {
    ...written.fields,
    ...Object.fromEntries(changed.map(([field]) => [field, described[field]])),
  };
}
