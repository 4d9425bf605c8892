/** How often a finding is tried again in order to make it smaller. */
const MOST_ATTEMPTS = { finding: 2000, hang: 60, memory: 60, broken: 60 };

/**
 * Makes an input smaller as long as it shows the same: first in lines, then in characters, first in large parts.
 *
 * @param {string} text
 * @param {(text: string) => Promise<boolean>} isSame
 * @param {keyof typeof MOST_ATTEMPTS} kind
 */
export async function minimised(text, isSame, kind) {
  let left = MOST_ATTEMPTS[kind];
  const byLines = await without(text.split('\n'), '\n');
  return without([...byLines], '');

  async function without(all, between) {
    let parts = all;
    for (let size = Math.ceil(parts.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
      for (let at = 0; at < parts.length && left > 0; left--) {
        const fewer = parts.toSpliced(at, size);
        if (await isSame(fewer.join(between))) parts = fewer;
        else at += size;
      }
    }
    return parts.join(between);
  }
}
