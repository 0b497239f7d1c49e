/** A scheduler that does what a test tells it: it speaks raw frames and keeps everything it got. By itself it does nothing. */
import { WebSocket } from 'ws';
import { schedulerToken } from './app.js';
import type { Schemas } from './calls.js';
import type { Closed } from './fake-agent.js';
import { Happenings } from './happenings.js';
import { subprotocol } from './upgrade.js';

type ManagerFrame = Schemas['SchedulerManagerFrame'];
type Frame<T extends ManagerFrame['type']> = Extract<ManagerFrame, { type: T }>;
export type PlaceFrame = Schemas['PlaceFrame'];
export type PlacementRequest = Schemas['PlacementRequest'];
export type PlacementAnswer = Schemas['PlacementAnswer'];

export class FakeScheduler {
  readonly frames = new Happenings<ManagerFrame>();
  readonly #ends = new Happenings<Closed>();
  readonly #socket: WebSocket;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.on('message', (data: Buffer) => {
      this.frames.add(JSON.parse(data.toString('utf8')) as ManagerFrame);
    });
    socket.on('close', (code, reason) => {
      this.#ends.add({ code, reason: reason.toString('utf8') });
    });
    // A connection that breaks is told by its close code.
    socket.on('error', () => undefined);
  }

  /** Connects; with a name it also says hello and waits for the picture. */
  static async connect(url: string, name?: string, requestsMax = 200): Promise<FakeScheduler> {
    const socket = new WebSocket(`${url.replace(/^http/, 'ws')}/schedule`, [subprotocol], {
      headers: { authorization: `Bearer ${schedulerToken}` },
    });
    const scheduler = new FakeScheduler(socket);
    await new Promise<void>((resolve, reject) => {
      socket.once('open', resolve);
      socket.once('error', reject);
    });
    if (name === undefined) return scheduler;
    scheduler.send({ type: 'hello', name, requestsMax });
    await scheduler.next('clusters');
    return scheduler;
  }

  get closed(): Promise<Closed> {
    return this.#ends.find('the end of the connection', (each): each is Closed => each.code > 0);
  }

  next<T extends ManagerFrame['type']>(
    type: T,
    fits: (frame: Frame<T>) => boolean = () => true,
  ): Promise<Frame<T>> {
    return this.frames.find(
      type,
      (frame): frame is Frame<T> => frame.type === type && fits(frame as Frame<T>),
    );
  }

  /** The batch that asks about an instance of the service, the nth time. */
  async asked(serviceId: string, times = 1): Promise<PlaceFrame> {
    const about = ({ requests }: PlaceFrame): boolean =>
      requests.some((request) => request.serviceId === serviceId);
    let seen = 0;
    return this.next('place', (frame) => about(frame) && (seen += 1) === times);
  }

  send(frame: object): void {
    this.#socket.send(JSON.stringify(frame));
  }

  /** Answers all requests of a batch. */
  answer(
    { id, requests }: PlaceFrame,
    choose: (request: PlacementRequest) => Omit<PlacementAnswer, 'instanceId'>,
  ): void {
    const placements = requests.map((request) => ({
      instanceId: request.instanceId,
      ...choose(request),
    }));
    this.send({ type: 'placed', id, placements });
  }

  async drop(): Promise<void> {
    this.#socket.terminate();
    await this.closed;
  }
}
