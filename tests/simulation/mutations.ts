/** Deliberate bugs. Each stands between the managers and their surroundings; nothing of it is in the product. */
import type { ManagerParts } from './actors/manager.js';

export interface Mutation {
  readonly name: string;
  readonly parts: Partial<ManagerParts>;
}

export const mutations: readonly Mutation[] = [];

/** @throws RangeError - there is none of that name */
export function findMutation(name: string): Mutation {
  const found = mutations.find((each) => each.name === name);
  if (found === undefined) throw new RangeError(`there is no mutation ${name}`);
  return found;
}
