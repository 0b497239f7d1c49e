import mongoose from 'mongoose';

/** The two databases of the database API, on one connection pool. */
export interface Databases {
  readonly connection: mongoose.Connection;
  readonly clusters: mongoose.Connection;
  readonly jobs: mongoose.Connection;
}

const serverSelectionTimeoutMS = 5_000;

/**
 * Connects with the guarantees that the promises need: majority writes, retryable writes, no buffering while disconnected.
 *
 * @throws Error when no server answers within 5 s
 */
export async function connect(uri: string): Promise<Databases> {
  const connection = await mongoose
    .createConnection(uri, {
      appName: 'system-manager',
      serverSelectionTimeoutMS,
      bufferCommands: false,
      autoIndex: false,
      autoCreate: false,
      ignoreUndefined: true,
      retryWrites: true,
      writeConcern: { w: 'majority' },
      readConcern: { level: 'majority' },
      maxPoolSize: 32,
    })
    .asPromise();
  return {
    connection,
    clusters: connection.useDb('clusters', { useCache: true }),
    jobs: connection.useDb('jobs', { useCache: true }),
  };
}
