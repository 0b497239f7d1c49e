import { useSyncExternalStore } from 'react';

interface Readable<T> {
  readonly get: () => T;
  readonly subscribe: (listener: () => void) => () => void;
}

/** What a store, a resource or a list has now; draws anew when it changes. Looking at a resource keeps it up to date. */
export const useLatest = <T>(readable: Readable<T>): T =>
  useSyncExternalStore(readable.subscribe, readable.get);
