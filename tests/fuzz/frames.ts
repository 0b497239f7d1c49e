/** Frames of agents, mutated from valid ones, by sessions that need no network. */
import { setImmediate as turn } from 'node:timers/promises';
import { parseAgentFrame } from '../../src/gateway/frames.js';
import type { Random } from '../simulation/engine/random.js';
import { MemorySocket } from './memory-socket.js';
import { mutateText, mutateValue } from './mutate.js';
import type { Plant } from './plant.js';

const endsWithinMs = 60_000;
const framesOfMemberMax = 20;

/** Valid frames of each kind, about what is really there. */
function valid(random: Random, plant: Plant, session: number): object {
  const order = { instanceId: plant.instanceId, generation: 1 + random.int(2), action: 'run' };
  const phase = random.pick(['CREATING', 'RUNNING', 'FAILED', 'UNDEPLOYED']);
  const { instanceId, generation } = order;
  return random.pick([
    { type: 'hello', name: plant.clusterName, capabilities: ['process'], labels: { tier: 'gold' } },
    {
      type: 'report',
      session,
      sequence: 1 + random.int(1_000_000),
      instances: [{ instanceId, generation, phase, use: { cpuCores: 0.5, memoryMiB: 20 } }],
      workers: [{ name: 'worker-1' }],
    },
    { type: 'ack', id: String(random.int(5)), orders: [order] },
    {
      type: 'nack',
      id: String(random.int(5)),
      orders: [order],
      problem: { type: '/problems/refused', title: 'No', status: 409 },
    },
    { type: 'rotate' },
  ]);
}

function mutated(random: Random, frame: object): Buffer {
  if (random.chance(0.03))
    return Buffer.from(Array.from({ length: random.int(64) }, () => random.int(256)));
  let value: unknown = frame;
  for (let times = 1 + random.int(3); times > 0; times -= 1) value = mutateValue(random, value);
  const text = JSON.stringify(value) ?? '';
  return Buffer.from(random.chance(0.3) ? mutateText(random, text) : text);
}

const isFrame = (data: Buffer): boolean => {
  try {
    parseAgentFrame(data.toString('utf8'));
    return true;
  } catch {
    return false;
  }
};

/** Looks at what the manager says in a session. */
class Listener {
  session = 0;
  fault: string | undefined;

  readonly hear = (text: string): void => {
    const frame = JSON.parse(text) as {
      type: string;
      session?: number;
      problem?: { status: number };
    };
    if (frame.type === 'welcome') this.session = frame.session ?? 0;
    if (frame.problem?.status === 500) this.fault = text;
  };

  check(socket: MemorySocket): void {
    if (socket.closed?.reason === 'internal')
      this.fault ??= 'the session was closed with "internal"';
  }
}

const open = (plant: Plant): { socket: MemorySocket; listener: Listener } => {
  const listener = new Listener();
  const socket = new MemorySocket(listener.hear);
  plant.manager.app.gateway.accept(socket.asWebSocket, {
    kind: 'cluster',
    clusterId: plant.cluster.cluster.id,
  });
  return { socket, listener };
};

async function until(condition: () => boolean): Promise<boolean> {
  for (const deadline = performance.now() + endsWithinMs; !condition(); await turn())
    if (performance.now() > deadline) return false;
  return true;
}

/** Somebody whose first frame is none: it must be refused. @returns how many frames were sent */
async function stranger(plant: Plant, index: number): Promise<number> {
  const random = plant.random('frames', index);
  const data = mutated(random, valid(random, plant, 1));
  const binary = random.chance(0.02);
  if (!binary && isFrame(data)) return 0;
  const { socket, listener } = open(plant);
  socket.receive(data, binary);
  const ended = await until(() => socket.closed !== undefined);
  listener.check(socket);
  const { code } = socket.closed ?? { code: 0 };
  if (!ended || (code !== 4400 && code !== 1009))
    listener.fault ??= `not refused, but ${code}: ${data.toString()}`;
  if (listener.fault !== undefined)
    plant.failures.push({ kind: 'frames', index, what: listener.fault });
  return 1;
}

/** An agent that says hello as it should, and then goes mad. @returns how many frames were sent */
async function member(plant: Plant, index: number): Promise<number> {
  const random = plant.random('frames', index);
  const { socket, listener } = open(plant);
  const name = plant.clusterName;
  socket.receive(Buffer.from(JSON.stringify({ type: 'hello', name, capabilities: ['process'] })));
  await until(() => listener.session > 0 || socket.closed !== undefined);
  let sent = 1;
  for (
    let left = random.int(framesOfMemberMax);
    left > 0 && socket.closed === undefined;
    left -= 1
  ) {
    const frame = valid(random, plant, listener.session);
    socket.receive(
      random.chance(0.6) ? Buffer.from(JSON.stringify(frame)) : mutated(random, frame),
    );
    sent += 1;
    await turn();
  }
  socket.receive(Buffer.from('{"type":"bye"}'));
  if (!(await until(() => socket.closed !== undefined))) {
    listener.fault = 'the session does not end';
    socket.terminate();
  }
  listener.check(socket);
  if (listener.fault !== undefined)
    plant.failures.push({ kind: 'frames', index, what: listener.fault });
  return sent;
}

/** Cases come in blocks: most of a block's are refused, and those leave everything as it is. */
export const framesPerBlock = 5_000;
const membersPerBlock = 40;

/** Cases of a block whose frames must be refused, then those of members. @returns how many frames were sent */
export async function refusedFrames(plant: Plant, block: number): Promise<number> {
  let sent = 0;
  for (let each = membersPerBlock; each < framesPerBlock; each += 1)
    sent += await stranger(plant, block * framesPerBlock + each);
  return sent;
}

export async function memberFrames(plant: Plant, block: number): Promise<number> {
  let sent = 0;
  for (let each = 0; each < membersPerBlock; each += 1)
    sent += await member(plant, block * framesPerBlock + each);
  return sent;
}

/** One case again. */
export const frameCase = (plant: Plant, index: number): Promise<number> =>
  index % framesPerBlock < membersPerBlock ? member(plant, index) : stranger(plant, index);
