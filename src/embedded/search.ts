/** Runs a plan step by step: reads, filters, sorts, skips and limits without holding results. */
import { decode, type Doc } from './bson.js';
import type { Collection } from './catalog.js';
import { documentKey, entryPart, indexKeys, type Found } from './documents.js';
import { StoreError } from './errors.js';
import { encodeKeys, type Interval } from './keys.js';
import type { Entry, View, Walk } from './kv.js';
import { indexRows } from './paths.js';
import { planQuery, type IndexPlan, type Plan, type SortSpec } from './planner.js';
import { compileFilter, type Matcher } from './query.js';
import type { Index } from './catalog.js';

/** A document a search found; decoded on demand, since many answers never need it. */
export class Hit implements Found {
  private decoded: Doc | undefined;

  constructor(
    readonly idPart: Buffer,
    readonly raw: Buffer,
  ) {}

  get doc(): Doc {
    return (this.decoded ??= decode(this.raw));
  }
}

/** Returned instead of a hit when a while was spent without one, so that others get their turn. */
export const BUSY = Symbol('busy');

/** What a search is for, beyond its filter. */
export interface SearchOptions {
  readonly sort?: SortSpec | undefined;
  readonly skip?: number;
  /** Zero means no limit. */
  readonly limit?: number;
  readonly hint?: Index | undefined;
}

/** What a search cost, for `explain`. */
export interface SearchStats {
  keysExamined: number;
  docsExamined: number;
}

const STEPS_BEFORE_BUSY = 128;
const SORT_BYTES_MAX = 100 * 1024 * 1024;

/** Reads the hits of one index plan in index order. */
class IndexScan {
  private at = 0;
  private walk: Walk | undefined;
  private readonly intervals: readonly Interval[];
  private readonly matches: Matcher | undefined;

  constructor(
    private readonly view: View,
    private readonly collection: Collection,
    private readonly plan: IndexPlan,
    matches: Matcher,
    private readonly earlier: readonly Matcher[],
    private readonly stats: SearchStats,
  ) {
    this.intervals = plan.reverse ? [...plan.intervals].reverse() : plan.intervals;
    this.matches = plan.exact ? undefined : matches;
  }

  /** The next entry's document: a hit, BUSY if it did not match, undefined at the end. */
  step(): Hit | typeof BUSY | undefined {
    const entry = this.nextEntry();
    if (entry === undefined || entry === BUSY) return entry;
    const hit = this.fetch(entry);
    if (!hit) return BUSY;
    if (this.matches && !this.matches(hit.doc)) return BUSY;
    return this.earlier.some((matches) => matches(hit.doc)) ? BUSY : hit;
  }

  pause(): void {
    this.walk?.pause();
  }

  private nextEntry(): Entry | typeof BUSY | undefined {
    const { index, points, reverse } = this.plan;
    for (; this.at < this.intervals.length; this.at++) {
      const interval = this.intervals[this.at] as Interval;
      if (points) {
        this.at++;
        const key = Buffer.concat([index.prefix, interval.low]);
        const value = this.view.get(key);
        this.stats.keysExamined++;
        return value ? { key, value } : BUSY;
      }
      this.walk ??= this.view.walk(
        Buffer.concat([index.prefix, interval.low]),
        Buffer.concat([index.prefix, interval.high]),
        reverse,
      );
      const entry = this.walk.next();
      if (entry) {
        this.stats.keysExamined++;
        return entry;
      }
      this.walk = undefined;
    }
    return undefined;
  }

  private fetch(entry: Entry): Hit | undefined {
    const { index } = this.plan;
    this.stats.docsExamined++;
    if (index.primary) return new Hit(entry.key.subarray(index.prefix.length), entry.value);
    const raw = this.view.get(documentKey(this.collection, entry.value));
    if (!raw) return undefined;
    const hit = new Hit(entry.value, raw);
    return index.multikey && !this.isFirstEntry(hit, entry) ? undefined : hit;
  }

  /** A document with several entries in range counts at the first one only; needs no memory. */
  private isFirstEntry(hit: Hit, entry: Entry): boolean {
    const { index, reverse } = this.plan;
    const inside = indexKeys(index, hit.doc)
      .map(({ part }) => part)
      .filter((part) => this.intervals.some(({ low, high }) => within(part, low, high)))
      .sort(Buffer.compare);
    const first = reverse ? inside.at(-1) : inside[0];
    return first?.equals(entryPart(index, entry)) ?? false;
  }
}

const within = (part: Buffer, low: Buffer, high: Buffer): boolean =>
  Buffer.compare(part, low) >= 0 && Buffer.compare(part, high) < 0;

interface SortItem {
  readonly key: Buffer;
  readonly idPart: Buffer;
}

const byKey = (a: SortItem, b: SortItem): number =>
  Buffer.compare(a.key, b.key) || Buffer.compare(a.idPart, b.idPart);

/** The bytes by which a document is sorted: the least of its rows, as an index would have it. */
export function sortKey(doc: Doc, sort: SortSpec): Buffer {
  const paths = sort.map((field) => field.parts);
  const descending = sort.map((field) => field.descending);
  const { rows } = indexRows(doc, paths, () => undefined);
  const keys = rows.map((row) => encodeKeys(row, descending));
  return keys.reduce((least, key) => (Buffer.compare(key, least) < 0 ? key : least));
}

