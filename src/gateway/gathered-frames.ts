/**
 * Acknowledgements and reports that wait behind each other and can be taken in as one: what an agent says of 100 orders one by one
 * costs as many commands otherwise, and those behind wait for those before.
 */
import type { OrderReference } from '../domain/instance/orders.js';
import type { WaitingFrames } from './frame-socket.js';
import { parseAgentFrame, type AgentFrame } from './frames.js';

type ReportFrame = Extract<AgentFrame, { type: 'report' }>;

/** What several frames say. */
export interface Gathered {
  readonly acknowledged: readonly OrderReference[];
  /** With rising sequence numbers; none of their instances is in two of them. */
  readonly reports: readonly ReportFrame[];
}

/** Where a report stands among all of its cluster. */
export type ReportPlace = Pick<ReportFrame, 'session' | 'sequence'>;

const framesMax = 100;

/** Whether it says only what has changed of instances. */
const isPlain = (report: ReportFrame): boolean =>
  report.full !== true &&
  report.capacity === undefined &&
  report.use === undefined &&
  report.workers === undefined;

class Gathering implements Gathered {
  readonly acknowledged: OrderReference[] = [];
  readonly reports: ReportFrame[] = [];
  readonly #instanceIds = new Set<string>();
  #newest: ReportPlace;
  count = 0;

  constructor(newest: ReportPlace) {
    this.#newest = newest;
  }

  /** @returns false when it has to be handled by itself */
  add(frame: AgentFrame): boolean {
    if (frame.type === 'ack') this.acknowledged.push(...frame.orders);
    else if (frame.type === 'report' && this.#follows(frame)) {
      this.reports.push(frame);
      this.#newest = frame;
      for (const { instanceId } of frame.instances) this.#instanceIds.add(instanceId);
    } else return false;
    this.count += 1;
    return true;
  }

  #follows(report: ReportFrame): boolean {
    return (
      isPlain(report) &&
      report.session === this.#newest.session &&
      report.sequence > this.#newest.sequence &&
      report.instances.every(({ instanceId }) => !this.#instanceIds.has(instanceId))
    );
  }
}

/** What does not even parse is told so in its turn. */
function parsed(text: string): AgentFrame | undefined {
  try {
    return parseAgentFrame(text);
  } catch {
    return undefined;
  }
}

/**
 * Takes frames that wait and can be handled together with the first one. A report that comes again, or late, is none of them: what it
 * says would be taken for as new as what stands behind it.
 *
 * @param newest - the newest report that was handled
 *
 * @returns nothing when there are none
 */
export function gatherFrames(
  first: AgentFrame,
  waiting: WaitingFrames,
  newest: ReportPlace,
): Gathered | undefined {
  const gathering = new Gathering(newest);
  if (waiting.peek() === undefined || !gathering.add(first)) return undefined;
  while (gathering.count < framesMax) {
    const text = waiting.peek();
    const next = text === undefined ? undefined : parsed(text);
    if (next === undefined || !gathering.add(next)) break;
    waiting.take();
  }
  return gathering.count > 1 ? gathering : undefined;
}
