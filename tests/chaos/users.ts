/** Users who ask over HTTP, and ask again with the same key until they are answered. */
import { setTimeout as delay } from 'node:timers/promises';
import {
  ConnectionError,
  ProblemError,
  type Service,
  type Operation,
  type SystemManagerClient,
} from '@system-manager/client';
import type { Random } from '../simulation/engine/random.js';
import type { History } from '../simulation/history.js';
import { serviceRequests, siteRequests } from '../simulation/plan/generate.js';
import type { Request, ServicePlan } from '../simulation/plan/plan.js';

type Key = { 'Idempotency-Key': string };
type Body = Record<string, unknown>;

/** What a call does with its key; the answer's fields are those that the checkers know. */
type Call = (header: Key) => Promise<Body>;

interface Known {
  readonly id: string;
  readonly replicas: number;
  readonly revision: number;
  /** The wish that was accepted last. */
  readonly operationId: string;
}

export interface UsersOptions {
  readonly client: SystemManagerClient;
  readonly history: History;
  readonly random: Random;
  readonly sites: readonly string[];
  /** Grows with each service that is deployed. */
  readonly services: ServicePlan[];
}

const mayRepeat = (error: unknown): boolean =>
  error instanceof ConnectionError ||
  (error instanceof ProblemError && (error.status >= 500 || error.status === 429));

const descriptorOf = (plan: ServicePlan, replicas: number, revision: number) => ({
  name: plan.name,
  replicas,
  command: ['run', `revision-${revision}`],
  resources: { cpuCores: plan.cpuMillicores / 1000, memoryMiB: plan.memoryMiB },
  oneShot: plan.oneShot,
  restart: plan.oneShot ? ('onFailure' as const) : ('always' as const),
});

export class Users {
  readonly #options: UsersOptions;
  #calls = 0;
  /** Requests that are not answered yet. */
  #open = 0;
  answered = 0;

  constructor(options: UsersOptions) {
    this.#options = options;
  }

  get open(): number {
    return this.#open;
  }

  /** Deploys one service after another, and does with each what users do. Ends with the signal, once it has been answered. */
  async useServices(line: number, signal: AbortSignal): Promise<void> {
    const { random, services, sites } = this.#options;
    const own = random.fork(`services-${line}`);
    while (!signal.aborted) {
      const index = services.length;
      services.push({
        name: `service-${index}`,
        cpuMillicores: own.pick([0, 100, 250, 500]),
        memoryMiB: own.pick([0, 64, 256]),
        oneShot: own.chance(0.1),
        whenLost: 'keep',
        leaseSeconds: 60,
      });
      const requests = serviceRequests(own, index, sites.length);
      let known: Known | undefined;
      for (const request of requests) {
        known = await this.#ask(request, known);
        await pause(own.between(20, 1_500), signal);
      }
      // Only a few are left to run for ever: the sites are not large.
      if (requests.at(-1)?.verb !== 'terminate' && !own.chance(0.1))
        await this.#ask({ verb: 'terminate', service: index }, known);
    }
  }

