/** Which endpoint a request is for, by the rules of the originals: collections end with a slash, items do not. */
import type { Caller } from '../guards.js';
import type { Answer } from './encodings.js';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/**
 * Who may ask. `jwt` and `auth`: whoever shows an access token; they differ in how they refuse. `refresh`: whoever shows a refresh
 * token. `peer`: addresses of the configured networks. `public`: everybody.
 */
export type Guard = 'jwt' | 'auth' | 'refresh' | 'peer' | 'public';

/** What of a body is looked at before anything else: JSON must be sound (`checked`), or nothing at all. */
export type BodyRule = 'checked' | 'unchecked';

export interface OakRequest {
  readonly path: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly contentType: string;
  readonly body: Buffer;
  /** Of `checked` bodies; nothing where there was no JSON. */
  readonly fields: Readonly<Record<string, unknown>> | undefined;
  /** From where. */
  readonly address: string;
}

/** A request of somebody who has shown a token. */
export interface CallerRequest extends OakRequest {
  readonly caller: Caller;
}

interface RouteOf<G extends Guard, R extends OakRequest> {
  /** Name in the audit log and in measurements. */
  readonly id: string;
  readonly method: Method;
  /** `/api/service/:id`; a slash at the end belongs to it. */
  readonly path: string;
  readonly guard: G;
  /** Only administrators. */
  readonly admin?: boolean;
  /** Only the user whom the path names as `:username`. */
  readonly self?: boolean;
  /** Not for those who only look. */
  readonly writes?: boolean;
  readonly body?: BodyRule;
  readonly handle: (request: R) => Promise<Answer>;
}

export type Route =
  RouteOf<'jwt' | 'auth' | 'refresh', CallerRequest> | RouteOf<'peer' | 'public', OakRequest>;

interface Pattern {
  readonly segments: readonly string[];
  readonly byMethod: Map<string, Route>;
}

/** What becomes of a request. */
export type Found =
  | {
      readonly kind: 'route';
      readonly route: Route;
      readonly params: Readonly<Record<string, string>>;
    }
  | { readonly kind: 'redirect'; readonly to: string }
  | { readonly kind: 'options'; readonly allow: string }
  | { readonly kind: 'wrong-method' }
  | { readonly kind: 'unknown' };

const decoded = (segment: string): string | undefined => {
  try {
    return decodeURIComponent(segment);
  } catch {
    // Not a text in UTF-8.
    return undefined;
  }
};

function paramsOf(
  pattern: readonly string[],
  segments: readonly string[],
): Readonly<Record<string, string>> | undefined {
  if (pattern.length !== segments.length) return undefined;
  const params: Record<string, string> = {};
  for (const [index, wanted] of pattern.entries()) {
    const given = decoded(segments[index] ?? '');
    if (given === undefined) return undefined;
    if (!wanted.startsWith(':')) {
      if (given !== wanted) return undefined;
    } else if (given === '') return undefined;
    else params[wanted.slice(1)] = given;
  }
  return params;
}

/** How far a pattern goes without a variable; of two that fit, the one that goes further is meant. */
const fixedLength = ({ segments }: Pattern): number => {
  const first = segments.findIndex((segment) => segment.startsWith(':'));
  return first === -1 ? segments.length : first;
};

export class RouteTable {
  readonly #patterns: readonly Pattern[];

  constructor(routes: readonly Route[]) {
    const patterns = new Map<string, Pattern>();
    for (const route of routes) {
      const pattern = patterns.get(route.path) ?? {
        segments: route.path.split('/'),
        byMethod: new Map<string, Route>(),
      };
      pattern.byMethod.set(route.method, route);
      patterns.set(route.path, pattern);
    }
    this.#patterns = [...patterns.values()].sort((a, b) => fixedLength(b) - fixedLength(a));
  }

  /** @param url - path and query as they came */
  find(method: string, url: string): Found {
    const [path = '', ...rest] = url.split('?');
    const query = rest.length === 0 ? '' : `?${rest.join('?')}`;
    if (path.includes('//')) return { kind: 'redirect', to: path.replace(/\/{2,}/g, '/') + query };
    const exact = this.#match(path);
    if (exact) return this.#choose(exact, method);
    const collection = path.endsWith('/') ? undefined : this.#match(`${path}/`);
    if (collection === undefined) return { kind: 'unknown' };
    return this.#takes(collection.pattern, method) || method === 'OPTIONS'
      ? { kind: 'redirect', to: `${path}/${query}` }
      : { kind: 'wrong-method' };
  }

  #match(path: string) {
    const segments = path.split('/');
    for (const pattern of this.#patterns) {
      const params = paramsOf(pattern.segments, segments);
      if (params) return { pattern, params };
    }
    return undefined;
  }

  #takes({ byMethod }: Pattern, method: string): boolean {
    return byMethod.has(method) || (method === 'HEAD' && byMethod.has('GET'));
  }

  #choose(
    { pattern, params }: { pattern: Pattern; params: Readonly<Record<string, string>> },
    method: string,
  ): Found {
    const { byMethod } = pattern;
    if (method === 'OPTIONS') {
      const methods = [...byMethod.keys(), 'OPTIONS', ...(byMethod.has('GET') ? ['HEAD'] : [])];
      return { kind: 'options', allow: methods.sort().join(', ') };
    }
    const route = byMethod.get(method === 'HEAD' ? 'GET' : method);
    return route ? { kind: 'route', route, params } : { kind: 'wrong-method' };
  }
}
