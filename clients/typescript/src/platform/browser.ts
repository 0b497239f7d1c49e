/** The same as `node.ts` where there is only the web: browsers, and runtimes like them. They keep their connections themselves. */
import type * as node from './node.js';

const web = globalThis as unknown as Pick<
  typeof node,
  'Headers' | 'Request' | 'Response' | 'fetch'
>;

export const { Headers, Request, Response } = web;
// Looked up at each call, and called as a function of the global object, as browsers demand.
export const fetch: typeof node.fetch = (...input) => web.fetch(...input);

export const createDispatcher: typeof node.createDispatcher = () => undefined;
