import type { Page, PageRequest } from '../domain/ports.js';

/** One more than asked for was read: whether it is there tells if there is another page. */
export function toPage<T extends { readonly id: string }>(
  read: readonly T[],
  { limit }: PageRequest,
): Page<T> {
  const items = read.slice(0, limit);
  const last = items.at(-1);
  return read.length > limit && last ? { items, next: last.id } : { items };
}
