import mongoose from 'mongoose';

/** The two databases of the database API and that of people and programs, on one connection pool. */
export interface Databases {
  readonly connection: mongoose.Connection;
  readonly clusters: mongoose.Connection;
  readonly jobs: mongoose.Connection;
  readonly access: mongoose.Connection;
}

/** How long a request waits for a store that is away before it is refused, unless the URI says otherwise. */
const serverSelectionTimeoutMS = 5_000;

/** A command as it is sent to the store: its name and its document. */
export type CommandListener = (name: string, command: Readonly<Record<string, unknown>>) => void;

/**
 * Connects with the guarantees that the promises need: majority writes, retryable writes, no buffering while disconnected.
 *
 * @throws Error when no server answers in time
 */
export async function connect(uri: string, onCommand?: CommandListener): Promise<Databases> {
  const connection = await mongoose
    .createConnection(uri, {
      appName: 'system-manager',
      ...(/[?&]serverSelectionTimeoutMS=/i.test(uri) ? {} : { serverSelectionTimeoutMS }),
      bufferCommands: false,
      autoIndex: false,
      autoCreate: false,
      ignoreUndefined: true,
      retryWrites: true,
      writeConcern: { w: 'majority' },
      readConcern: { level: 'majority' },
      maxPoolSize: 32,
      monitorCommands: onCommand !== undefined,
    })
    .asPromise();
  if (onCommand)
    connection.getClient().on('commandStarted', ({ commandName, command }) => {
      onCommand(commandName, command as Readonly<Record<string, unknown>>);
    });
  return {
    connection,
    clusters: connection.useDb('clusters', { useCache: true }),
    jobs: connection.useDb('jobs', { useCache: true }),
    access: connection.useDb('access', { useCache: true }),
  };
}
