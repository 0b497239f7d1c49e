/** One client: frames in, commands one after the other, frames out. */
import type { Socket } from 'node:net';
import { decode } from './bson.js';
import type { Dispatcher } from './dispatch.js';
import { StoreError, errorReply } from './errors.js';
import { Request } from './request.js';
import { FrameReader, encodeReply, parseFrame, type Frame } from './wire.js';

/** Frames of one connection that may wait; beyond that its socket is not read. */
const WAITING_MAX = 16;

/** Serves a socket until it closes. */
export function serveConnection(
  socket: Socket,
  connection: Request['connection'],
  dispatch: Dispatcher,
  onFault: (message: string) => void,
): void {
  const reader = new FrameReader();
  const waiting: Buffer[] = [];
  let busy = false;

  const fault = (error: unknown): void => {
    onFault(error instanceof Error ? error.message : String(error));
    socket.destroy();
  };

  const answer = (frame: Frame): Promise<void> | void => {
    const send = (reply: object): void => {
      if (frame.wantsReply && !socket.destroyed) socket.write(encodeReply(reply, frame));
    };
    const fail = (error: unknown): void => send(errorReply(error));
    try {
      const body = decode(frame.body);
      const name = body.keys().next().value ?? '';
      if (frame.legacy && !/^(hello|ismaster)$/i.test(name)) {
        throw new StoreError(
          'UnsupportedOpQueryCommand',
          `Unsupported OP_QUERY command: ${name}. The client driver may require an upgrade.`,
        );
      }
      if (frame.legacy) body.set('$db', 'admin');
      const request = new Request(name, body, connection, frame.sequences);
      const reply = dispatch(request);
      if (!(reply instanceof Promise)) return send(reply);
      return reply.then(send, fail);
    } catch (error) {
      fail(error);
    }
  };

  const drain = (): void => {
    while (!busy && waiting.length > 0) {
      const bytes = waiting.shift() as Buffer;
      try {
        const pending = answer(parseFrame(bytes));
        if (pending) {
          busy = true;
          pending.catch(fault).finally(() => {
            busy = false;
            drain();
          });
        }
      } catch (error) {
        return fault(error);
      }
    }
    if (waiting.length < WAITING_MAX && socket.isPaused()) socket.resume();
  };

  socket.setNoDelay(true);
  socket.on('error', (error) => onFault(error.message));
  socket.on('data', (chunk) => {
    try {
      waiting.push(...reader.push(chunk));
    } catch (error) {
      return fault(error);
    }
    if (waiting.length >= WAITING_MAX) socket.pause();
    drain();
  });
}
