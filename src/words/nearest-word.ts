/** How many letters must be added, left out, replaced or swapped with their neighbour to turn one word into the other. */
function distance(from: string, to: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (let row = 1; row <= from.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= to.length; column += 1) {
      const same = from[row - 1] === to[column - 1];
      let best = Math.min(
        (last[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (last[column - 1] ?? 0) + (same ? 0 : 1),
      );
      if (row > 1 && column > 1 && from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1]) {
        best = Math.min(best, (beforeLast[column - 2] ?? 0) + 1);
      }
      current.push(best);
    }
    beforeLast = last;
    last = current;
  }
  return last[to.length] ?? 0;
}

/** No word of ours is longer; a longer text is not a misspelling, and comparing it would take long. */
const LONGEST = 40;

/**
 * The word that was probably meant, or `null` when none is near: a difference in case only, the beginning of exactly
 * one word or a word with more behind it, or at most one wrong letter in three.
 */
export function nearestWord(written: string, words: readonly string[]): string | null {
  const text = written.toLowerCase();
  if (text === '' || text.length > LONGEST) return null;
  const started = words.filter((word) => word.startsWith(text) || text.startsWith(word));
  if (started.length === 1) return started[0] ?? null;
  let best: string | null = null;
  let bestDistance = Math.max(1, Math.floor(text.length / 3)) + 1;
  for (const word of words) {
    const steps = distance(text, word);
    if (steps < bestDistance && steps < word.length) [best, bestDistance] = [word, steps];
  }
  return best;
}

/** ` Did you mean WORD?` with a leading space, or nothing. */
export function didYouMean(written: string, words: readonly string[], prefix = ''): string {
  const word = nearestWord(written, words);
  return word === null ? '' : ` Did you mean ${prefix}${word}?`;
}
