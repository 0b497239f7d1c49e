import { DomainError } from '../domain/errors.js';
import type { Page, PageRequest } from '../domain/ports.js';

const idForm = /^[0-9a-f]{24}$/;

/** A cursor is opaque to callers: it is the id of the last item, in base64url. */
export const encodeCursor = (id: string): string => Buffer.from(id, 'utf8').toString('base64url');

/** @throws DomainError `malformed-cursor` */
export function decodeCursor(cursor: string, form: RegExp = idForm): string {
  const id = Buffer.from(cursor, 'base64url').toString('utf8');
  if (form.test(id)) return id;
  throw new DomainError('malformed-cursor', 'Pass nextCursor of the page before, unchanged.', {
    errors: [{ pointer: '#/query/cursor', detail: 'is not one of ours' }],
  });
}

export const toPageRequest = (query: { limit: number; cursor?: string }): PageRequest => ({
  limit: query.limit,
  after: query.cursor === undefined ? undefined : decodeCursor(query.cursor),
});

export const fromPage = <T, V>(page: Page<T>, toView: (item: T) => V) => ({
  items: page.items.map(toView),
  ...(page.next === undefined ? {} : { nextCursor: encodeCursor(page.next) }),
});

/** Pages through a list that is at hand as a whole, sorted by name. */
export function pageByName<T extends { readonly name: string }>(
  items: readonly T[],
  query: { limit: number; cursor?: string },
): { items: readonly T[]; nextCursor?: string } {
  const after = query.cursor === undefined ? '' : decodeCursor(query.cursor, /^.{1,128}$/);
  const rest = items.filter((item) => item.name > after);
  const page = rest.slice(0, query.limit);
  const last = page.at(-1);
  return rest.length > query.limit && last
    ? { items: page, nextCursor: encodeCursor(last.name) }
    : { items: page };
}
