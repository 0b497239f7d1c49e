/** Frames that come back as they are: what WebSockets on this machine can give to as many as report. */
import { once } from 'node:events';
import { WebSocket } from 'ws';
import { ratePerSecond } from './measure.js';

/** About the size of a report of ten instances. */
const frame = 'x'.repeat(2_000);

/** Connections that send the next frame as soon as the last one is back. @returns frames a second */
export async function echoRate(url: string, connections: number, seconds: number): Promise<number> {
  const sockets = await Promise.all(
    Array.from({ length: connections }, async () => {
      const socket = new WebSocket(url.replace('http', 'ws'), { perMessageDeflate: false });
      await once(socket, 'open');
      return socket;
    }),
  );
  const free = [...sockets];
  try {
    return await ratePerSecond(connections, seconds, async () => {
      const socket = free.pop();
      if (socket === undefined) throw new Error('there are more hands than connections');
      const back = once(socket, 'message');
      socket.send(frame);
      await back;
      free.push(socket);
    });
  } finally {
    for (const socket of sockets) socket.terminate();
  }
}
