/** Runs a plan step by step: reads, filters, sorts, skips and limits without holding results. */
import { decode, type Doc } from './bson.js';
import type { Collection } from './catalog.js';
import { documentKey, entryPart, indexKeys, type Found } from './documents.js';
import { StoreError } from './errors.js';
import { encodeKeys } from './keys.js';
import type { Entry, View, Walk } from './kv.js';
import { indexRows } from './paths.js';
import { planQuery, type Plan, type SortSpec } from './planner.js';
import type { Filter, Matcher } from './query.js';

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
}

const STEPS_BEFORE_BUSY = 128;
const SORT_BYTES_MAX = 100 * 1024 * 1024;
const SORT_ITEM_BYTES = 200;

/** Reads the hits of a plan in index order. */
class IndexScan {
  /** What it cost, for `explain`. */
  keysExamined = 0;
  docsExamined = 0;
  private at = 0;
  private walk: Walk | undefined;
  private readonly intervals: Plan['intervals'];

  constructor(
    private readonly view: View,
    private readonly collection: Collection,
    private readonly plan: Plan,
    private readonly matches: Matcher,
  ) {
    this.intervals = plan.reverse ? [...plan.intervals].reverse() : plan.intervals;
  }

  /** The next entry's document: a hit, BUSY if it did not match, undefined at the end. */
  step(): Hit | typeof BUSY | undefined {
    const entry = this.nextEntry();
    if (entry === undefined || entry === BUSY) return entry;
    this.keysExamined++;
    const hit = this.fetch(entry);
    return hit && (this.plan.exact || this.matches(hit.doc)) ? hit : BUSY;
  }

  pause(): void {
    this.walk?.pause();
  }

  private nextEntry(): Entry | typeof BUSY | undefined {
    const { index, points, reverse } = this.plan;
    const interval = this.intervals[this.at];
    if (!interval) return undefined;
    const low = Buffer.concat([index.prefix, interval.low]);
    if (points) {
      this.at++;
      const value = this.view.get(low);
      return value ? { key: low, value } : BUSY;
    }
    this.walk ??= this.view.walk(low, Buffer.concat([index.prefix, interval.high]), reverse);
    const entry = this.walk.next();
    if (entry) return entry;
    this.walk = undefined;
    this.at++;
    return BUSY;
  }

  private fetch(entry: Entry): Hit | undefined {
    const { index } = this.plan;
    this.docsExamined++;
    if (index.primary) return new Hit(entry.key.subarray(index.prefix.length), entry.value);
    const raw = this.view.get(documentKey(this.collection, entry.value));
    const hit = raw && new Hit(entry.value, raw);
    return hit && index.multikey && !this.isFirstEntry(hit, entry) ? undefined : hit;
  }

  /** A document with several entries in range counts at the first one only; needs no memory. */
  private isFirstEntry(hit: Hit, entry: Entry): boolean {
    const { index, reverse } = this.plan;
    const { keys } = indexKeys(index, hit.doc);
    if (keys.length === 1) return true;
    const inside = keys
      .map(({ part }) => part)
      .filter((part) => this.intervals.some(({ low, high }) => within(part, low, high)))
      .sort(Buffer.compare);
    return (reverse ? inside.at(-1) : inside[0])?.equals(entryPart(index, entry)) ?? false;
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
function sortKey(doc: Doc, sort: SortSpec): Buffer {
  const descending = sort.map((field) => field.descending);
  const { rows } = indexRows(
    doc,
    sort.map((field) => field.parts),
  );
  const keys = rows.map((row) => encodeKeys(row, descending));
  return keys.reduce((least, key) => (Buffer.compare(key, least) < 0 ? key : least));
}

/** A running query. Call {@link Search.advance} until it returns undefined. */
export class Search {
  readonly plan: Plan;
  readonly scan: IndexScan;
  private toSkip: number;
  private left: number;
  /** Keys to sort by, while they are gathered. */
  private gathered: SortItem[] | undefined;
  private gatheredBytes = 0;
  private output: Iterator<SortItem> | undefined;

  constructor(
    private readonly view: View,
    private readonly collection: Collection,
    filter: Filter,
    private readonly options: SearchOptions = {},
  ) {
    this.plan = planQuery(collection, filter.doc, options.sort);
    this.scan = new IndexScan(view, collection, this.plan, filter.matches);
    this.toSkip = options.skip ?? 0;
    this.left = options.limit || Infinity;
    if (!this.plan.sorted) this.gathered = [];
  }

  /** The next hit, BUSY when it took long, undefined at the end. */
  advance(): Hit | typeof BUSY | undefined {
    if (this.collection.dropped)
      throw new StoreError('QueryPlanKilled', `collection ${this.collection.ns} was dropped`);
    for (let steps = 0; steps < STEPS_BEFORE_BUSY && this.left > 0; steps++) {
      const hit = this.gathered ? this.sortedStep(this.gathered) : this.scan.step();
      if (hit === undefined) return undefined;
      if (hit === BUSY || this.toSkip-- > 0) continue;
      this.left--;
      return hit;
    }
    return this.left > 0 ? BUSY : undefined;
  }

  /** How many documents match, if the index alone can tell. */
  countKeys(): number | undefined {
    const { plan, view } = this;
    if (!plan.exact || plan.points || !view.count) return undefined;
    const { prefix } = plan.index;
    let keys = 0;
    for (const { low, high } of plan.intervals)
      keys += view.count(Buffer.concat([prefix, low]), Buffer.concat([prefix, high]));
    return keys;
  }

  /** Lets go of LMDB until the next step. */
  pause(): void {
    this.scan.pause();
  }

  private sortedStep(gathered: SortItem[]): Hit | typeof BUSY | undefined {
    if (!this.output) {
      const hit = this.scan.step();
      if (hit === undefined) this.output = gathered.sort(byKey).values();
      else if (hit !== BUSY) this.gather(gathered, hit);
      return BUSY;
    }
    const next = this.output.next();
    if (next.done) return undefined;
    const item = next.value;
    const raw = this.view.get(documentKey(this.collection, item.idPart));
    return raw ? new Hit(item.idPart, raw) : BUSY;
  }

  /** Keeps what the sort needs; with a limit never much more than the limit. */
  private gather(gathered: SortItem[], hit: Hit): void {
    const { sort = [], skip = 0, limit } = this.options;
    const size = ({ key, idPart }: SortItem): number =>
      key.length + idPart.length + SORT_ITEM_BYTES;
    const item = { key: sortKey(hit.doc, sort), idPart: hit.idPart };
    gathered.push(item);
    this.gatheredBytes += size(item);
    const wanted = limit ? skip + limit : Infinity;
    if (gathered.length > 2 * wanted + 100) {
      gathered.sort(byKey).length = wanted;
      this.gatheredBytes = gathered.reduce((sum, kept) => sum + size(kept), 0);
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
    await new Promise<void>((resolve) => setImmediate(resolve));
    this.until = performance.now() + TURN_MS;
  }
}

/** Visits every hit of a search, with breaks. */
export async function visitAll(
  search: Search,
  deadline: number,
  visit: (hit: Hit) => void,
): Promise<void> {
  const breather = new Breather(deadline);
  try {
    for (let hit = search.advance(); hit !== undefined; hit = search.advance()) {
      if (hit !== BUSY) visit(hit);
      if (breather.due()) await breather.pause(search);
    }
  } finally {
    search.pause();
  }
}
