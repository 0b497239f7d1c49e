/** The one place where the environment is read. */
import { Type, type Static, type TSchema } from '@sinclair/typebox';
import { Value } from '@sinclair/typebox/value';
import { parseNetworks } from './networks.js';
import { defaultRates, rateRules } from './domain/limits/rate-limits.js';
import { openIdFaults, openIdSchema } from './openid-config.js';
import { defaultStormRules } from './domain/reconcile/storm.js';
import { defaultConnections, type DoorSettings } from './door.js';
import { peerFaults, peerSchema } from './peer-config.js';

const text = (description: string, options: object = {}) =>
  Type.String({ description, ...options });
const port = (description: string, options: object = {}) =>
  Type.Integer({ description, minimum: 0, maximum: 65_535, ...options });
const seconds = (description: string, options: object = {}) =>
  Type.Number({ description, exclusiveMinimum: 0, maximum: 86_400, ...options });
const perSecond = (description: string, options: object = {}) =>
  Type.Number({ description, minimum: 0, maximum: 1_000_000, ...options });
const count = (description: string, options: object = {}) =>
  Type.Integer({ description, minimum: 0, maximum: 1_000_000, ...options });
const token = (description: string) =>
  Type.Optional(text(description, { minLength: 16, maxLength: 512, pattern: '^[\\x21-\\x7e]+$' }));

