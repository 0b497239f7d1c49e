/** The two endpoints at which peers call the manager: reports of clusters, and decisions of the scheduler. */
import { Verdict } from '../../domain/instance/instance.js';
import { err, Refusal, str } from './http/encodings.js';
import { soundFields } from './http/body.js';
import type { OakRequest, Route } from './http/routes.js';
import { idOf, type Fields } from './input.js';
import { takeReport, type ReportOptions } from './reports/take-report.js';
import { verdictOf, type SchedulerDecision } from './scheduler-client.js';

export interface PeerRouteOptions extends ReportOptions {
  /** Takes a decision over, where there is a scheduler. */
  readonly decide: ((decision: SchedulerDecision) => boolean) | undefined;
}

const refuse = (message: string): never => {
  throw new Refusal(err(400, { message }));
};

/** @throws Refusal 400 naming the field */
function decisionOf(fields: Fields): SchedulerDecision {
  const { job_id: job, candidate_id: candidate, status } = fields;
  const serviceId = typeof job === 'string' ? idOf(job) : undefined;
  if (serviceId === undefined) return refuse('job_id must be the id of a service.');
  if (typeof candidate === 'string') {
    const clusterId = idOf(candidate);
    if (clusterId === undefined) return refuse('candidate_id must be the id of a cluster.');
    return { serviceId, verdict: Verdict.PLACED, clusterId };
  }
  const verdict = typeof status === 'string' ? verdictOf(status) : undefined;
  if (verdict === undefined)
    return refuse('candidate_id or a status that says why there is none must be given.');
  return { serviceId, verdict };
}

export const peerRoutes = (options: PeerRouteOptions): readonly Route[] => [
  {
    id: 'oakestraReport',
    method: 'POST',
    path: '/api/information/:id',
    guard: 'peer',
    handle: async ({ path, contentType, body }: OakRequest) => {
      const clusterId = idOf(path['id']);
      // Not looked through as a whole: most of it is histories, of which nothing is kept.
      const fields = soundFields(contentType, body);
      if (clusterId === undefined) return refuse('The id in the path is not that of a cluster.');
      if (fields === undefined) return refuse('A report in JSON is needed.');
      await takeReport(options, clusterId, fields);
      return str('ok');
    },
  },
  {
    id: 'oakestraDeployResult',
    method: 'POST',
    path: '/api/result/deploy',
    guard: 'peer',
    body: 'checked',
    handle: ({ fields }: OakRequest) => {
      if (fields === undefined) return refuse('A decision in JSON is needed.');
      const decision = decisionOf(fields);
      if (options.decide?.(decision) !== true)
        options.logger.debug({ serviceId: decision.serviceId }, 'nobody waits for this decision');
      return Promise.resolve(str('ok'));
    },
  },
];
