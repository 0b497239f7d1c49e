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

/** Fails to sign in until the name is locked. */
export async function lockName(world: World, name: string): Promise<void> {
  for (let failure = 1; failure <= 5; failure += 1)
    await world.ask(401, signIn(name, `wrong password ${failure}`));
}

export const userPath = (user: { readonly id: string }): string => `/api/v1/users/${user.id}`;

export const newUser = async (world: World): Promise<Schemas['User']> =>
  (await signInNew(world, ['viewer'])).user;
