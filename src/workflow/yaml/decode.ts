import type { Problem } from '../../model/problem.ts';

/** A file's text, and what was odd about its bytes: that alone does not make a workflow invalid. */
export interface DecodedText {
  readonly text: string;
  readonly problem: Problem | null;
}

const REPLACEMENT = '\uFFFD';

/**
 * Decodes a file as UTF-8. A byte order mark is dropped. Bytes that are not UTF-8 become U+FFFD, as in GitHub's reader
 * (.NET), and are reported: GitHub shows and runs the same.
 */
export function decode(bytes: Uint8Array): DecodedText {
  const text = new TextDecoder('utf-8').decode(bytes);
  const index = text.indexOf(REPLACEMENT);
  if (index < 0 || isUtf8(bytes)) return { text, problem: null };
  const before = text.slice(0, index).split('\n');
  return {
    text,
    problem: {
      code: 'encoding',
      message: 'The file is not UTF-8: bytes that cannot be read were taken as U+FFFD',
      hint: 'Save the file as UTF-8.',
      line: before.length,
      column: (before.at(-1)?.length ?? 0) + 1,
    },
  };
}

/** A text may hold U+FFFD of its own. */
function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}
