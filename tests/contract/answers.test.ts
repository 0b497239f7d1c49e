/** Every operation of the contract with every status that it documents, produced by the real application. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestManager } from '../support/app.js';
import { problemOf, type Answer } from '../support/calls.js';
import { contract, documentedAnswers } from '../support/contract.js';
import { OpenIdProvider, openIdOptions } from '../support/openid-provider.js';
import { dump, settledDump, type Dump } from '../support/dump.js';
import { auditCases } from './cases/audit.js';
import { apiKeyCases } from './cases/api-keys.js';
import { badRequests } from './cases/bad-requests.js';
import { clusterCases } from './cases/clusters.js';
import { enrolmentCases } from './cases/enrolment.js';
import { eventCases } from './cases/events.js';
import { gatewayCases } from './cases/gateway.js';
import { instanceCases } from './cases/instances.js';
import { openIdCases } from './cases/openid.js';
import { operationCases } from './cases/operations.js';
import { organizationCases } from './cases/organizations.js';
import { refusals } from './cases/refusals.js';
import { schedulerCases } from './cases/schedulers.js';
import { serviceCases } from './cases/services.js';
import { sessionCases } from './cases/sessions.js';
import { summaryCases } from './cases/summary.js';
import { systemCases } from './cases/system.js';
import { updateCases } from './cases/updates.js';
import { userCases } from './cases/users.js';
import { webhookCases } from './cases/webhooks.js';
import { workerCases } from './cases/workers.js';
import { checkAnswer } from './check-answer.js';
import { ContractWorld, createContext, type Case, type Context } from './context.js';

const cases: readonly Case[] = [
  ...refusals,
  ...badRequests,
  ...sessionCases,
  ...userCases,
  ...apiKeyCases,
  ...organizationCases,
  ...clusterCases,
  ...enrolmentCases,
  ...webhookCases,
  ...openIdCases,
  ...workerCases,
  ...serviceCases,
  ...updateCases,
  ...instanceCases,
  ...operationCases,
  ...schedulerCases,
  ...systemCases,
  ...summaryCases,
  ...gatewayCases,
  ...eventCases,
  ...auditCases,
];

const pairOf = (each: { readonly operationId: string; readonly status: number }): string =>
  `${each.operationId} ${each.status}`;

let context: Context;
let provider: OpenIdProvider;

beforeAll(async () => {
  provider = await OpenIdProvider.start();
  const manager = await startTestManager({
    inactiveAfterMs: 3_600_000,
    lostAfterMs: 7_200_000,
    webhookNetworks: '127.0.0.0/8',
    openid: openIdOptions(provider.issuer),
  });
  context = await createContext(await ContractWorld.create(manager, provider));
}, 120_000);

afterAll(async () => {
  await context.world.manager.close();
  await provider.close();
});

/** Holds the answer against what the case and the contract say. */
function check({ operationId, status, problem }: Case, answer: Answer): void {
  checkAnswer(operationId, status, answer);
  if (problem === undefined) return;
  const { code, pointers } = problemOf(answer);
  expect(code).toBe(problem.code);
  expect([...new Set(pointers)]).toEqual(problem.pointers ?? []);
}

async function produce(each: Case): Promise<void> {
  const call = await each.request(context);
  const answer = await (each.transport?.(context, call) ?? context.world.send(call));
  check(each, answer);
  await each.check?.(answer, context, call);
}

/** Like `produce`, and nothing has changed after it. */
async function produceWithoutEffect(each: Case): Promise<void> {
  const { store } = context.world.manager;
  const call = await each.request(context);
  const before = await settledDump(context.world.manager);
  const answer = await (each.transport?.(context, call) ?? context.world.send(call));
  expect(await dump(store)).toEqual(before);
  check(each, answer);
  await each.check?.(answer, context, call);
}

describe('the contract', () => {
  it('has a case for every documented answer', () => {
    const produced = new Set(cases.map(pairOf));
    expect(documentedAnswers.map(pairOf).filter((pair) => !produced.has(pair))).toEqual([]);
  });

  it('documents the answer of every case', () => {
    const documented = new Set(documentedAnswers.map(pairOf));
    const named = cases.map(pairOf);
    expect(named.filter((pair) => !documented.has(pair))).toEqual([]);
  });

  it('is refused in every case by a problem that the case names', () => {
    const silent = cases.filter(({ status, problem }) => status >= 400 !== (problem !== undefined));
    expect(silent.map(({ name, ...each }) => `${pairOf(each)} ${name}`)).toEqual([]);
  });
});

/** Refusals that need nothing prepared come first, while nothing else happens in the manager. */
const refused = [...refusals, ...badRequests];

const idsOf = (some: readonly Case[]): readonly string[] =>
  contract.operations
    .map(({ id }) => id)
    .filter((id) => some.some(({ operationId }) => operationId === id));

describe.each(idsOf(refused))('%s', (id) => {
  let before: Dump;

  beforeAll(async () => {
    before = await settledDump(context.world.manager);
  });

  it.each(refused.filter(({ operationId }) => operationId === id))(
    'refuses with $status: $name',
    produce,
  );

  afterAll(async () => {
    // All of them together have left the state as it was.
    expect(await dump(context.world.manager.store)).toEqual(before);
  });
});

const others = cases.filter((each) => !refused.includes(each));

describe.each(idsOf(others))('%s', (id) => {
  const own = others.filter(({ operationId }) => operationId === id);

  it.each(own.filter(({ status }) => status >= 400))(
    'refuses with $status: $name',
    produceWithoutEffect,
  );

  it.each(own.filter(({ status }) => status < 400))('answers $status: $name', produce);
});