  /** Counts workers of a cluster, and drains it now and then. */
  async useSite(site: number, clusterId: string, signal: AbortSignal): Promise<void> {
    const own = this.#options.random.fork(`site-${site}`);
    while (!signal.aborted) {
      for (const request of siteRequests(own, site)) {
        await this.#send(request, this.#siteCall(request, clusterId));
        await pause(own.between(50, 2_000), signal);
      }
      await this.#send(
        { verb: 'resume', site },
        this.#siteCall({ verb: 'resume', site }, clusterId),
      );
      await pause(own.between(500, 5_000), signal);
    }
  }

  async #ask(request: Request, known: Known | undefined): Promise<Known | undefined> {
    const call = this.#serviceCall(request, known);
    if (call === undefined) return known;
    const body = await this.#send(request, call);
    if (body === undefined) return known;
    return {
      id: String(body['serviceId']),
      replicas: Number(body['replicas']),
      revision: Number(body['revision']),
      operationId: String(body['operationId'] ?? known?.operationId),
    };
  }

  /** @returns nothing when it is refused */
  async #send(request: Request, call: Call): Promise<Body | undefined> {
    const { history } = this.#options;
    this.#calls += 1;
    const number = this.#calls;
    this.#open += 1;
    history.add({ kind: 'asked', call: number, verb: request.verb, args: request });
    try {
      for (let attempt = 1; ; attempt += 1) {
        try {
          const body = await call({ 'Idempotency-Key': `call-${number}` });
          this.answered += 1;
          history.add({ kind: 'answered', call: number, status: 200, sure: true, body });
          return body;
        } catch (error) {
          if (!mayRepeat(error)) {
            if (!(error instanceof ProblemError)) throw error;
            const { status, code, message } = error;
            const sure = attempt === 1;
            const body = { detail: message };
            history.add({ kind: 'answered', call: number, status, code, sure, body });
            return undefined;
          }
          await delay(100 + Math.random() * 400);
        }
      }
    } finally {
      this.#open -= 1;
    }
  }

  #serviceCall(request: Request, known: Known | undefined): Call | undefined {
    const { client, services, sites } = this.#options;
    if (!('service' in request)) return undefined;
    const plan = services[request.service];
    if (plan === undefined) return undefined;
    if (request.verb === 'deploy')
      return async (header) =>
        toBody(
          await client.post('/api/v1/services', {
            params: { header },
            body: descriptorOf(plan, request.replicas, 1),
          }),
        );
    if (known === undefined) return undefined;
    const path = { serviceId: known.id };
    switch (request.verb) {
      case 'scaleTo':
      case 'scaleBy': {
        const body =
          request.verb === 'scaleTo' ? { replicas: request.replicas } : { by: request.by };
        return async (header) =>
          toBody(
            await client.post('/api/v1/services/{serviceId}/scale', {
              params: { header, path },
              body,
            }),
          );
      }
      case 'update':
        return async (header) =>
          toBody(
            await client.put('/api/v1/services/{serviceId}', {
              params: { header, path },
              body: descriptorOf(plan, known.replicas, known.revision + 1),
            }),
          );
      case 'migrate': {
        const to = { cluster: sites[request.site] ?? '' };
        return async (header) =>
          toBody(
            await client.post('/api/v1/services/{serviceId}/migrate', {
              params: { header, path },
              body: { to, strategy: request.strategy, timeoutMs: request.timeoutMs },
            }),
          );
      }
      case 'pauseUpdate':
        return async (header) =>
          toServiceBody(
            await client.post('/api/v1/services/{serviceId}/update/pause', {
              params: { header, path },
            }),
          );
      case 'resumeUpdate':
        return async (header) =>
          toBody(
            await client.post('/api/v1/services/{serviceId}/update/resume', {
              params: { header, path },
            }),
          );
      case 'rollback':
        return async (header) =>
          toBody(
            await client.post('/api/v1/services/{serviceId}/rollback', {
              params: { header, path },
              body: {},
            }),
          );
      case 'cancel': {
        const { operationId } = known;
        return async (header) => {
          const { kind } = await client.post('/api/v1/operations/{operationId}/cancel', {
            params: { header, path: { operationId } },
          });
          const service = await client.get('/api/v1/services/{serviceId}', { params: { path } });
          return { kind, cancelled: operationId, ...toServiceBody(service) };
        };
      }
      case 'terminate':
        return async (header) =>
          toBody(await client.delete('/api/v1/services/{serviceId}', { params: { header, path } }));
    }
  }

  #siteCall(request: Request, clusterId: string): Call {
    const { client } = this.#options;
    const path = { clusterId };
    switch (request.verb) {
      case 'addWorker': {
        const body = request.name === undefined ? {} : { name: request.name };
        return async (header) => ({
          ...(await client.post('/api/v1/clusters/{clusterId}/workers', {
            params: { header, path },
            body,
          })),
        });
      }
      case 'removeWorker': {
        const query = request.name === undefined ? {} : { name: request.name };
        return async (header) => ({
          ...(await client.delete('/api/v1/clusters/{clusterId}/workers', {
            params: { header, path, query },
          })),
        });
      }
      case 'drain':
        return async (header) => ({
          ...(await client.post('/api/v1/clusters/{clusterId}/drain', {
            params: { header, path },
          })),
        });
      default:
        return async (header) => ({
          ...(await client.post('/api/v1/clusters/{clusterId}/resume', {
            params: { header, path },
          })),
        });
    }
  }
}

const toServiceBody = ({ id, replicas, revision }: Service): Body => ({
  serviceId: id,
  replicas,
  revision,
});

const toBody = ({ service, operation }: { service: Service; operation: Operation }): Body => ({
  ...toServiceBody(service),
  operationId: operation.id,
});

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  try {
    await delay(ms, undefined, { signal });
  } catch {
    // The end has come early.
  }
}
