/** Typed HTTP client of the System Manager. Agents use the door `./agent`, schedulers `./scheduler`. */
export { createClient, OperationTimeoutError } from './client.js';
export type { ClientOptions, SystemManagerClient, WaitOptions } from './client.js';
export type { Answer, Init, Methods, PagedPath, PageItem, PathOf, RawMethods } from './calls.js';
export type { WatchOptions } from './events.js';
export type { RetryOptions } from './http.js';
export { ConnectionError, ProblemError, problemCode } from './problem.js';
export type * from './types.js';
export type { components, operations, paths } from './generated/openapi.js';
