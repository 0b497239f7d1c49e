import type { Client, ClientPathsWithMethod, MaybeOptionalInit } from 'openapi-fetch';
import type { paths } from './generated/openapi.js';
import type { Problem } from './types.js';

type Http = Client<paths>;
type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';

/** Paths that have this method. */
export type PathOf<M extends Method> = ClientPathsWithMethod<Http, M>;

/** Parameters, body, headers and signal of a call. */
export type Init<Path extends keyof paths, M extends Method> = MaybeOptionalInit<paths[Path], M>;

type RequiredKeys<T> = { [K in keyof T]-?: object extends Pick<T, K> ? never : K }[keyof T];

type InitArguments<I> =
  RequiredKeys<I> extends never ? [(I & Record<string, unknown>)?] : [I & Record<string, unknown>];

type SuccessStatus = 200 | 201 | 202 | 204;

type BodyOf<Answer> = Answer extends { content: infer Content }
  ? Content[keyof Content]
  : undefined;

/** Body of the success of an operation, as the contract has it. */
type Success<Operation> = Operation extends { responses: infer Responses }
  ? BodyOf<Responses[keyof Responses & SuccessStatus]>
  : never;

/** What an answer that is no JSON can be read as. */
interface ParsedAs {
  readonly text: string;
  readonly blob: Blob;
  readonly arrayBuffer: ArrayBuffer;
  readonly stream: ReadableStream<Uint8Array> | null;
}

type Parsed<Body, I> = I extends { parseAs: infer As extends keyof ParsedAs } ? ParsedAs[As] : Body;

type Result<Path extends keyof paths, M extends Method, I> = Parsed<Success<paths[Path][M]>, I>;

type Call<M extends Method> = <Path extends PathOf<M>, I extends Init<Path, M>>(
  path: Path,
  ...init: InitArguments<I>
) => Promise<Result<Path, M, I>>;

/** What came back, well or not. */
export type Answer<Data> =
  | { readonly data: Data; readonly error?: never; readonly response: Response }
  | { readonly data?: never; readonly error: Problem; readonly response: Response };

type RawCall<M extends Method> = <Path extends PathOf<M>, I extends Init<Path, M>>(
  path: Path,
  ...init: InitArguments<I>
) => Promise<Answer<Result<Path, M, I>>>;

/** The same as `Methods`, without throwing what the manager refuses, and with status and headers. */
export interface RawMethods {
  readonly GET: RawCall<'get'>;
  readonly POST: RawCall<'post'>;
  readonly PUT: RawCall<'put'>;
  readonly PATCH: RawCall<'patch'>;
  readonly DELETE: RawCall<'delete'>;
}

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
