/** One message of a stream of Server-Sent Events. */
export interface ServerSentEvent {
  /** Kind of message; `message` when the stream names none. */
  readonly type: string;
  /** Empty for a message that only moves the position (`id`). */
  readonly data: string;
  /** Last id that the stream told, this message included. */
  readonly lastEventId: string | undefined;
}

const bufferedCharactersMax = 4 * 1024 * 1024;

/**
 * Parser of `text/event-stream` (WHATWG HTML, section 9.2.6), fed with text in arbitrary pieces. Lines end in LF, CR or CRLF;
 * comments and unknown fields are skipped. A message without data is handed on if it carries an `id`.
 */
export class ServerSentEventParser {
  #rest = '';
  #data: string[] = [];
  #size = 0;
  #type = '';
  #id: string | undefined;
  #idChanged = false;
  #started = false;

  /**
   * @param text - the next piece of the stream
   * @returns the messages that it completes
   * @throws RangeError - a message is longer than 4 Mi characters
   */
  push(text: string): ServerSentEvent[] {
    this.#rest += !this.#started && text.startsWith('\uFEFF') ? text.slice(1) : text;
    if (text !== '') this.#started = true;
    const messages: ServerSentEvent[] = [];
    let start = 0;
    const lineEnd = /\r\n|\n|\r/g;
    for (let end = lineEnd.exec(this.#rest); end !== null; end = lineEnd.exec(this.#rest)) {
      // A CR at the very end may be the first half of a CRLF whose second half has not come yet.
      if (end[0] === '\r' && lineEnd.lastIndex === this.#rest.length) break;
      const message = this.#line(this.#rest.slice(start, end.index));
      if (message !== undefined) messages.push(message);
      start = lineEnd.lastIndex;
    }
    this.#rest = this.#rest.slice(start);
    if (this.#rest.length + this.#size > bufferedCharactersMax) {
      throw new RangeError('a server-sent event is too long');
    }
    return messages;
  }

  #line(line: string): ServerSentEvent | undefined {
    if (line === '') return this.#dispatch();
    const colon = line.indexOf(':');
    if (colon === 0) return undefined;
    const field = colon === -1 ? line : line.slice(0, colon);
    const raw = colon === -1 ? '' : line.slice(colon + 1);
    const value = raw.startsWith(' ') ? raw.slice(1) : raw;
    if (field === 'data') {
      this.#data.push(value);
      this.#size += value.length;
    } else if (field === 'event') {
      this.#type = value;
    } else if (field === 'id' && !value.includes('\0')) {
      this.#id = value;
      this.#idChanged = true;
    }
    return undefined;
  }

  #dispatch(): ServerSentEvent | undefined {
    const worth = this.#data.length > 0 || this.#idChanged;
    const message = {
      type: this.#type || 'message',
      data: this.#data.join('\n'),
      lastEventId: this.#id,
    };
    this.#data = [];
    this.#size = 0;
    this.#type = '';
    this.#idChanged = false;
    return worth ? message : undefined;
  }
}
