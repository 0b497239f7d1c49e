/**
 * The peers of Oakestra, unmodified: command lines, dashboard and addons use its HTTP endpoints with its tokens. All of it is a
 * translation: users, organizations, applications, services and clusters are the same as for everybody. It listens on ports of its own,
 * where its routing rules disturb nobody.
 */
import type { Logger } from 'pino';
import type { Belongings } from '../../domain/access/organizations.js';
import type { AccessPorts, SigningKeyStore } from '../../domain/access/ports.js';
import { keepFirstPassword } from '../../domain/access/first-password.js';
import type { ApplicationStore } from '../../domain/application/application.js';
import type { AuditTrail } from '../../domain/audit/ports.js';
import type { DomainError } from '../../domain/errors.js';
import type { RateLimits } from '../../domain/limits/rate-limits.js';
import type { Ports } from '../../domain/ports.js';
import type { Networks } from '../../networks.js';
import { applicationRoutes } from './applications.js';
import { clusterRoutes } from './clusters.js';
import { firstPeer } from './people.js';
import { miscellaneousRoutes } from './miscellaneous.js';
import { organizationRoutes } from './organizations.js';
import { serviceRoutes } from './services.js';
import { userRoutes } from './users.js';
import type { Reported } from './documents.js';
import { createServer, type Listener } from './http/server.js';
import type { Route } from './http/routes.js';
import { keyRoutes, signInRoutes } from './sign-in.js';
import { openTokens, type Tokens } from './tokens.js';

/** Something that has listeners, or work of its own, beside the endpoints. */
export interface OakestraPart {
  /** Endpoints that it has on the common HTTP port. */
  readonly routes?: readonly Route[];
  /** Endpoints on HTTP ports of their own. */
  readonly listeners?: readonly {
    readonly name: string;
    readonly port: number;
    readonly routes: readonly Route[];
  }[];
  /** @returns its addresses by name, where it listens */
  start?(): Promise<Readonly<Record<string, string>>>;
  stop?(): Promise<void>;
}

export interface OakestraOptions {
  readonly ports: Ports;
  readonly access: AccessPorts;
  readonly applications: ApplicationStore;
  /** What may belong to an organization. */
  readonly belongings: Belongings;
  readonly reported: Reported;
  /** Waits for the end of an operation. @returns false when it has not come in time */
  readonly settled: (operationId: string) => Promise<boolean>;
  readonly keys: SigningKeyStore;
  /** What keys are sealed under, and the first password of the administrator. */
  readonly adminToken: string;
  readonly host: string;
  readonly port: number;
  readonly keyPort: number;
  /** Whether the administrator's password is `Admin` until somebody chooses another one, as clients that ask for none expect. */
  readonly defaultAdmin: boolean;
  /** Who may use endpoints that ask for no token. */
  readonly networks: Networks;
  readonly rates: RateLimits;
  readonly audit: AuditTrail;
  readonly statusOf: (error: DomainError) => number;
  readonly classify: (error: unknown) => DomainError | undefined;
  readonly logger: Logger;
  readonly parts: readonly OakestraPart[];
}

export interface Oakestra {
  /** Opens the ports. @returns addresses by name @throws Error - one of them is taken */
  start(): Promise<Readonly<Record<string, string>>>;
  /** Closes them; requests that are under way are answered. */
  stop(): Promise<void>;
}

const ownRoutes = (
  { ports, access, applications, belongings, reported, settled }: OakestraOptions,
  tokens: Tokens,
): readonly Route[] => {
  const catalogue = { ports, applications, reported, settled };
  return [
    ...signInRoutes({ access, tokens }),
    ...applicationRoutes(catalogue),
    ...serviceRoutes(catalogue),
    ...userRoutes(access),
    ...organizationRoutes({ access, applications, belongings }),
    ...clusterRoutes(ports, reported),
  ];
};

/** The first password of the administrator: the installation's own, or the one that everybody knows. */
async function keepPassword({
  access,
  adminToken,
  defaultAdmin,
  logger,
}: OakestraOptions): Promise<void> {
  await keepFirstPassword(
    access,
    defaultAdmin
      ? { wanted: firstPeer, otherwise: adminToken }
      : { wanted: adminToken, otherwise: firstPeer },
  );
  if (defaultAdmin)
    logger.warn(
      'SM_OAKESTRA_DEFAULT_ADMIN is on: until another password is chosen, everybody who reaches this manager is its administrator with the name Admin and the password Admin',
    );
}

export function createOakestra(options: OakestraOptions): Oakestra {
  const { ports, access, keys, adminToken, host, parts } = options;
  const listeners: Listener[] = [];

  const open = async (routes: readonly Route[], port: number, tokens: Tokens): Promise<string> => {
    const listener = createServer({
      ...options,
      routes,
      guards: { ports, access, tokens },
      now: ports.now,
    });
    listeners.push(listener);
    return listener.listen(host, port);
  };

  return {
    async start() {
      await keepPassword(options);
      const tokens = await openTokens(keys, adminToken, ports.now);
      const described = [
        ...ownRoutes(options, tokens),
        ...parts.flatMap(({ routes: theirs = [] }) => theirs),
      ];
      const routes = [...described, ...miscellaneousRoutes(described)];
      let addresses: Readonly<Record<string, string>> = {
        oakestra: await open(routes, options.port, tokens),
        oakestraKeys: await open(keyRoutes(tokens), options.keyPort, tokens),
      };
      for (const { listeners: theirs = [] } of parts)
        for (const { name, port, routes: own } of theirs)
          addresses = { ...addresses, [name]: await open(own, port, tokens) };
      for (const part of parts) addresses = { ...addresses, ...(await part.start?.()) };
      return addresses;
    },
    async stop() {
      for (const part of parts) await part.stop?.();
      for (const listener of listeners.splice(0)) await listener.close();
    },
  };
}
