import { instanceKey, type Order } from './frames.js';

/** Told once when an order is done (no error), or refused. */
export type OrderListener = (error?: unknown) => void;

interface Task {
  readonly order: Order;
  listeners: OrderListener[];
}

interface Lane {
  readonly key: string;
  running: Task | undefined;
  waiting: Task | undefined;
}

/** What became of the last order of a generation. */
type Done = { readonly action: Order['action'] } | { readonly refused: unknown };

export interface OrderQueueOptions {
  readonly concurrency: number;
  /** Carries an order out. */
  readonly handle: (order: Order) => Promise<void>;
  /** An order had nothing to do because its generation was stopped before. */
  readonly onVoid: (order: Order) => void;
  /** Called after each task, for the sake of backpressure. */
  readonly onProgress: () => void;
}

const rememberedMax = 20_000;
/** An order told more often than this while it is under way: the first frames that told it get no answer, the later ones do. */
const listenersMax = 16;

/**
 * Orders of one generation of an instance one after another, different ones side by side. The same order told again has no
 * second effect: it joins the one that is under way, or is answered from memory. A stop makes a run that has not begun void,
 * and every later one. A run that was refused stays refused: the manager may have placed it elsewhere since.
 */
export class OrderQueue {
  readonly #options: OrderQueueOptions;
  readonly #lanes = new Map<string, Lane>();
  readonly #ready: Lane[] = [];
  /** Last thing done for a generation; bounded, the oldest are forgotten. What lies further back is the handler's to know. */
  readonly #done = new Map<string, Done>();
  #active = 0;

  constructor(options: OrderQueueOptions) {
    this.#options = options;
  }

  /** Generations with orders that are not done. */
  get size(): number {
    return this.#lanes.size;
  }

  add(order: Order, listener: OrderListener): void {
    const key = instanceKey(order);
    const lane = this.#lanes.get(key);
    const last = lane?.waiting ?? lane?.running;
    if (last?.order.action === order.action) {
      last.listeners.push(listener);
      if (last.listeners.length > listenersMax) last.listeners.shift();
    } else if (last?.order.action === 'stop') {
      this.#options.onVoid(order);
      listener();
    } else if (last !== undefined || !this.#answer(key, order, listener)) {
      this.#enqueue(key, lane, { order, listeners: [listener] });
    }
  }

  /**
   * What a full report does not name the manager tells to run again; then that has to be done, whatever was done before.
   *
   * @param present - keys of all that the cluster has
   */
  forgetMissing(present: ReadonlySet<string>): void {
    for (const [key, done] of this.#done)
      if ('action' in done && done.action === 'run' && !present.has(key)) this.#done.delete(key);
  }

  /** Answers from memory. @returns false when it has to be carried out */
  #answer(key: string, order: Order, listener: OrderListener): boolean {
    const done = this.#done.get(key);
    if (done === undefined) return false;
    if ('refused' in done) {
      if (order.action === 'run') listener(done.refused);
      return order.action === 'run';
    }
    if (done.action === 'stop') this.#options.onVoid(order);
    if (done.action === 'stop' || done.action === order.action) listener();
    return done.action === 'stop' || done.action === order.action;
  }

  /** Only a stop behind a run can come upon a lane that is in use. */
  #enqueue(key: string, lane: Lane | undefined, task: Task): void {
    if (lane?.waiting !== undefined) {
      const voided = lane.waiting;
      lane.waiting = task;
      settle(voided);
    } else if (lane !== undefined) {
      lane.waiting = task;
    } else {
      const fresh: Lane = { key, running: undefined, waiting: task };
      this.#lanes.set(key, fresh);
      this.#ready.push(fresh);
      this.#pump();
    }
  }

  #pump(): void {
    while (this.#active < this.#options.concurrency) {
      const lane = this.#ready.shift();
      if (lane === undefined) return;
      this.#active += 1;
      void this.#work(lane);
    }
  }

  async #work(lane: Lane): Promise<void> {
    for (let task = lane.waiting; task !== undefined; task = lane.waiting) {
      lane.waiting = undefined;
      lane.running = task;
      try {
        await this.#options.handle(task.order);
        this.#remember(lane.key, { action: task.order.action });
        settle(task);
      } catch (error) {
        if (task.order.action === 'run') this.#remember(lane.key, { refused: error });
        settle(task, error);
      }
      lane.running = undefined;
    }
    this.#lanes.delete(lane.key);
    this.#active -= 1;
    this.#pump();
    this.#options.onProgress();
  }

  #remember(key: string, done: Done): void {
    this.#done.delete(key);
    this.#done.set(key, done);
    if (this.#done.size <= rememberedMax) return;
    const oldest = this.#done.keys().next();
    if (oldest.done !== true) this.#done.delete(oldest.value);
  }
}

function settle(task: Task, error?: unknown): void {
  const { listeners } = task;
  task.listeners = [];
  for (const listener of listeners) listener(error);
}
