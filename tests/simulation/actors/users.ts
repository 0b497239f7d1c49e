/**
 * Users who ask, and ask again with the same key until they are answered, as the typed client does. What concerns one service or one
 * cluster is asked one after another, so that what they may expect is clear.
 */
import { addWorker, removeWorker } from '../../../src/domain/cluster/count-workers.js';
import { workerCount } from '../../../src/domain/cluster/cluster.js';
import { drainCluster, resumeCluster } from '../../../src/domain/cluster/evacuate-cluster.js';
import { cancelOperation } from '../../../src/domain/operation/cancel-operation.js';
import { deployService, type ServiceWish } from '../../../src/domain/service/deploy-service.js';
import type { Descriptor } from '../../../src/domain/service/descriptor.js';
import { migrateService } from '../../../src/domain/service/migrate-service.js';
import { getService } from '../../../src/domain/service/get-service.js';
import { pauseUpdate, resumeUpdate } from '../../../src/domain/service/pause-update.js';
import { rollbackService } from '../../../src/domain/service/rollback-service.js';
import type { Service } from '../../../src/domain/service/service.js';
import { scaleService } from '../../../src/domain/service/scale-service.js';
import { terminateService } from '../../../src/domain/service/terminate-service.js';
import { updateService } from '../../../src/domain/service/update-service.js';
import type { Machine } from '../engine/machine.js';
import type { Request, ServicePlan } from '../plan/plan.js';
import type { World } from '../world.js';
import type { Answer, Work } from './manager.js';

const timeoutMs = 4_000;

export const lineOf = (request: Request): string =>
  'service' in request ? `service-${request.service}` : `site-${request.site}`;

interface Known {
  id: string;
  replicas: number;
  revision: number;
  /** The wish that was accepted last. */
  operationId: string;
}

const descriptorOf = (plan: ServicePlan, replicas: number, revision: number): Descriptor => ({
  name: plan.name,
  application: 'default',
  replicas,
  runtime: 'process',
  command: ['run', `revision-${revision}`],
  resources: { cpuCores: plan.cpuMillicores / 1000, memoryMiB: plan.memoryMiB, gpus: 0 },
  ...(plan.site === undefined ? {} : { placement: { cluster: plan.site } }),
  restart: plan.oneShot ? 'onFailure' : 'always',
  oneShot: plan.oneShot,
  whenLost: plan.whenLost,
  leaseSeconds: plan.leaseSeconds,
});

const toServiceBody = ({ id, replicas, revision }: Service): Record<string, unknown> => ({
  serviceId: id,
  replicas,
  revision,
});

const toBody = ({ service, operation }: ServiceWish): Record<string, unknown> => ({
  ...toServiceBody(service),
  operationId: operation.id,
});

export class Users {
  readonly #world: World;
  readonly #machine: Machine;
  readonly #lines = new Map<string, Request[]>();
  /** Lines whose first request is under way. */
  readonly #busy = new Set<string>();
  readonly #services = new Map<number, Known>();
  #calls = 0;
  /** Whether calls may come twice in this run. */
  #twice = false;

  constructor(world: World, machine: Machine) {
    this.#world = world;
    this.#machine = machine;
    this.#twice = world.plan.steps.some((step) => 'fault' in step && step.fault === 'repeatCalls');
  }

  /** Nothing is asked or waits to be asked. */
  get idle(): boolean {
    return [...this.#lines.values()].every((line) => line.length === 0) && this.#busy.size === 0;
  }

  serviceId(service: number): string | undefined {
    return this.#services.get(service)?.id;
  }

  ask(request: Request): void {
    const line = lineOf(request);
    const waiting = this.#lines.get(line);
    if (waiting) waiting.push(request);
    else this.#lines.set(line, [request]);
    this.#next(line);
  }

  #next(line: string): void {
    if (this.#busy.has(line)) return;
    const request = this.#lines.get(line)?.shift();
    if (request === undefined) return;
    const work = this.#workFor(request);
    if (work === undefined) {
      this.#next(line);
      return;
    }
    this.#busy.add(line);
    this.#calls += 1;
    const call = this.#calls;
    this.#world.history.add({ kind: 'asked', call, verb: request.verb, args: request });
    this.#attempt(call, 1, work, (answer, attempts) => {
      const sure = answer.status === 200 || (attempts === 1 && !this.#twice);
      this.#world.history.add({ kind: 'answered', call, sure, ...answer });
      if (answer.status === 200) this.#learn(request, answer);
      this.#busy.delete(line);
      this.#next(line);
    });
  }

