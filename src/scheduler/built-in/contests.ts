/**
 * Which cluster is the best for each request of a batch, without looking at all clusters for each. Requests that wish for the same
 * share a queue of clusters, best first; a choice changes one cluster, which gets another place in each queue.
 */
import TinyQueue from 'tinyqueue';
import { droppedBy } from '../../domain/scheduling/filters.js';
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

/** Stands for the score of a cluster that is dropped; no score equals it, and it does not equal itself. */
const noScore = Number.NaN;

/**
 * The clusters that can take one more of the same. There may be 100,000 of them, so each has a number here and not an object; that
 * and filters that tell their reason only to who asks made a batch over so many 3 times as fast.
 */
class Contest {
  readonly #picture: readonly ClusterPicture[];
  readonly #tally: Tally;
  /** Of the service, if all requests are of the same. */
  readonly #siblings: ReadonlyMap<string, number>;
  readonly #request: PlacementRequest;
  /** By place in the picture. */
  readonly #scores: Float64Array;
  /** The scores of the beginning, by which the first queue is in order. */
  readonly #firstScores: Float64Array;
  /** Places in the picture; outdated where the score is another one by now. */
  readonly #first: TinyQueue<number>;
  /** What has got another score since; outdated in the same way. */
  readonly #changed = new TinyQueue<Candidate>([], byScore);
  /** Replaced with each change, since results keep it. */
  dropped: Dropped;

  constructor(
    request: PlacementRequest,
    picture: readonly ClusterPicture[],
    tally: Tally,
    siblings: ReadonlyMap<string, number>,
  ) {
    this.#request = request;
    this.#picture = picture;
    this.#tally = tally;
    this.#siblings = siblings;
    const dropped: Partial<Record<FilterName, number>> = {};
    const scores = new Float64Array(picture.length);
    const places: number[] = [];
    picture.forEach((cluster, index) => {
      const free = tally.free(cluster);
      const filter = droppedBy(request, cluster, free);
      if (filter === undefined) places.push(index);
      else dropped[filter] = (dropped[filter] ?? 0) + 1;
      scores[index] = filter === undefined ? this.#score(cluster, free) : noScore;
    });
    const firstScores = scores.slice();
    this.#scores = scores;
    this.#firstScores = firstScores;
    this.#first = new TinyQueue(
      places,
      (a, b) => (firstScores[b] ?? noScore) - (firstScores[a] ?? noScore) || a - b,
    );
    this.dropped = dropped;
  }

  #score(cluster: ClusterPicture, free = this.#tally.free(cluster)): number {
    const nearby =
      this.#siblings.size === 0
        ? 0
        : (this.#siblings.get(spreadGroup(this.#request, cluster)) ?? 0);
    return totalScore(scoresOf(this.#request, cluster, free, nearby));
  }

  best(): Candidate | undefined {
    for (;;) {
      const top = this.#top();
      if (top === undefined) return undefined;
      // A choice at the same location may have made it worse since.
      const score = this.#score(top.cluster);
      if (score === top.score) return top;
      this.#replace({ ...top, score });
    }
  }

  /** The better one of both queues, without what is outdated. */
  #top(): Candidate | undefined {
    let index = this.#first.peek();
    while (index !== undefined && this.#firstScores[index] !== this.#scores[index]) {
      this.#first.pop();
      index = this.#first.peek();
    }
    let changed = this.#changed.peek();
    while (changed !== undefined && changed.score !== this.#scores[changed.index]) {
      this.#changed.pop();
      changed = this.#changed.peek();
    }
    const cluster = index === undefined ? undefined : this.#picture[index];
    if (index === undefined || cluster === undefined) return changed;
    const first = { cluster, index, score: this.#scores[index] ?? noScore };
    return changed === undefined || byScore(first, changed) <= 0 ? first : changed;
  }

  /** The cluster has less than before. */
  changed({ cluster, index }: Candidate): void {
    if (Number.isNaN(this.#scores[index])) return;
    const free = this.#tally.free(cluster);
    const filter = droppedBy(this.#request, cluster, free);
    if (filter === undefined) {
      this.#replace({ cluster, index, score: this.#score(cluster, free) });
      return;
    }
    this.#scores[index] = noScore;
    this.dropped = { ...this.dropped, [filter]: (this.dropped[filter] ?? 0) + 1 };
  }

  #replace(candidate: Candidate): void {
    this.#scores[candidate.index] = candidate.score;
    this.#changed.push(candidate);
  }
}

/** Each choice is told to all contests, so there are few; the oldest is given up first. */
const contestsMax = 8;

export class Contests {
  readonly #picture: readonly ClusterPicture[];
  readonly #tally: Tally;
  readonly #contests = new Map<string, Contest>();
  /** Number of requests by service. */
  readonly #requests = new Map<string, number>();

  /** @param requests - all of the batch */
  constructor(picture: readonly ClusterPicture[], requests: readonly PlacementRequest[]) {
    this.#picture = picture;
    this.#tally = new Tally(picture);
    for (const { serviceId } of requests)
      this.#requests.set(serviceId, (this.#requests.get(serviceId) ?? 0) + 1);
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

  /** Single first instances of services that wish for the same share one; the others are kept apart from their siblings. */
  #contestFor(request: PlacementRequest): Contest {
    const { serviceId, organizationId, runtime, resources, placement } = request;
    const siblings = this.#tally.siblings(request);
    const single = siblings.size === 0 && this.#requests.get(serviceId) === 1;
    const demand = JSON.stringify([
      single ? '' : serviceId,
      organizationId,
      runtime,
      resources,
      placement,
    ]);
    const known = this.#contests.get(demand);
    if (known) return known;
    for (const oldest of this.#contests.keys())
      if (this.#contests.size >= contestsMax) this.#contests.delete(oldest);
    const contest = new Contest(request, this.#picture, this.#tally, single ? none : siblings);
    this.#contests.set(demand, contest);
    return contest;
  }
}
