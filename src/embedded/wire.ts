/** Frames of the MongoDB wire protocol: OP_MSG, and OP_QUERY for the first hello. */
import { documentSize, encode } from './bson.js';
import { StoreError } from './errors.js';

/** Largest frame accepted, checked before anything is buffered. */
export const MESSAGE_BYTES_MAX = 48_000_000;
const HEADER_BYTES = 16;
const MSG_HEADER_BYTES = HEADER_BYTES + 5;
const REPLY_HEADER_BYTES = 36;
const OP_REPLY = 1;
const OP_QUERY = 2004;
const OP_MSG = 2013;
const CHECKSUM_PRESENT = 1;
const MORE_TO_COME = 2;
const KNOWN_REQUIRED_FLAGS = CHECKSUM_PRESENT | MORE_TO_COME;

/** One parsed request frame. */
export interface Frame {
  readonly requestId: number;
  /** The command, not decoded yet: what is wrong with it is answered. */
  readonly body: Buffer;
  /** Documents that came outside of the body, by field name. */
  readonly sequences: ReadonlyMap<string, readonly Buffer[]>;
  /** The old query opcode: wants the old reply opcode. */
  readonly legacy: boolean;
  readonly wantsReply: boolean;
}

/** Cuts a byte stream into frames without copying more than once. */
export class FrameReader {
  private chunks: Buffer[] = [];
  private size = 0;

  /** Takes received bytes and returns the frames that are complete now. @throws on a bad size */
  push(chunk: Buffer): Buffer[] {
    this.chunks.push(chunk);
    this.size += chunk.length;
    const frames: Buffer[] = [];
    for (;;) {
      const wanted = this.frameSize();
      if (wanted === undefined || this.size < wanted) return frames;
      const all =
        this.chunks.length === 1 && this.chunks[0] ? this.chunks[0] : Buffer.concat(this.chunks);
      frames.push(all.subarray(0, wanted));
      this.size -= wanted;
      this.chunks = this.size > 0 ? [all.subarray(wanted)] : [];
    }
  }

  private frameSize(): number | undefined {
    if (this.size < 4) return undefined;
    const [first] = this.chunks;
    const head = first && first.length >= 4 ? first : Buffer.concat(this.chunks);
    const size = head.readInt32LE(0);
    if (size < HEADER_BYTES || size > MESSAGE_BYTES_MAX) {
      throw new StoreError('BadValue', `a message of ${size} bytes is not accepted`);
    }
    return size;
  }
}

/** Parses a complete frame. @throws when it is malformed; the connection cannot go on then */
export function parseFrame(bytes: Buffer): Frame {
  const requestId = bytes.readInt32LE(4);
  const opcode = bytes.readInt32LE(12);
  if (opcode === OP_MSG) return parseMessage(bytes, requestId);
  if (opcode !== OP_QUERY) throw new StoreError('BadValue', `opcode ${opcode} is not supported`);
  const nameEnd = bytes.indexOf(0, HEADER_BYTES + 4);
  const at = nameEnd + 1 + 8;
  const body = bytes.subarray(at, at + documentSize(bytes, at, bytes.length));
  return { requestId, body, sequences: new Map(), legacy: true, wantsReply: true };
}

function parseMessage(bytes: Buffer, requestId: number): Frame {
  const flags = bytes.readUInt32LE(HEADER_BYTES);
  if (flags & 0xffff & ~KNOWN_REQUIRED_FLAGS) {
    throw new StoreError('BadValue', `message flags 0x${flags.toString(16)} are not supported`);
  }
  const end = bytes.length - (flags & CHECKSUM_PRESENT ? 4 : 0);
  const sequences = new Map<string, readonly Buffer[]>();
  let body: Buffer | undefined;
  let at = HEADER_BYTES + 4;
  while (at < end) {
    const kind = bytes[at++];
    if (kind === 0) {
      if (body) throw new StoreError('Location40430', 'a message with two bodies');
      const size = documentSize(bytes, at, end);
      body = bytes.subarray(at, at + size);
      at += size;
    } else if (kind === 1) {
      at = parseSequence(bytes, at, end, sequences);
    } else throw new StoreError('BadValue', `section kind ${kind} is not supported`);
  }
  if (!body) throw new StoreError('BadValue', 'a message without a body');
  return { requestId, body, sequences, legacy: false, wantsReply: (flags & MORE_TO_COME) === 0 };
}

function parseSequence(
  bytes: Buffer,
  start: number,
  end: number,
  sequences: Map<string, readonly Buffer[]>,
): number {
  const stop = start + bytes.readInt32LE(start);
  const nameEnd = bytes.indexOf(0, start + 4);
  if (stop > end || nameEnd < 0 || nameEnd >= stop) {
    throw new StoreError('BadValue', 'malformed document sequence');
  }
  const documents: Buffer[] = [];
  for (let at = nameEnd + 1; at < stop;) {
    const size = documentSize(bytes, at, stop);
    documents.push(bytes.subarray(at, at + size));
    at += size;
  }
  const name = bytes.toString('utf8', start + 4, nameEnd);
  if (sequences.has(name))
    throw new StoreError('Location40431', `a message with two document sequences '${name}'`);
  sequences.set(name, documents);
  return stop;
}

let nextReplyId = 1;

/** Puts a reply into a frame that answers `frame`. */
export function encodeReply(reply: object, { requestId, legacy }: Frame): Buffer {
  const body = reply instanceof Buffer ? reply : encode(reply);
  const header = Buffer.alloc(legacy ? REPLY_HEADER_BYTES : MSG_HEADER_BYTES);
  header.writeInt32LE(header.length + body.length, 0);
  header.writeInt32LE(nextReplyId, 4);
  nextReplyId = (nextReplyId + 1) | 0;
  header.writeInt32LE(requestId, 8);
  header.writeInt32LE(legacy ? OP_REPLY : OP_MSG, 12);
  if (legacy) {
    header.writeInt32LE(8, 16);
    header.writeInt32LE(1, 32);
  }
  return Buffer.concat([header, body]);
}