const schema = Type.Object({
  SM_HOST: text('address to listen on', { default: '127.0.0.1', minLength: 1 }),
  SM_PORT: port('port to listen on; 0 picks a free one and prints it', { default: 10_000 }),
  SM_DATA_DIR: text('directory of the embedded store and of the tokens', {
    default: './data',
    minLength: 1,
  }),
  MONGODB_URI: Type.Optional(
    text('use this MongoDB replica set instead of the embedded store', {
      pattern: '^mongodb(\\+srv)?://',
    }),
  ),
  SM_STORE_PORT: Type.Optional(
    port('loopback TCP port of the embedded store, for tools; a unix socket only when unset', {
      minimum: 1,
    }),
  ),
  SM_ADMIN_TOKEN: token('bearer token of the administrator; made at first start when unset'),
  SM_ENROLMENT_TOKEN: token('token with which clusters enrol; made at first start when unset'),
  SM_APPROVE_CLUSTERS: Type.Boolean({
    description: 'whether every cluster that enrols waits until somebody approves it',
    default: false,
  }),
  SM_SCHEDULER_TOKEN: token('token with which schedulers connect; made at first start when unset'),
  SM_LOG_LEVEL: Type.Union(
    ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'].map((level) =>
      Type.Literal(level),
    ),
    { description: 'how much is logged', default: 'info' },
  ),
  SM_UI: Type.Union([Type.Literal('on'), Type.Literal('off')], {
    description: 'serve the dashboard at /ui: on or off',
    default: 'on',
  }),
  SM_CHECK_RESPONSES: Type.Boolean({
    description: 'hold every answer against the contract before it is sent',
    default: false,
  }),
  SM_HEARTBEAT_SECONDS: seconds('how often agents are pinged', { default: 15 }),
  SM_REPORT_SECONDS: seconds('how often agents report at the least', { default: 15 }),
  SM_INACTIVE_AFTER_SECONDS: seconds('silence after which a cluster is inactive', { default: 45 }),
  SM_LOST_AFTER_SECONDS: seconds('silence after which the instances of a cluster are LOST', {
    default: 105,
  }),
  SM_SCHEDULER: text(
    'scheduler of services that name none: built-in, or the name of a remote one',
    {
      default: 'built-in',
      pattern: '^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$',
    },
  ),
  SM_SCHEDULER_FALLBACK: Type.Union([Type.Literal('built-in'), Type.Literal('wait')], {
    description: 'who decides while a remote scheduler has no usable answer; wait: nobody',
    default: 'built-in',
  }),
  SM_SCHEDULER_DEADLINE_SECONDS: seconds(
    'how long a remote scheduler may take or be away until the fallback decides',
    { default: 10 },
  ),
  SM_STORM_SHARE: Type.Number({
    description: 'share of the clusters that, vanishing together, holds back placing elsewhere',
    default: defaultStormRules.share,
    minimum: 0,
    maximum: 1,
  }),
  SM_STORM_CLUSTERS_MIN: Type.Integer({
    description: 'fewer clusters than this never do',
    default: defaultStormRules.clustersMin,
    minimum: 1,
  }),
  SM_STORM_WINDOW_SECONDS: seconds('how close together clusters vanish to count as one storm', {
    default: defaultStormRules.windowMs / 1000,
  }),
  SM_LEASE_SECONDS: Type.Number({
    description: 'with several managers: time after which another one takes over, from 1 to 60',
    default: 5,
    minimum: 1,
    maximum: 60,
  }),
  SM_MANAGER_NAME: Type.Optional(
    text('with several managers: name of this one, in logs and in the lease; its host when unset', {
      minLength: 1,
      maxLength: 100,
    }),
  ),
  SM_SCHEDULER_URL: Type.Optional(
    text('address of a Cloud Scheduler of 2021, which then decides', {
      pattern: '^https?://[^/?#@\\s]+/?$',
    }),
  ),
  ...peerSchema,
  SM_RATE_READS: perSecond(
    'reads per second and caller, ten times as many at once; 0: any number',
    {
      default: defaultRates.read,
    },
  ),
  SM_RATE_WRITES: perSecond('writes per second and caller; 0: any number', {
    default: defaultRates.write,
  }),
  SM_RATE_SIGN_INS: perSecond('attempts to sign in per second and address; 0: any number', {
    default: defaultRates.signIn,
  }),
  SM_RATE_UNPROVEN: perSecond(
    'requests per second and address without a valid token; 0: any number',
    {
      default: defaultRates.unproven,
    },
  ),
  SM_RATE_CONNECTS: perSecond('WebSockets that are opened per second and address; 0: any number', {
    default: defaultRates.connect,
  }),
  SM_RATE_SESSIONS: perSecond('sessions that are begun per second and cluster; 0: any number', {
    default: defaultRates.session,
  }),
  SM_CONNECTIONS_MAX: count('connections at once; 0: any number', {
    default: defaultConnections.max,
  }),
  SM_CONNECTIONS_PER_ADDRESS: count('connections at once from one address; 0: any number', {
    default: defaultConnections.perAddressMax,
  }),
  SM_TLS_CERT: Type.Optional(
    text('file with the certificate and its chain (PEM); speaks TLS, with SM_TLS_KEY', {
      minLength: 1,
    }),
  ),
  SM_TLS_KEY: Type.Optional(
    text('file with the key of the certificate (PEM); both are read anew when they change', {
      minLength: 1,
    }),
  ),
  SM_CLUSTER_CERTIFICATES: Type.Union(
    [Type.Literal('off'), Type.Literal('optional'), Type.Literal('required')],
    {
      description:
        'with TLS: whether clusters get client certificates and have to show them (off, optional, required)',
      default: 'off',
    },
  ),
  SM_CORS_ORIGINS: Type.Optional(
    text('origins whose pages may read answers, with commas between them', {
      pattern: '^https?://[^/?#@\\s,]+(,\\s*https?://[^/?#@\\s,]+)*$',
    }),
  ),
  SM_TRUSTED_PROXIES: Type.Optional(
    text('networks of proxies whose X-Forwarded-For is believed, as in 10.0.0.0/8'),
  ),
  SM_WEBHOOK_NETWORKS: Type.Optional(
    text('networks that webhooks deliver to although they are not public, as in 10.0.0.0/8'),
  ),
  ...openIdSchema,
  SM_AUDIT_KEPT: Type.Integer({
    description: 'number of entries that the audit log keeps',
    default: 1_000_000,
    minimum: 100,
  }),
  SM_AUDIT_DAYS: Type.Integer({
    description: 'days for which the audit log keeps them',
    default: 400,
    minimum: 1,
    maximum: 36_500,
  }),
  SM_EVENTS_KEPT: Type.Integer({
    description: 'number of events that the history keeps',
    default: 1_000_000,
    minimum: 100,
  }),
});

type Settings = Static<typeof schema>;

/** The configuration, checked and with all defaults filled in. */
export type Config = Readonly<Settings>;

const properties = Object.entries(schema.properties as Record<string, TSchema>);
const valueName = (property: TSchema): string => {
  if (Array.isArray(property['anyOf'])) return 'WORD';
  const type = String(property['type']);
  return type === 'string' ? 'TEXT' : type === 'boolean' ? 'BOOLEAN' : 'NUMBER';
};

/** A line for each setting: name, meaning, default. */
export const describeSettings = (): string =>
  properties
    .map(([name, property]) => {
      const fallback: unknown = property['default'];
      const end = fallback === undefined ? '' : ` (default ${String(fallback)})`;
      return `  ${`${name}=${valueName(property)}`.padEnd(36)}${String(property['description'])}${end}`;
    })
    .join('\n');

