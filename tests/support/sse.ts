/** Reads a stream of Server-Sent Events as it comes. */
import { headersOf, type Answer, type Call } from './calls.js';

export interface Message {
  readonly id: string | undefined;
  readonly event: string | undefined;
  readonly data: string;
}

/** An open stream. Close it after use. */
export interface EventStream {
  readonly answer: Omit<Answer, 'text'>;
  /** The next message; comments are passed over. @throws Error - none comes in time, or the stream has ended */
  next(): Promise<Message>;
  close(): void;
}

const messageWithinMs = 10_000;

function parseMessage(block: string): Message | undefined {
  const field = (name: string): string | undefined => {
    const start = `${name}: `;
    return block
      .split('\n')
      .find((line) => line.startsWith(start))
      ?.slice(start.length);
  };
  const data = field('data');
  return data === undefined ? undefined : { id: field('id'), event: field('event'), data };
}

const inTime = async <T>(promise: Promise<T>): Promise<T> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new Error('no message came in time'));
    }, messageWithinMs);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
};

/** @param url - of the manager, without a path */
export async function openStream(url: string, call: Call): Promise<EventStream> {
  const gone = new AbortController();
  const response = await fetch(`${url}${call.path}`, {
    headers: headersOf(call),
    signal: gone.signal,
  });
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  if (reader === undefined) throw new Error('the answer has no body');
  let text = '';
  const next = async (): Promise<Message> => {
    for (;;) {
      const end = text.indexOf('\n\n');
      if (end < 0) {
        const { value, done } = await reader.read();
        if (done) throw new Error('the stream has ended');
        text += value;
        continue;
      }
      const message = parseMessage(text.slice(0, end));
      text = text.slice(end + 2);
      if (message) return message;
    }
  };
  return {
    answer: { status: response.status, headers: Object.fromEntries(response.headers) },
    next: () => inTime(next()),
    close: () => {
      gone.abort();
    },
  };
}
