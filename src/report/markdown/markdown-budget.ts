/** What of a list fits into a summary. */
export interface Taken {
  readonly texts: readonly string[];
  /** How many did not fit. */
  readonly leftOut: number;
  /** In bytes. */
  readonly size: number;
}

/** Takes a text and returns its length in bytes of UTF-8. */
export function byteLength(text: string): number {
  let bytes = text.length;
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    if (unit >= 0x800 && (unit < 0xd800 || unit > 0xdfff)) bytes += 2;
    else if (unit >= 0x80) bytes += 1;
  }
  return bytes;
}

/**
 * Takes a list, a function that renders one of it, and a number of bytes; returns as many of the rendered as fit, in
 * their order. One that is too large is left out alone; nothing is rendered any more when the room is gone.
 */
export function take<T>(items: readonly T[], render: (item: T) => string, room: number): Taken {
  const texts: string[] = [];
  let size = 0;
  for (const item of items) {
    if (room - size < SMALLEST) break;
    const text = render(item);
    const bytes = byteLength(text);
    if (size + bytes > room) continue;
    texts.push(text);
    size += bytes;
  }
  return { texts, leftOut: items.length - texts.length, size };
}

/** Less room than this is not worth to try. */
const SMALLEST = 64;
