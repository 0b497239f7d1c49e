import type { Event } from '@system-manager/client';

/** A stretch in the life of an instance in which nothing about it changed. */
export interface Step {
  readonly sequence: number;
  readonly phase: string;
  readonly clusterName: string | undefined;
  readonly reason: string | undefined;
  readonly since: string;
  /** How long it lasted, in milliseconds; absent for the one that lasts. */
  readonly lastedMs?: number;
}

const text = (value: unknown): string | undefined =>
  typeof value === 'string' ? value : undefined;

/** The steps of an instance, oldest first. Events that repeat what is known already make none. */
export function timelineOf(events: readonly Event[], instanceId: string): readonly Step[] {
  const steps: Step[] = [];
  for (const { sequence, subjectId, at, data } of events) {
    const phase = text(data['phase']);
    if (subjectId !== instanceId || phase === undefined) continue;
    const last = steps.at(-1);
    const step: Step = {
      sequence,
      phase,
      clusterName: text(data['clusterName']),
      reason: text(data['reason']),
      since: at,
    };
    const same =
      last?.phase === phase && last.clusterName === step.clusterName && last.reason === step.reason;
    if (same) continue;
    if (last)
      steps[steps.length - 1] = { ...last, lastedMs: Date.parse(at) - Date.parse(last.since) };
    steps.push(step);
  }
  return steps;
}
