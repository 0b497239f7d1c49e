import { WebSocket } from 'ws';
import type { Transport } from './transport.js';

type Listener<Args extends readonly unknown[]> = (...args: Args) => void;

/** The answer to an upgrade that was refused. */
export interface UpgradeAnswer {
  readonly statusCode?: number | undefined;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  on(event: 'data', listener: Listener<[chunk: Buffer]>): unknown;
  on(event: 'end' | 'error', listener: Listener<[]>): unknown;
}

/** What a session needs of a WebSocket; those of `ws` have it. */
export interface SessionSocket {
  readonly readyState: number;
  /** Bytes that the network has not taken yet. */
  readonly bufferedAmount: number;
  readonly isPaused: boolean;
  send(text: string, onTaken: (error?: Error | null) => void): void;
  close(code: number, reason: string): void;
  terminate(): void;
  pause(): void;
  resume(): void;
  on(event: 'open' | 'ping', listener: Listener<[]>): unknown;
  on(
    event: 'message',
    listener: Listener<[data: Buffer | ArrayBuffer | Buffer[], isBinary: boolean]>,
  ): unknown;
  on(
    event: 'unexpected-response',
    listener: Listener<[request: unknown, answer: UpgradeAnswer]>,
  ): unknown;
  on(event: 'error', listener: Listener<[error: Error]>): unknown;
  on(event: 'close', listener: Listener<[code: number, reason: Buffer]>): unknown;
}

/** Begins to connect to a door of the manager, with the token as proof. */
export type OpenSocket = (url: string, token: string) => SessionSocket;

/** `readyState` of a socket that is connected. */
export const openState = WebSocket.OPEN;

const subprotocol = 'system-manager.v1';
const frameBytesMax = 16 * 1024 * 1024;

/** Opens sockets of `ws`, over TLS and through a proxy as the transport of the moment says. */
export const webSocketOpener =
  (transport: () => Transport): OpenSocket =>
  (url, token) =>
    new WebSocket(url, subprotocol, {
      headers: { authorization: `Bearer ${token}` },
      maxPayload: frameBytesMax,
      perMessageDeflate: false,
      followRedirects: false,
      ...transport(),
    });
