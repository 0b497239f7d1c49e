/** P1 and P4: every wish that was accepted has been carried out, as far as there is room. */
import type { Dated, Run } from '../history.js';
import type { Look } from '../look.js';
import type { Plan, Request, ServicePlan } from '../plan/plan.js';
import { RunningNow } from './running.js';
import type { Violation } from './violation.js';

type Instance = Look['instances'][number];

interface Wish {
  readonly id: string;
  replicas: number;
  /** How many there were before the last change of their number; a change that is taken back leads there. */
  replicasBefore: number;
  /** What was taken back; to take it back again changes nothing. */
  readonly cancelled: Set<unknown>;
  terminated: boolean;
  /** Whether it is known for certain what was accepted. */
  sure: boolean;
}

/** What users may expect of each service. */
function wishesOf(facts: readonly Dated[]): ReadonlyMap<number, Wish> {
  const asked = new Map<number, Request>();
  const wishes = new Map<number, Wish>();
  for (const fact of facts) {
    if (fact.kind === 'asked') asked.set(fact.call, fact.args as Request);
    if (fact.kind !== 'answered') continue;
    const request = asked.get(fact.call);
    if (request === undefined || !('service' in request)) continue;
    const wish = wishes.get(request.service);
    if (fact.status !== 200) {
      if (wish && !fact.sure) wish.sure = false;
    } else if (wish === undefined)
      wishes.set(request.service, {
        id: String(fact.body['serviceId']),
        replicas: Number(fact.body['replicas']),
        replicasBefore: 0,
        cancelled: new Set(),
        terminated: false,
        sure: true,
      });
    else apply(wish, request, fact.body);
  }
  return wishes;
}

function apply(wish: Wish, request: Request, body: Readonly<Record<string, unknown>>): void {
  const scale = (replicas: number): void => {
    wish.replicasBefore = wish.replicas;
    wish.replicas = replicas;
  };
  if (request.verb === 'scaleTo') scale(request.replicas);
  else if (request.verb === 'scaleBy') scale(wish.replicas + request.by);
  else if (request.verb === 'terminate') wish.terminated = true;
  else if (request.verb === 'cancel' && !wish.cancelled.has(body['cancelled'])) {
    wish.cancelled.add(body['cancelled']);
    if (body['kind'] === 'deploy') wish.terminated = true;
    if (body['kind'] === 'scale') scale(wish.replicasBefore);
  }
}

const phasesAtRest: ReadonlySet<string> = new Set(['RUNNING', 'COMPLETED', 'DEAD']);

/** Whether a cluster has room for one more, and takes it. */
function fits(
  look: Look,
  plan: Plan,
  services: ReadonlyMap<string, ServicePlan>,
  want: ServicePlan,
) {
  return look.clusters.find((cluster) => {
    if (!cluster.schedulable || cluster.state !== 'active') return false;
    if (want.site !== undefined && want.site !== cluster.name) return false;
    const site = plan.sites.find(({ name }) => name === cluster.name);
    if (site === undefined) return false;
    const bound = look.instances.flatMap((instance) =>
      instance.halves
        .filter((half) => half.clusterId === cluster.id && half.phase !== 'COMPLETED')
        .map(() => services.get(instance.serviceId)),
    );
    const cpu = bound.reduce((sum, each) => sum + (each?.cpuMillicores ?? 0), 0);
    const memory = bound.reduce((sum, each) => sum + (each?.memoryMiB ?? 0), 0);
    return (
      cpu + want.cpuMillicores <= site.cpuMillicores && memory + want.memoryMiB <= site.memoryMiB
    );
  });
}

