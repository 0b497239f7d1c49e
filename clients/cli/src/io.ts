import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { styleText } from 'node:util';

/** What a colour says. */
export type Tone = 'good' | 'bad' | 'busy' | 'quiet' | 'strong';

/** One of the two places that a command writes to. */
export interface Sink {
  readonly isTerminal: boolean;
  write(text: string): void;
}

/** What a command knows of its surroundings. Results go to `out`; progress, notes and errors to `err`. */
export interface Io {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly out: Sink;
  readonly err: Sink;
  /** All of the standard input, as text. */
  readInput(): Promise<string>;
  /** Asks on the terminal for what nobody else should see; the standard input is the answer where there is no terminal. */
  askSecret(question: string): Promise<string>;
}

const colours = {
  good: 'green',
  bad: 'red',
  busy: 'yellow',
  quiet: 'gray',
  strong: 'bold',
} as const satisfies Record<Tone, Parameters<typeof styleText>[0]>;

/** Colours a text where somebody looks at it, and does not wish it away (`NO_COLOR`). */
export function paint(
  { environment }: Io,
  sink: Sink,
  tone: Tone | undefined,
  text: string,
): string {
  if (tone === undefined || !sink.isTerminal || environment['NO_COLOR']) return text;
  // It was decided above: left to itself it would look at the standard output, whichever of the two this is.
  return styleText(colours[tone], text, { validateStream: false });
}

const sinkOf = (stream: NodeJS.WriteStream): Sink => ({
  isTerminal: stream.isTTY,
  write: (text) => void stream.write(text),
});

async function readAll(): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

async function ask(question: string): Promise<string> {
  if (!process.stdin.isTTY) return readAll();
  process.stderr.write(question);
  // The line editor echoes into its output: into nothing.
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: process.stdin, output: nowhere, terminal: true });
  try {
    return await lines.question('');
  } finally {
    lines.close();
    process.stderr.write('\n');
  }
}

/** Those of this process. */
export const processIo = (): Io => ({
  environment: process.env,
  out: sinkOf(process.stdout),
  err: sinkOf(process.stderr),
  readInput: readAll,
  askSecret: ask,
});
