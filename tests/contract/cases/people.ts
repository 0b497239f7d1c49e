/** Requests about people that several cases need. */
import type { Call, Schemas } from '../../support/calls.js';
import type { World } from '../../support/world.js';
import { signInNew } from '../context.js';

export const signIn = (name: string, password: string): Call => ({
  method: 'POST',
  path: '/api/v1/sessions',
  token: null,
  json: { name, password },
});

const hourMs = 3_600_000;

/** Fails to sign in until the name is locked, for so long that a slow machine is not too slow to see it. */
export async function lockName(world: World, name: string): Promise<void> {
  for (let failure = 1; failure <= 5; failure += 1)
    await world.ask(401, signIn(name, `wrong password ${failure}`));
  await world.manager.store.access.failures.add(name, () => Date.now() + hourMs);
}

export const userPath = (user: { readonly id: string }): string => `/api/v1/users/${user.id}`;

export const newUser = async (world: World): Promise<Schemas['User']> =>
  (await signInNew(world, ['viewer'])).user;