/** Everything that is wrong with the configuration, one line a fault. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly faults: readonly string[];

  constructor(faults: readonly string[]) {
    super(`The configuration is wrong:\n${faults.map((fault) => `  ${fault}`).join('\n')}`);
    this.faults = faults;
  }
}

const isSetting = (name: string): boolean => name === 'MONGODB_URI' || name.startsWith('SM_');

/** What looks like a setting of ours and is none: a typing error would go unnoticed otherwise. Agents have their own. */
const unknownSettings = (environment: NodeJS.ProcessEnv): readonly string[] =>
  Object.keys(environment)
    .filter((name) => isSetting(name) && !name.startsWith('SM_AGENT_'))
    .filter((name) => !(name in schema.properties))
    .map((name) => `${name} is not a setting; see --help`);

/** What no schema says of a list of networks. */
function networkFaults(name: keyof Settings, networks: unknown): readonly string[] {
  try {
    parseNetworks(String(networks));
    return [];
  } catch (error) {
    return [`${name}: ${error instanceof Error ? error.message : String(error)}`];
  }
}

/** Settings of TLS that need others. */
function tlsFaults({
  SM_TLS_CERT: cert,
  SM_TLS_KEY: key,
  SM_CLUSTER_CERTIFICATES: policy,
}: Partial<Settings>): readonly string[] {
  if ((cert === undefined) !== (key === undefined))
    return [
      `SM_TLS_CERT and SM_TLS_KEY go together; ${cert === undefined ? 'SM_TLS_CERT' : 'SM_TLS_KEY'} is missing`,
    ];
  if (policy !== undefined && policy !== 'off' && cert === undefined)
    return ['SM_CLUSTER_CERTIFICATES is about TLS; set SM_TLS_CERT and SM_TLS_KEY as well'];
  return [];
}

/**
 * Reads the settings once. An empty value counts as unset.
 *
 * @throws ConfigError naming every fault at once
 */
export function readConfig(environment: NodeJS.ProcessEnv): Config {
  const given = Object.fromEntries(
    Object.entries(environment).filter(
      ([name, value]) => name in schema.properties && value !== undefined && value !== '',
    ),
  );
  const settings = Value.Convert(schema, Value.Default(schema, given));
  const faults = [...Value.Errors(schema, settings)].map(
    ({ path, message, schema: { description } }) => {
      const hint = description === undefined ? '' : ` (${description})`;
      return `${path.slice(1)}: ${message}${hint}`;
    },
  );
  const {
    SM_COMPAT_CLIENTS: peers,
    SM_TRUSTED_PROXIES: proxies = '',
    SM_WEBHOOK_NETWORKS: receivers = '',
  } = settings as Partial<Settings>;
  const all = [
    ...new Set([
      ...faults,
      ...networkFaults('SM_COMPAT_CLIENTS', peers),
      ...networkFaults('SM_TRUSTED_PROXIES', proxies),
      ...networkFaults('SM_WEBHOOK_NETWORKS', receivers),
      ...openIdFaults(settings as Partial<Settings>),
      ...tlsFaults(settings as Partial<Settings>),
      ...peerFaults(settings as Partial<Settings>),
      ...unknownSettings(environment),
    ]),
  ];
  if (all.length > 0) throw new ConfigError(all);
  return Object.freeze(settings as Settings);
}

/** Whether a scheduler of others is configured. */
export const schedulesOutside = ({
  SM_SCHEDULER_URL: cloud,
  SM_OAKESTRA_SCHEDULER_URL: oakestra,
}: Config): boolean => cloud !== undefined || oakestra !== undefined;

/** Who is let in, and how often. */
export const doorSettings = (config: Config): DoorSettings => ({
  rates: rateRules({
    read: config.SM_RATE_READS,
    write: config.SM_RATE_WRITES,
    signIn: config.SM_RATE_SIGN_INS,
    unproven: config.SM_RATE_UNPROVEN,
    connect: config.SM_RATE_CONNECTS,
    session: config.SM_RATE_SESSIONS,
  }),
  connections: {
    max: config.SM_CONNECTIONS_MAX,
    perAddressMax: config.SM_CONNECTIONS_PER_ADDRESS,
  },
  proxies: parseNetworks(config.SM_TRUSTED_PROXIES ?? ''),
});
