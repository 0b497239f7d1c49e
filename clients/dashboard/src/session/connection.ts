import { createContext, useContext } from 'react';
import { createClient, type SystemManagerClient } from '@system-manager/client';
import { LiveEvents } from '../live/live-events.js';
import { mayOf, type Credentials, type Permission, type Session } from './session.js';

/** What somebody who is signed in works with. */
export interface Connection {
  readonly client: SystemManagerClient;
  readonly live: LiveEvents;
  readonly credentials: Credentials;
  /** Whether the page should offer what needs this permission. */
  readonly may: (permission: Permission) => boolean;
  readonly signOut: () => Promise<void>;
}

/** @param onEnd - is told when nobody is signed in any more */
export function connect(
  baseUrl: string,
  session: Session,
  credentials: Credentials,
  onEnd: () => void,
): Connection {
  const client = createClient({ baseUrl, token: () => session.token() });
  const end = (): void => {
    session.forget();
    onEnd();
  };
  const live = new LiveEvents((options) => client.watchEvents(options), end);
  return {
    client,
    live,
    credentials,
    may: mayOf(credentials),
    signOut: async () => {
      live.stop();
      try {
        if (credentials.kind === 'user') await client.delete('/api/v1/sessions/current');
      } finally {
        end();
      }
    },
  };
}

export const ConnectionContext = createContext<Connection | undefined>(undefined);

/** @throws Error - outside of what only those see who are signed in */
export function useConnection(): Connection {
  const connection = useContext(ConnectionContext);
  if (connection === undefined) throw new Error('useConnection needs somebody who is signed in');
  return connection;
}
