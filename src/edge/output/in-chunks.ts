/** So much text is written at a time, in characters. */
const CHUNK = 65_536;

/** Takes the pieces of a text and returns the same text in chunks, which are worth a write each. */
export function* inChunks(pieces: Iterable<string>): Generator<string> {
  let chunk = '';
  for (const piece of pieces) {
    chunk += piece;
    if (chunk.length < CHUNK) continue;
    yield chunk;
    chunk = '';
  }
  yield chunk;
}
