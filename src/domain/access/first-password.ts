import type { AccessPorts } from './ports.js';
import { firstUser } from './users.js';

/**
 * Gives the first user the password that is wanted, where nobody has chosen one yet: it still has the one that it would have otherwise.
 *
 * @returns whether it was changed
 */
export async function keepFirstPassword(
  { users, passwords, work, now }: AccessPorts,
  { wanted, otherwise }: { readonly wanted: string; readonly otherwise: string },
): Promise<boolean> {
  const user = await users.findByName(firstUser);
  if (user === undefined || !(await passwords.verify(user.passwordHash, otherwise))) return false;
  const passwordHash = await passwords.hash(wanted);
  return work.transaction(async () => {
    const present = await users.find(user.id);
    if (present === undefined || present.passwordHash !== user.passwordHash) return false;
    await users.replace({ ...present, passwordHash, updatedAt: now() });
    return true;
  });
}