/** A running query. Call {@link Search.advance} until it returns undefined. */
export class Search {
  readonly plan: Plan;
  readonly stats: SearchStats = { keysExamined: 0, docsExamined: 0 };
  private readonly scans: IndexScan[];
  private current = 0;
  private toSkip: number;
  private left: number;
  private gathered: SortItem[] | undefined;
  private gatheredBytes = 0;
  private output: SortItem[] | undefined;
  private given = 0;

  constructor(
    private readonly view: View,
    private readonly collection: Collection,
    filter: Doc,
    private readonly options: SearchOptions = {},
  ) {
    const matches = compileFilter(filter);
    this.plan = planQuery(collection, filter, options.sort, options.hint);
    const several = this.plan.branches.length > 1;
    const earlier: Matcher[] = [];
    this.scans = this.plan.branches.map((branch) => {
      const own = several ? compileFilter(branch.filter) : matches;
      const scan = new IndexScan(view, collection, branch.plan, own, [...earlier], this.stats);
      earlier.push(own);
      return scan;
    });
    this.toSkip = options.skip ?? 0;
    this.left = options.limit ? options.limit : Infinity;
    if (options.sort && !this.plan.sorted) this.gathered = [];
  }

  /** The next hit, BUSY when it took long, undefined at the end. */
  advance(): Hit | typeof BUSY | undefined {
    if (this.left <= 0) return undefined;
    for (let steps = 0; steps < STEPS_BEFORE_BUSY; steps++) {
      const hit = this.gathered ? this.sortedStep() : this.scanStep();
      if (hit === BUSY) continue;
      if (hit === undefined) return undefined;
      if (this.toSkip > 0) {
        this.toSkip--;
        continue;
      }
      this.left--;
      return hit;
    }
    return BUSY;
  }

  /** The next hit, however long it takes; for use inside a write group. */
  next(): Hit | undefined {
    for (;;) {
      const hit = this.advance();
      if (hit !== BUSY) return hit;
    }
  }

  /** Whether the limit is reached; there may be more to read otherwise. */
  get exhausted(): boolean {
    return this.left <= 0;
  }

  /** Lets go of LMDB until the next step. */
  pause(): void {
    this.scans[this.current]?.pause();
  }

  private scanStep(): Hit | typeof BUSY | undefined {
    const scan = this.scans[this.current];
    if (!scan) return undefined;
    const hit = scan.step();
    if (hit !== undefined) return hit;
    this.current++;
    return BUSY;
  }

  private sortedStep(): Hit | typeof BUSY | undefined {
    if (!this.output) {
      const hit = this.scanStep();
      if (hit === BUSY) return BUSY;
      if (hit) this.gather(hit);
      else this.output = (this.gathered ?? []).sort(byKey);
      return BUSY;
    }
    const item = this.output[this.given++];
    if (!item) return undefined;
    const raw = this.view.get(documentKey(this.collection, item.idPart));
    return raw ? new Hit(item.idPart, raw) : BUSY;
  }

  /** Keeps what the sort needs; with a limit never much more than the limit. */
  private gather(hit: Hit): void {
    const gathered = this.gathered ?? [];
    const item = { key: sortKey(hit.doc, this.options.sort ?? []), idPart: hit.idPart };
    gathered.push(item);
    this.gatheredBytes += item.key.length + item.idPart.length + 200;
    const wanted = this.options.limit ? this.toSkip + this.options.limit : Infinity;
    if (gathered.length > 2 * wanted + 100) {
      gathered.sort(byKey).length = wanted;
      this.gatheredBytes = gathered.reduce(
        (sum, kept) => sum + kept.key.length + kept.idPart.length + 200,
        0,
      );
    }
    if (this.gatheredBytes > SORT_BYTES_MAX) {
      throw new StoreError(
        'QueryExceededMemoryLimitNoDiskUseAllowed',
        'the sort exceeded 100 MiB of memory; add an index or a limit',
      );
    }
  }
}

const TURN_MS = 8;
const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Takes a break now and then so that one long command does not hold up all others. */
export class Breather {
  private until = performance.now() + TURN_MS;

  constructor(private readonly deadline: number = Infinity) {}

  /** Whether it is time for a break; throws when the command's own time is up. */
  due(): boolean {
    const now = performance.now();
    if (now > this.deadline)
      throw new StoreError('MaxTimeMSExpired', 'operation exceeded time limit');
    return now > this.until;
  }

  async pause(search: { pause(): void }): Promise<void> {
    search.pause();
    await nextTurn();
    this.until = performance.now() + TURN_MS;
  }
}

/** Visits every hit of a search, with breaks. */
export async function visitAll(
  search: Search,
  breather: Breather,
  visit: (hit: Hit) => void,
): Promise<void> {
  try {
    for (let hit = search.advance(); hit !== undefined; hit = search.advance()) {
      if (hit !== BUSY) visit(hit);
      if (breather.due()) await breather.pause(search);
    }
  } finally {
    search.pause();
  }
}
