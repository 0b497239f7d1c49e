/**
 * Which cluster is the best for each request of a batch, without looking at all clusters for each. Requests that wish for the same
 * share a queue of clusters, best first; a choice changes one cluster, which gets another place in each queue.
 */
import TinyQueue from 'tinyqueue';
import { drop } from '../../domain/scheduling/filters.js';
import type {
  ClusterPicture,
  FilterName,
  PlacementRequest,
} from '../../domain/scheduling/scheduling.js';
import { scoresOf, totalScore } from './scores.js';
import { spreadGroup, Tally } from './tally.js';

export type Dropped = Readonly<Partial<Record<FilterName, number>>>;

/** A cluster that can take one more, as it was when it was looked at last. */
export interface Candidate {
  readonly cluster: ClusterPicture;
  /** Place in the picture. */
  readonly index: number;
  readonly score: number;
}

/** What was chosen; nothing where all clusters were dropped. */
export interface Choice {
  readonly best?: Candidate | undefined;
  /** How many clusters each filter had dropped. */
  readonly dropped: Dropped;
}

/** The best first; among equals the one that comes first in the picture. */
const byScore = (a: Candidate, b: Candidate): number => b.score - a.score || a.index - b.index;

const none: ReadonlyMap<string, number> = new Map();

/** The clusters that can take one more of the same. */
class Contest {
  readonly #queue: TinyQueue<Candidate>;
  /** By place in the picture; the queue has outdated ones as well. */
  readonly #current: (Candidate | undefined)[];
  readonly #tally: Tally;
  /** Of the service, if all requests are of the same. */
  readonly #siblings: ReadonlyMap<string, number>;
  readonly #request: PlacementRequest;
  /** Replaced with each change, since results keep it. */
  dropped: Dropped;

  constructor(
    request: PlacementRequest,
    picture: readonly ClusterPicture[],
    tally: Tally,
    siblings: ReadonlyMap<string, number>,
  ) {
    this.#request = request;
    this.#tally = tally;
    this.#siblings = siblings;
    const dropped: Partial<Record<FilterName, number>> = {};
    this.#current = picture.map((cluster, index) => {
      const dropping = drop(request, cluster, tally.free(cluster));
      if (dropping === undefined) return { cluster, index, score: this.#score(cluster) };
      dropped[dropping.droppedBy] = (dropped[dropping.droppedBy] ?? 0) + 1;
      return undefined;
    });
    this.#queue = new TinyQueue(
      this.#current.filter((each) => each !== undefined),
      byScore,
    );
    this.dropped = dropped;
  }

  #score(cluster: ClusterPicture): number {
    const nearby = this.#siblings.get(spreadGroup(this.#request, cluster)) ?? 0;
    return totalScore(scoresOf(this.#request, cluster, this.#tally.free(cluster), nearby));
  }

  best(): Candidate | undefined {
    for (;;) {
      const first = this.#queue.peek();
      if (first === undefined) return undefined;
      if (first === this.#current[first.index]) {
        // A choice at the same location may have made it worse since.
        const score = this.#score(first.cluster);
        if (score === first.score) return first;
        this.#replace({ ...first, score });
      }
      this.#queue.pop();
    }
  }

  /** The cluster has less than before. */
  changed({ cluster, index }: Candidate): void {
    if (this.#current[index] === undefined) return;
    const dropping = drop(this.#request, cluster, this.#tally.free(cluster));
    if (dropping === undefined) {
      this.#replace({ cluster, index, score: this.#score(cluster) });
      return;
    }
    const { droppedBy } = dropping;
    this.#current[index] = undefined;
    this.dropped = { ...this.dropped, [droppedBy]: (this.dropped[droppedBy] ?? 0) + 1 };
  }

  #replace(candidate: Candidate): void {
    this.#current[candidate.index] = candidate;
    this.#queue.push(candidate);
  }
}

/** Each choice is told to all contests, so there are few; the oldest is given up first. */
const contestsMax = 8;

export class Contests {
  readonly #picture: readonly ClusterPicture[];
  readonly #tally: Tally;
  readonly #contests = new Map<string, Contest>();

  constructor(picture: readonly ClusterPicture[]) {
    this.#picture = picture;
    this.#tally = new Tally(picture);
  }

  /** Takes the best cluster for one instance. */
  choose(request: PlacementRequest): Choice {
    const contest = this.#contestFor(request);
    const { dropped } = contest;
    const best = contest.best();
    if (best === undefined) return { dropped };
    this.#tally.add(request, best.cluster);
    for (const each of this.#contests.values()) each.changed(best);
    return { best, dropped };
  }

  /** First instances of services that wish for the same share one; the others are kept apart from their siblings. */
  #contestFor(request: PlacementRequest): Contest {
    const { serviceId, organizationId, runtime, resources, placement } = request;
    const siblings = this.#tally.siblings(request);
    const first = siblings.size === 0;
    const demand = JSON.stringify([
      first ? '' : serviceId,
      organizationId,
      runtime,
      resources,
      placement,
    ]);
    const known = this.#contests.get(demand);
    if (known) return known;
    for (const oldest of this.#contests.keys())
      if (this.#contests.size >= contestsMax) this.#contests.delete(oldest);
    const contest = new Contest(request, this.#picture, this.#tally, first ? none : siblings);
    this.#contests.set(demand, contest);
    return contest;
  }
}
