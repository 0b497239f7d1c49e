/** What the client needs of its surroundings, in Node.js: undici, for pools of connections, TLS options and proxies. */
import { Agent, fetch, Headers, Request, Response, type Dispatcher } from 'undici';

export { fetch, Headers, Request, Response };
export type { Dispatcher };

/** A pool of connections for one client. Streams of events may be silent for as long as they like. */
export const createDispatcher = (): Dispatcher | undefined =>
  new Agent({ bodyTimeout: 0, connections: 128 });
