/** A process with somebody who asks now and then, as everybody should, and tells how long each answer took. */
import { setTimeout as delay } from 'node:timers/promises';
import { Agent, request } from 'undici';

export interface Order {
  readonly url: string;
  readonly token: string;
  readonly seconds: number;
}

/** What it tells at its end. */
export interface Citizen {
  readonly times: readonly number[];
  /** What was answered instead of 200. */
  readonly refused: readonly string[];
}

const everyMs = 50;

async function live({ url, token, seconds }: Order): Promise<Citizen> {
  const dispatcher = new Agent({ connections: 4, localAddress: '127.0.0.2' });
  const times: number[] = [];
  const refused: string[] = [];
  const paths = ['/api/v1/services?limit=5', '/api/v1/clusters?limit=5', '/api/v1/version'];
  for (
    const until = performance.now() + seconds * 1000;
    performance.now() < until;
    await delay(everyMs)
  ) {
    const startedAt = performance.now();
    try {
      const { statusCode, body } = await request(
        `${url}${paths[times.length % paths.length] ?? ''}`,
        {
          dispatcher,
          headers: { authorization: `Bearer ${token}` },
        },
      );
      const text = await body.text();
      if (statusCode !== 200) refused.push(`${statusCode} ${text}`);
    } catch (error) {
      refused.push(String(error));
    }
    times.push(performance.now() - startedAt);
  }
  await dispatcher.close();
  return { times, refused };
}

process.send?.(await live(JSON.parse(process.argv[2] ?? '') as Order));
