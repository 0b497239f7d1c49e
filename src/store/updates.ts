type Fields = Record<string, unknown>;

/** `$set` for what has a value, `$unset` for what is undefined: a field that ends is gone, not null. */
export function setOrUnset(fields: Fields): { $set?: Fields; $unset?: Record<string, ''> } {
  const set: Fields = {};
  const unset: Record<string, ''> = {};
  for (const [name, value] of Object.entries(fields)) {
    if (value === undefined) unset[name] = '';
    else set[name] = value;
  }
  return {
    ...(Object.keys(set).length > 0 ? { $set: set } : {}),
    ...(Object.keys(unset).length > 0 ? { $unset: unset } : {}),
  };
}

/** Without the fields that are undefined or null. */
export const compact = <T extends Fields>(fields: T): T =>
  Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined && value !== null),
  ) as T;

/** Times are dates in the store and epoch milliseconds in the domain. */
export const toDate = (ms: number | undefined): Date | undefined =>
  ms === undefined ? undefined : new Date(ms);
export const fromDate = (date: Date | undefined | null): number | undefined => date?.getTime();
