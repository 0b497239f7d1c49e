import type { ClusterPicture } from '../../domain/scheduling/scheduling.js';
import { subtractResources, type Resources } from '../../domain/resources.js';
import type { Inquiry } from './inquiry.js';

const retryDelayMsMin = 100;
const retryDelayMsMax = 5_000;

/** All that is asked of one scheduler, in the order in which it came. */
export class Lane {
  readonly name: string;
  readonly inquiries = new Set<Inquiry>();
  /** Whether a batch is on its way. */
  busy = false;
  /** Since when it cannot be asked; nothing while it can (epoch milliseconds). */
  awaySince: number | undefined;
  /** Not to be asked before. */
  retryAt = 0;
  #failures = 0;

  constructor(name: string, awaySince: number | undefined) {
    this.name = name;
    this.awaySince = awaySince;
  }

  /** It is there and can be asked. */
  back(): void {
    this.awaySince = undefined;
    this.retryAt = 0;
    this.#failures = 0;
  }

  /** It could not be asked. @param random - between 0 and 1 */
  failed(now: number, random: number): void {
    this.awaySince ??= now;
    const boundMs = Math.min(retryDelayMsMax, retryDelayMsMin * 2 ** Math.min(10, this.#failures));
    this.#failures += 1;
    this.retryAt = now + boundMs * (0.5 + random / 2);
  }

  hasDue(now: number): boolean {
    for (const inquiry of this.inquiries) if (isDue(inquiry, now)) return true;
    return false;
  }

  /** The next requests to send. */
  take(max: number, now: number): readonly Inquiry[] {
    const taken: Inquiry[] = [];
    for (const inquiry of this.inquiries) {
      if (taken.length === max) break;
      if (isDue(inquiry, now)) taken.push(inquiry);
    }
    return taken;
  }

  /** Adds up what was answered and is not bound yet, by the id of the cluster. */
  addAnswered(to: Map<string, Resources[]>): void {
    for (const { state, answer, request } of this.inquiries) {
      if (state !== 'answered' || answer?.clusterId === undefined) continue;
      const there = to.get(answer.clusterId);
      if (there) there.push(request.resources);
      else to.set(answer.clusterId, [request.resources]);
    }
  }
}

const isDue = ({ state, notBefore }: Inquiry, now: number): boolean =>
  state === 'waiting' && notBefore <= now;

/** The picture without what answers have taken that are not bound yet. */
export function withoutAnswered(
  picture: readonly ClusterPicture[],
  lanes: Iterable<Lane>,
): readonly ClusterPicture[] {
  const taken = new Map<string, Resources[]>();
  for (const lane of lanes) lane.addAnswered(taken);
  if (taken.size === 0) return picture;
  return picture.map((cluster) => {
    const there = taken.get(cluster.id);
    return there ? { ...cluster, free: there.reduce(subtractResources, cluster.free) } : cluster;
  });
}
