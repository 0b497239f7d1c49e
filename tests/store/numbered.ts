/** Commands with the numbers that a test gives them, under the id of a session of the driver. */
import { Long } from 'bson';
import type { ClientSession, Document } from 'mongodb';
import type { Client } from './support.js';

/** Where tests of sessions have their collections. */
export const SESSIONS_DB = 'sessions';

/** How a command with a number belongs to a transaction, or to none. */
export const HOW: Record<string, Document> = {
  start: { autocommit: false, startTransaction: true },
  go: { autocommit: false },
  plain: {},
};

/** The number that the driver would use next; sessions come from a pool and have used some. */
const numbersOf = (session: ClientSession): { txnNumber: number } =>
  (session as unknown as { serverSession: { txnNumber: number } }).serverSession;

const used = new WeakMap<ClientSession, { readonly client: Client; readonly before: number }>();

/** Numbers count from the last one that the session has used before. */
export const inSession = <T>(
  client: Client,
  work: (session: ClientSession) => Promise<T>,
): Promise<T> =>
  client.withSession({ causalConsistency: false }, async (session) => {
    const before = numbersOf(session).txnNumber;
    used.set(session, { client, before });
    try {
      return await work(session);
    } finally {
      numbersOf(session).txnNumber = before + 100;
    }
  });

/** What came of a command: its code, 0 if it went well. */
export interface Outcome {
  readonly code: number;
  readonly labels: readonly string[];
  readonly reply: Document;
}

/** Sends a command as it is, under a session's id; the driver would see to the numbers itself. */
export async function send(
  session: ClientSession,
  command: Document,
  fields: Document = {},
  db = SESSIONS_DB,
): Promise<Outcome> {
  const opened = used.get(session);
  if (!opened) throw new Error('the session was not opened by inSession');
  const number: unknown = fields['txnNumber'];
  const all = { ...command, ...fields };
  if (number instanceof Long && !number.isNegative()) {
    // The driver puts its own number into commits.
    numbersOf(session).txnNumber = number.toNumber() + opened.before;
    all['txnNumber'] = Long.fromNumber(numbersOf(session).txnNumber);
  }
  const answered = opened.client.db(db).command(all, { session });
  const reply = (await answered.catch((error: unknown) => error)) as Document;
  const code = reply['ok'] === 1 ? 0 : Number(reply['code']);
  const labels = code === 0 ? [] : [...((reply['errorLabels'] ?? []) as string[])];
  return { code, labels, reply };
}
