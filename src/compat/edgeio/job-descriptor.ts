/** Reads a descriptor of 2021: what the manager needs of it goes into our own form, all of it stays beside that. */
import { createHash } from 'node:crypto';
import type { Descriptor, Job, Port } from '../../domain/service/descriptor.js';
import { parseYaml } from '../../wire/yaml.js';
import { refuse } from '../refuse.js';
import { findUnusable, isFields, type Fields } from '../input.js';

/** The services that came this way, for those who look at them in the other. */
export const application = 'edgeio';

const texts = [
  'job_name',
  'app_name',
  'app_ns',
  'service_name',
  'service_ns',
  'image_runtime',
  'cluster_location',
  'node',
] as const;
const nameParts = ['app_name', 'app_ns', 'service_name', 'service_ns'] as const;

const textMax = 200;

/** @throws DomainError `validation-failed` naming the field */
function optionalText(fields: Fields, name: string, where = ''): string | undefined {
  const value = fields[name];
  if (value === undefined || value === null || value === '') return undefined;
  return typeof value === 'string' && value.length <= textMax
    ? value
    : refuse(`${where}${name} must be a text of at most ${textMax} characters`);
}

/** @throws DomainError `validation-failed` naming the field */
function requiredNumber(fields: Fields, name: string): number {
  const value = fields[name];
  if (value === undefined) return refuse(`requirements.${name} is missing`);
  return typeof value === 'number' && Number.isFinite(value) && value >= 0 && value <= 1e9
    ? value
    : refuse(`requirements.${name} must be a number that is not negative`);
}

/** @throws DomainError `validation-failed` naming the field */
function section(fields: Fields, name: string): Fields {
  const value = fields[name];
  if (value === undefined || value === null) return {};
  return isFields(value) ? value : refuse(`${name} must be a mapping`);
}

const isPort = (port: number): boolean => Number.isInteger(port) && port >= 1 && port <= 65_535;

/** `8080`, or `80:8080` for a port of the host; other texts mean something to clusters only. */
function portsOf(value: unknown): readonly Port[] | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'string' && typeof value !== 'number')
    return refuse('port must be a number or a text');
  if (typeof value === 'number' && !isPort(value)) return refuse('port must be from 1 to 65535');
  const numbers = String(value).split(':').map(Number);
  const [hostPort = 0, containerPort] = numbers;
  if (numbers.length > 2 || !numbers.every(isPort)) return undefined;
  return containerPort === undefined
    ? [{ containerPort: hostPort }]
    : [{ containerPort, hostPort }];
}

const label = /^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/;
const labelMax = 63;

/** A name that fits our form: the same where it fits already, and one that nobody else gets where it does not. */
export function serviceNameOf(jobName: string): string {
  if (label.test(jobName) && jobName.length <= labelMax) return jobName;
  const digest = createHash('sha256').update(jobName).digest('hex').slice(0, 8);
  const readable = jobName
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, labelMax - digest.length - 1)
    .replace(/^-+|-+$/g, '');
  return readable === '' ? `job-${digest}` : `${readable}-${digest}`;
}

const machine = /^[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?$/;

/** Name of a cluster or a node. @throws DomainError `validation-failed` naming the field */
function optionalMachine(fields: Fields, name: string, where = ''): string | undefined {
  const value = optionalText(fields, name, where);
  return value === undefined || (machine.test(value) && value.length <= 128)
    ? value
    : refuse(`${where}${name} must be a name of letters, digits, dots, dashes and underscores`);
}

/** @throws DomainError `validation-failed` */
function runtimeOf(fields: Fields): string {
  const runtime = optionalText(fields, 'image_runtime') ?? 'docker';
  return label.test(runtime) && runtime.length <= labelMax
    ? runtime
    : refuse('image_runtime must be a word like docker or unikernel');
}

const jobNameOf = (fields: Fields): string | undefined => {
  const named = optionalText(fields, 'job_name');
  if (named !== undefined) return named;
  const parts = nameParts.map((name) => optionalText(fields, name)).filter(Boolean);
  return parts.length === 0 ? undefined : parts.join('.');
};

function checkFields(fields: Fields): void {
  const unusable = findUnusable(fields);
  if (unusable !== undefined) refuse(`the descriptor cannot be used: ${unusable}`);
  for (const name of ['api_version', 'image'])
    if (fields[name] === undefined || fields[name] === null) refuse(`${name} is missing`);
  if (fields['api_version'] !== 'v0.1') refuse('api_version must be v0.1');
  for (const name of texts) optionalText(fields, name);
  if (typeof fields['image'] !== 'string' || fields['image'] === '' || fields['image'].length > 500)
    refuse('image must be a text');
  if (fields['requirements'] === undefined || fields['requirements'] === null)
    refuse('requirements is missing');
}

/**
 * What the fields of a descriptor mean.
 *
 * @param anonymous - the name of a job that has none
 * @throws DomainError `validation-failed` naming the field
 */
export function fromJobFields(fields: Fields, anonymous: string): Descriptor & { job: Job } {
  checkFields(fields);
  const requirements = section(fields, 'requirements');
  const cluster = section(fields, 'cluster');
  const name = jobNameOf(fields) ?? anonymous;
  const ports = portsOf(fields['port']);
  optionalText(requirements, 'commands', 'requirements.');
  const worker =
    optionalMachine(fields, 'node') ??
    optionalMachine(requirements, 'node', 'requirements.') ??
    optionalMachine(cluster, 'node', 'cluster.');
  const placement = {
    cluster: optionalMachine(cluster, 'name', 'cluster.'),
    location: optionalText(fields, 'cluster_location'),
    worker,
  };
  const demanded = Object.entries(placement).filter(([, value]) => value !== undefined);
  return {
    name: serviceNameOf(name),
    application,
    replicas: 1,
    runtime: runtimeOf(fields),
    image: String(fields['image']),
    resources: {
      cpuCores: requiredNumber(requirements, 'cpu'),
      memoryMiB: Math.ceil(requiredNumber(requirements, 'memory')),
      gpus: 0,
    },
    ...(ports ? { ports } : {}),
    ...(demanded.length > 0 ? { placement: Object.fromEntries(demanded) as object } : {}),
    restart: 'always',
    oneShot: false,
    whenLost: 'keep',
    job: { name, fields },
  };
}

/**
 * Reads a YAML file with a descriptor.
 *
 * @throws DomainError `validation-failed`, `malformed-body`, `body-too-large`
 */
export const readJobDescriptor = (yaml: string, anonymous: string): Descriptor & { job: Job } =>
  fromJobFields(parseYaml(yaml) as Fields, anonymous);
