import { useState } from 'react';
import { useLatest } from '../live/hooks.js';
import type { PagedList } from '../live/paged-list.js';
import { Table, type Column } from './table.js';

interface ListingProps<T extends { readonly id: string }> {
  readonly label: string;
  readonly empty: string;
  readonly columns: readonly Column<T>[];
  /** Makes the list; give the element a `key` that changes with what it lists. */
  readonly list: () => PagedList<T>;
}

/** A list of the manager as a table, read as far as somebody scrolls. */
export function Listing<T extends { readonly id: string }>({
  list: make,
  ...table
}: ListingProps<T>) {
  const [list] = useState(make);
  const { items, complete, error } = useLatest(list);
  return (
    <Table
      {...table}
      items={items}
      complete={complete}
      error={error}
      keyOf={({ id }) => id}
      onLook={list.look}
    />
  );
}
