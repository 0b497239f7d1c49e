/** Asks a manager to switch to WebSocket, and tells what it answers, whatever that is. */
import type { IncomingMessage } from 'node:http';
import { WebSocket } from 'ws';
import { headersOf, type Answer, type Call } from './calls.js';

export const subprotocol = 'system-manager.v1';

const toAnswer = (response: IncomingMessage, text: string): Answer => ({
  status: response.statusCode ?? 0,
  headers: response.headers as Record<string, string>,
  text,
});

async function readAll(response: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of response) text += String(chunk);
  return text;
}

/** @param protocols - subprotocols that are offered */
export function upgrade(
  url: string,
  call: Pick<Call, 'path' | 'token' | 'headers'>,
  protocols: readonly string[] = [subprotocol],
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(`${url.replace(/^http/, 'ws')}${call.path}`, [...protocols], {
      headers: headersOf(call),
    });
    socket.on('error', reject);
    socket.on('upgrade', (response) => {
      socket.on('open', () => {
        socket.on('close', () => {
          resolve(toAnswer(response, ''));
        });
        socket.terminate();
      });
    });
    socket.on('unexpected-response', (_request, response) => {
      readAll(response).then((text) => {
        resolve(toAnswer(response, text));
      }, reject);
    });
  });
}