export function checkWishes(facts: readonly Dated[], look: Look, plan: Plan): readonly Violation[] {
  const violations: Violation[] = [];
  const running = new RunningNow();
  for (const fact of facts) running.take(fact);
  const wishes = wishesOf(facts);
  const plans = new Map<string, ServicePlan>();
  for (const [index, { id }] of wishes) {
    const servicePlan = plan.services[index];
    if (servicePlan) plans.set(id, servicePlan);
  }
  for (const [index, wish] of wishes) {
    const servicePlan = plan.services[index];
    if (servicePlan === undefined) continue;
    const service = look.services.find(({ id }) => id === wish.id);
    const say = (promise: Violation['promise'], what: string): void => {
      violations.push({ promise, what: `${servicePlan.name}: ${what}` });
    };
    if (service === undefined) {
      say('P1', 'it was accepted and is gone');
      continue;
    }
    const instances = look.instances.filter((each) => each.serviceId === wish.id);
    const runs = running.all().filter(({ serviceId }) => serviceId === wish.id);
    const ending = service.phase === 'UNDEPLOYING' || service.phase === 'UNDEPLOYED';
    if (ending && !wish.terminated && wish.sure)
      say('P1', `it is ${service.phase}, and nobody asked for that`);
    if (wish.terminated || ending) {
      if (service.phase !== 'UNDEPLOYED') say('P4', `it is ${service.phase}`);
      for (const run of runs) say('P4', `${run.instanceId} still runs at ${run.cluster}`);
      continue;
    }
    if (wish.sure && service.replicas !== wish.replicas)
      say('P1', `${wish.replicas} replicas were accepted, and it has ${service.replicas}`);
    checkInstances(service.replicas, instances, runs, say);
    const waiting = instances.find(({ phase }) => phase === 'REQUESTED');
    const room = waiting && fits(look, plan, plans, servicePlan);
    if (room) say('P1', `an instance waits (${waiting.reason ?? ''}), and ${room.name} has room`);
  }
  return violations;
}

function checkInstances(
  replicas: number,
  instances: readonly Instance[],
  runs: readonly Run[],
  say: (promise: Violation['promise'], what: string) => void,
): void {
  const wanted = instances.filter(({ phase }) => phase !== 'UNDEPLOYING');
  if (wanted.length !== replicas || instances.length !== wanted.length)
    say('P1', `${replicas} replicas are wanted; there are ${instances.length}`);
  for (const { id, phase, halves, ...instance } of wanted) {
    if (phase === 'REQUESTED') continue;
    if (!phasesAtRest.has(phase)) say('P1', `${id} has come to rest in ${phase}`);
    const half = halves.find(({ role }) => role === 'current');
    const truth = runs.find(
      (run) =>
        run.instanceId === id &&
        run.cluster === half?.clusterName &&
        run.generation === half.generation,
    );
    if (phase === 'RUNNING' && truth === undefined)
      say('P6', `${id} is said to run at ${half?.clusterName ?? 'no place'}, and does not`);
    if ((phase === 'DEAD' || phase === 'COMPLETED') && truth !== undefined)
      say('P6', `${id} is said to be ${phase}, and runs (${instance.reason ?? ''})`);
    if (halves.length > 1) say('P1', `${id} has not come to rest: ${halves.length} halves`);
  }
  for (const run of runs) {
    const bound = instances
      .find(({ id }) => id === run.instanceId)
      ?.halves.some(
        (half) => half.clusterName === run.cluster && half.generation === run.generation,
      );
    if (bound !== true)
      say(
        'P4',
        `${run.instanceId}/${run.generation} runs at ${run.cluster}, and is not bound there`,
      );
  }
}

/** What waits while an update is paused: none of them is done before all instances have the wished revision. */
const waitsForUpdate: ReadonlySet<string> = new Set(['deploy', 'scale', 'update', 'rollback']);

/** Every operation has ended, unless what it waits for cannot come. */
export function checkOperations(look: Look): readonly Violation[] {
  const violations: Violation[] = [];
  for (const { id, kind, state, subjectId, reason } of look.operations) {
    if (state === 'failed' && (reason ?? '') === '')
      violations.push({ promise: 'P7', what: `${kind} ${id} has failed without a reason` });
    if (state !== 'running') continue;
    const waits = look.instances.some(
      (each) =>
        (each.serviceId === subjectId && each.phase === 'REQUESTED') ||
        each.halves.some(({ clusterId }) => clusterId === subjectId),
    );
    const service = look.services.find(({ id: each }) => each === subjectId);
    const held = service?.rollout.state === 'paused' && waitsForUpdate.has(kind);
    const moving = look.instances.some(
      (each) => each.serviceId === subjectId && each.reason !== undefined,
    );
    if (!waits && !moving && !held)
      violations.push({ promise: 'P1', what: `${kind} ${id} of ${subjectId} has not ended` });
  }
  return violations;
}
