import type {
  Client,
  ClientPathsWithMethod,
  MaybeOptionalInit,
  MethodResponse,
} from 'openapi-fetch';
import type { paths } from './generated/openapi.js';

type Http = Client<paths>;
type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';

/** Paths that have this method. */
export type PathOf<M extends Method> = ClientPathsWithMethod<Http, M>;

/** Parameters, body, headers and signal of a call. */
export type Init<Path extends keyof paths, M extends Method> = MaybeOptionalInit<paths[Path], M>;

type RequiredKeys<T> = { [K in keyof T]-?: object extends Pick<T, K> ? never : K }[keyof T];

type Call<M extends Method> = <Path extends PathOf<M>, I extends Init<Path, M>>(
  path: Path,
  ...init: RequiredKeys<I> extends never
    ? [(I & Record<string, unknown>)?]
    : [I & Record<string, unknown>]
) => Promise<MethodResponse<Http, M, Path, I>>;

/** One method for each of HTTP's; each takes a path of the contract and hands out the body of the success. */
export interface Methods {
  readonly get: Call<'get'>;
  readonly post: Call<'post'>;
  readonly put: Call<'put'>;
  readonly patch: Call<'patch'>;
  readonly delete: Call<'delete'>;
}

type Listed<Path extends keyof paths> = paths[Path] extends {
  get: { responses: { 200: { content: { 'application/json': { items: (infer Item)[] } } } } };
}
  ? Item
  : never;

/** Paths that answer with a list. */
export type PagedPath = {
  [Path in keyof paths]: [Listed<Path>] extends [never] ? never : Path;
}[keyof paths];

/** What such a list holds. */
export type PageItem<Path extends PagedPath> = Listed<Path>;
