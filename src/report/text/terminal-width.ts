/** What a reader takes for one character: a letter with its marks, a flag, an emoji made of several. */
const CHARACTERS =
  /\p{RI}\p{RI}|\p{Extended_Pictographic}[\ufe0f\p{Emoji_Modifier}]*(?:\u200d\p{Extended_Pictographic}[\ufe0f\p{Emoji_Modifier}]*)*|.[\p{M}\u200d]*/gsu;

/** East Asian characters that terminals show two columns wide. */
const WIDE =
  /^[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{16fe0}-\u{18aff}\u{1b000}-\u{1b2ff}\u{1f200}-\u{1f2ff}\u{20000}-\u{3fffd}]/u;

const EMOJI = /^(?:\p{Emoji_Presentation}|\p{RI}\p{RI}|.*[\ufe0f\u200d])/su;

const PLAIN = /^[\x20-\x7e]*$/;

/** Words of plain characters with one space between each two: most texts, which need no measuring. */
const SHORT_WORDS = /^(?:[\x21-\x7e]+ )*[\x21-\x7e]+$/;

/** Takes text without control characters and returns how many columns of a terminal it takes. */
export function displayWidth(text: string): number {
  if (PLAIN.test(text)) return text.length;
  return characters(text).reduce((width, character) => width + characterWidth(character), 0);
}

/** Takes text and a width, and returns the text, cut with `…` where it is wider. */
export function truncated(text: string, width: number): string {
  return displayWidth(text) <= width ? text : `${chunks(text, width - 1)[0] ?? ''}…`;
}

/**
 * Takes text and a width, and returns lines of that width at most, broken at spaces where there are any. A single
 * character that is wider stands in a line of its own.
 */
export function wrapped(text: string, width: number): readonly string[] {
  if (text.length <= width && SHORT_WORDS.test(text)) return [text];
  const lines: string[] = [];
  let line = '';
  let used = 0;
  for (const word of text.split(' ').filter((each) => each !== '')) {
    const size = displayWidth(word);
    if (line !== '' && used + 1 + size <= width) {
      line += ` ${word}`;
      used += 1 + size;
      continue;
    }
    if (line !== '') lines.push(line);
    const parts = size <= width ? [word] : chunks(word, width);
    for (const part of parts.slice(0, -1)) lines.push(part);
    line = parts.at(-1) ?? '';
    used = displayWidth(line);
  }
  if (line !== '') lines.push(line);
  return lines;
}

/** Cuts text into pieces that are as wide as they may be, but hold one character at least. */
function chunks(text: string, width: number): readonly string[] {
  const pieces: string[] = [];
  let piece = '';
  let used = 0;
  for (const character of characters(text)) {
    const size = characterWidth(character);
    if (used + size > width && piece !== '') {
      // A path is broken between folders where that does not waste half a line.
      const folder = piece.lastIndexOf('/') + 1;
      const end = folder > piece.length / 2 ? folder : piece.length;
      pieces.push(piece.slice(0, end));
      piece = piece.slice(end);
      used = displayWidth(piece);
    }
    piece += character;
    used += size;
  }
  return [...pieces, piece];
}

function characters(text: string): readonly string[] {
  return text.match(CHARACTERS) ?? [];
}

function characterWidth(character: string): 0 | 1 | 2 {
  if (PLAIN.test(character)) return 1;
  if (EMOJI.test(character) || WIDE.test(character)) return 2;
  return /^\p{M}/u.test(character) ? 0 : 1;
}
