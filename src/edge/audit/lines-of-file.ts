import { readSync } from 'node:fs';

/** A line of a file, without its line break. */
export interface FileLine {
  /** Counted from 1. */
  readonly number: number;
  /** In bytes from the start of the file. */
  readonly offset: number;
  readonly bytes: Buffer;
  /** A line break ends it. */
  readonly isEnded: boolean;
}

/** So many bytes are read at a time. */
const CHUNK = 1 << 20;

const LINE_FEED = 0x0a;

/** The lines of an open file, one after the other: only one of them is held. */
export function* linesOfFile(descriptor: number): Generator<FileLine> {
  const chunk = Buffer.allocUnsafe(CHUNK);
  let parts: Buffer[] = [];
  let number = 1;
  let offset = 0;
  let position = 0;
  for (;;) {
    const count = readSync(descriptor, chunk, 0, CHUNK, position);
    if (count === 0) break;
    position += count;
    let start = 0;
    for (let end = chunk.indexOf(LINE_FEED); end !== -1 && end < count; end = chunk.indexOf(LINE_FEED, start)) {
      const bytes = Buffer.concat([...parts, chunk.subarray(start, end)]);
      yield { number, offset, bytes, isEnded: true };
      parts = [];
      number += 1;
      offset += bytes.length + 1;
      start = end + 1;
    }
    if (start < count) parts.push(Buffer.from(chunk.subarray(start, count)));
  }
  const bytes = Buffer.concat(parts);
  if (bytes.length > 0) yield { number, offset, bytes, isEnded: false };
}

/** The bytes of a line that was found before. */
export function bytesAt(descriptor: number, offset: number, length: number): Buffer {
  const bytes = Buffer.alloc(length);
  let done = 0;
  while (done < length) {
    const count = readSync(descriptor, bytes, done, length - done, offset + done);
    if (count === 0) break;
    done += count;
  }
  return bytes;
}