  /** Asks until there is an answer that would be the same next time. */
  #attempt(
    call: number,
    attempt: number,
    work: Work,
    done: (answer: Answer, attempts: number) => void,
  ): void {
    const { time, network } = this.#world;
    const manager = this.#world.pickManager(this.#machine);
    let open = true;
    const again = (delayMs: number): void => {
      if (!open) return;
      open = false;
      time.at(this.#machine, delayMs, () => {
        this.#attempt(call, attempt + 1, work, done);
      });
    };
    network.call(
      this.#machine,
      manager.machine,
      () => manager.answer(`call-${call}`, work),
      (answer) => {
        if (answer.status === 503) again(this.#machine.random.between(100, 1_000));
        else if (open) {
          open = false;
          done(answer, attempt);
        }
      },
    );
    time.at(this.#machine, timeoutMs, () => {
      again(0);
    });
  }

  #learn(request: Request, { body }: Answer): void {
    if (!('service' in request)) return;
    const operationId = body['operationId'] ?? this.#services.get(request.service)?.operationId;
    this.#services.set(request.service, {
      id: String(body['serviceId']),
      replicas: Number(body['replicas']),
      revision: Number(body['revision']),
      operationId: String(operationId),
    });
  }

  /** Nothing where it cannot be asked: the service was never deployed, the site never came. */
  #workFor(request: Request): Work | undefined {
    if (!('service' in request)) return this.#siteWork(request);
    const plan = this.#world.plan.services[request.service];
    const known = this.#services.get(request.service);
    if (plan === undefined) return undefined;
    if (request.verb === 'deploy')
      return async (ports) =>
        toBody(await deployService(ports, descriptorOf(plan, request.replicas, 1)));
    if (known === undefined) return undefined;
    const { id, replicas, revision, operationId } = known;
    switch (request.verb) {
      case 'scaleTo':
        return async (ports) =>
          toBody(await scaleService(ports, id, { replicas: request.replicas }));
      case 'scaleBy':
        return async (ports) => toBody(await scaleService(ports, id, { by: request.by }));
      case 'update':
        return async (ports) =>
          toBody(await updateService(ports, id, descriptorOf(plan, replicas, revision + 1)));
      case 'migrate': {
        const to = { cluster: `site-${request.site}` };
        const { strategy, timeoutMs } = request;
        const wish = { to, strategy, timeoutMs, healthyMs: 2_000 };
        return async (ports) => toBody(await migrateService(ports, id, wish));
      }
      case 'pauseUpdate':
        return async (ports) => toServiceBody(await pauseUpdate(ports, id));
      case 'resumeUpdate':
        return async (ports) => toBody(await resumeUpdate(ports, id));
      case 'rollback':
        return async (ports) => toBody(await rollbackService(ports, id));
      case 'cancel':
        return async (ports) => {
          const { kind } = await cancelOperation(ports, operationId);
          return {
            kind,
            cancelled: operationId,
            ...toServiceBody(await getService(ports.services, id)),
          };
        };
      case 'terminate':
        return async (ports) => toBody(await terminateService(ports, id));
    }
  }

  #siteWork(request: Exclude<Request, { service: number }>): Work | undefined {
    const id = this.#world.sites[request.site]?.clusterId;
    if (id === undefined) return undefined;
    switch (request.verb) {
      case 'addWorker':
        return async (ports) => ({ count: workerCount(await addWorker(ports, id, request.name)) });
      case 'removeWorker':
        return async (ports) => ({
          count: workerCount(await removeWorker(ports, id, request.name)),
        });
      case 'drain':
        return async (ports) => ({ operationId: (await drainCluster(ports, id)).operation.id });
      case 'resume':
        return async (ports) => ({ lifecycle: (await resumeCluster(ports, id)).lifecycle });
    }
  }
}
