import { createClient, ProblemError, type components } from '@system-manager/client';

type SignedIn = components['schemas']['SignedIn'];
export type User = components['schemas']['User'];
export type Permission = components['schemas']['Permission'];

/** Somebody who signed in with a password, or the bearer of a token that was pasted. */
export type Credentials =
  | { readonly kind: 'user'; readonly signedIn: SignedIn }
  | { readonly kind: 'token'; readonly token: string };

/** What the session needs of the storage of the tab. */
interface Keeper {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}

/** The operations of the contract that a session needs before it has a token. */
export interface Door {
  signIn(name: string, password: string): Promise<SignedIn>;
  refresh(refreshToken: string): Promise<SignedIn>;
}

/** An access token is changed for a new one so long before its end. */
const renewedBeforeMs = 60_000;
const keptAs = 'system-manager.session';

/** The door of the manager that this page came from. */
export const doorOf = (baseUrl: string): Door => {
  const client = createClient({ baseUrl, token: 'none' });
  return {
    signIn: (name, password) => client.post('/api/v1/sessions', { body: { name, password } }),
    refresh: (refreshToken) => client.post('/api/v1/sessions/refresh', { body: { refreshToken } }),
  };
};

function read(keeper: Keeper): Credentials | undefined {
  const text = keeper.getItem(keptAs);
  return text === null ? undefined : (JSON.parse(text) as Credentials);
}

/**
 * Who looks at the page. It lies in the storage of the tab: a reload does not sign out, closing the tab does, and no other tab or
 * site can read it. Refresh tokens are good once, so each answer is kept before it is used.
 */
export class Session {
  readonly #door: Door;
  readonly #keeper: Keeper;
  readonly #now: () => number;
  #credentials: Credentials | undefined;
  #renewal: Promise<SignedIn> | undefined;

  constructor(door: Door, keeper: Keeper, now: () => number) {
    this.#door = door;
    this.#keeper = keeper;
    this.#now = now;
    this.#credentials = read(keeper);
  }

  get credentials(): Credentials | undefined {
    return this.#credentials;
  }

  async signIn(name: string, password: string): Promise<Credentials> {
    const signedIn = await this.#door.signIn(name, password);
    return this.#keep({ kind: 'user', signedIn });
  }

  useToken(token: string): Credentials {
    return this.#keep({ kind: 'token', token });
  }

  forget(): void {
    this.#credentials = undefined;
    this.#keeper.removeItem(keptAs);
  }

  /**
   * A token that is good for the next request.
   *
   * @throws Error - nobody is signed in, or the session has ended
   */
  async token(): Promise<string> {
    const credentials = this.#credentials;
    if (credentials === undefined) throw new Error('Nobody is signed in.');
    if (credentials.kind === 'token') return credentials.token;
    const { signedIn } = credentials;
    const leftMs = Date.parse(signedIn.accessTokenExpiresAt) - this.#now();
    if (leftMs > renewedBeforeMs) return signedIn.accessToken;
    this.#renewal ??= this.#renew(signedIn).finally(() => {
      this.#renewal = undefined;
    });
    return (await this.#renewal).accessToken;
  }

  async #renew({ refreshToken }: SignedIn): Promise<SignedIn> {
    try {
      const signedIn = await this.#door.refresh(refreshToken);
      this.#keep({ kind: 'user', signedIn });
      return signedIn;
    } catch (error) {
      if (error instanceof ProblemError && error.status === 401) this.forget();
      throw error;
    }
  }

  #keep(credentials: Credentials): Credentials {
    this.#credentials = credentials;
    this.#keeper.setItem(keptAs, JSON.stringify(credentials));
    return credentials;
  }
}

/** Whether the page offers something. The manager decides; a bare token does not say what it allows, so everything is offered. */
export const mayOf = (credentials: Credentials) => {
  if (credentials.kind === 'token') return () => true;
  const held = new Set(credentials.signedIn.user.permissions);
  return (permission: Permission): boolean => held.has(permission);
};
