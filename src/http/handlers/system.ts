import { DomainError } from '../../domain/errors.js';
import type { Handlers } from '../contract.js';
import type { Metrics } from '../metrics.js';

export interface SystemInfo {
  readonly version: string;
  readonly contractVersion: string;
  readonly store: 'embedded' | 'mongodb';
  /** Whether this manager leads, if there are several. */
  readonly role: () => 'leader' | 'follower';
  /** State of each part that the manager needs, `ok` or what is wrong. */
  readonly checks: () => Promise<Readonly<Record<string, string>>>;
}

export const systemHandlers = (info: SystemInfo, metrics: Metrics) =>
  ({
    getHealth: () => Promise.resolve({ status: 200 as const, body: { status: 'ok' as const } }),
    getReadiness: async () => {
      const checks = await info.checks();
      const failing = Object.entries(checks).filter(([, state]) => state !== 'ok');
      if (failing.length > 0)
        throw new DomainError(
          'unavailable',
          `Not ready: ${failing.map(([part, state]) => `${part} is ${state}`).join(', ')}.`,
          { retryAfterSeconds: 1 },
        );
      return { status: 200, body: { status: 'ready', role: info.role(), checks } };
    },
    getMetrics: async () => ({ status: 200, body: await metrics.text() }),
    getVersion: () =>
      Promise.resolve({
        status: 200 as const,
        body: {
          version: info.version,
          contract: info.contractVersion,
          node: process.version,
          store: info.store,
        },
      }),
  }) satisfies Partial<Handlers>;
