/** The settings of peers of other makes: what they are, and what is wrong with them. */
import { Type, type Static, type TObject } from '@sinclair/typebox';
import type { EdgeioSettings, OakestraSettings } from './peers.js';

const text = (description: string, options: object = {}) =>
  Type.String({ description, ...options });
const port = (description: string, options: object = {}) =>
  Type.Integer({ description, minimum: 0, maximum: 65_535, ...options });

export const peerSchema = {
  SM_COMPAT: Type.Optional(
    text('peers to serve beside all others: edgeio (of 2021), oakestra, or both with a comma', {
      pattern: '^(edgeio|oakestra|edgeio,oakestra|oakestra,edgeio)$',
    }),
  ),
  SM_COMPAT_CLIENTS: text('networks whose peers need no token with SM_COMPAT, as in 10.0.0.0/8', {
    default: '127.0.0.0/8,::1/128',
    minLength: 1,
  }),
  SM_OAKESTRA_PORT: port('port for users of Oakestra; its command lines know no other than 10000', {
    default: 10_000,
  }),
  SM_OAKESTRA_KEY_PORT: port('port with the key that tokens for Oakestra are checked with', {
    default: 10_011,
  }),
  SM_OAKESTRA_GRPC_PORT: port('port at which clusters of Oakestra register', { default: 50_052 }),
  SM_OAKESTRA_RESOURCES_PORT: port('port at which its scheduler and addons read resources', {
    default: 11_011,
  }),
  SM_OAKESTRA_SCHEDULER_URL: Type.Optional(
    text('address of a scheduler of Oakestra, which then decides', {
      pattern: '^https?://[^/?#@\\s]+/?$',
    }),
  ),
  SM_OAKESTRA_NETWORK_URL: Type.Optional(
    text('address of a network component of Oakestra, which is then told of everything', {
      pattern: '^https?://[^/?#@\\s]+/?$',
    }),
  ),
  SM_OAKESTRA_DEFAULT_ADMIN: Type.Boolean({
    description:
      'whether Admin has the password Admin until another one is chosen; for trials only',
    default: false,
  }),
};

type Settings = Static<TObject<typeof peerSchema>>;

const serves = (compat: string | undefined, peer: string): boolean =>
  compat?.split(',').includes(peer) === true;

/** Both have the same default, which neither can do without where it is expected there. */
export const peerFaults = ({
  SM_COMPAT: compat,
  SM_PORT: own,
  SM_OAKESTRA_PORT: theirs,
}: Partial<Settings> & { readonly SM_PORT?: number }): readonly string[] =>
  serves(compat, 'oakestra') && own === theirs && own !== 0
    ? [`SM_PORT and SM_OAKESTRA_PORT are both ${own}; give SM_PORT another one`]
    : [];

/** The peers of other makes that are to be served. */
export const peerSettings = (
  config: Settings & { readonly SM_HOST: string },
): { edgeio?: EdgeioSettings; oakestra?: OakestraSettings } => ({
  ...(serves(config.SM_COMPAT, 'edgeio') && { edgeio: { clients: config.SM_COMPAT_CLIENTS } }),
  ...(serves(config.SM_COMPAT, 'oakestra') && {
    oakestra: {
      clients: config.SM_COMPAT_CLIENTS,
      host: config.SM_HOST,
      port: config.SM_OAKESTRA_PORT,
      keyPort: config.SM_OAKESTRA_KEY_PORT,
      grpcPort: config.SM_OAKESTRA_GRPC_PORT,
      resourcesPort: config.SM_OAKESTRA_RESOURCES_PORT,
      schedulerUrl: config.SM_OAKESTRA_SCHEDULER_URL,
      networkUrl: config.SM_OAKESTRA_NETWORK_URL,
      defaultAdmin: config.SM_OAKESTRA_DEFAULT_ADMIN,
    },
  }),
});
