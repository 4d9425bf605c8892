/**
 * Characters that a terminal, an editor or a browser obeys or hides instead of showing: controls, bidi controls, line
 * separators, zero-width characters, lone surrogates.
 */
const UNSHOWN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u;

/**
 * The same, except where an emoji needs them: a variation selector right behind a character that has an emoji form, and
 * the joiner between two pictographs.
 */
const UNSHOWN_BUT_EMOJI =
  /(?!(?<=\p{Emoji})[\ufe0e\ufe0f])(?!(?<=\p{Extended_Pictographic}[\ufe0f\p{Emoji_Modifier}]?)\u200d(?=\p{Extended_Pictographic}))[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;

/** Line breaks and tabs of every kind. */
const BREAKS = /[\t\n\v\f\r\u0085\u2028\u2029]/u;

/** More combining marks on one letter than any script needs: they would paint over the lines around. */
const STACKED_MARKS = /(\p{M}{3})\p{M}+/gu;

/**
 * Makes text from a stranger safe to show in one line: line breaks and tabs become a space, whatever else is obeyed or
 * hidden is written out as `\u{202e}`. What is harmless stays as it is.
 */
export function visible(text: string): string {
  if (!/[^\x20-\x7e]/.test(text)) return text;
  let shown = BREAKS.test(text) ? text.replaceAll(/\s+/gu, ' ') : text;
  if (UNSHOWN.test(shown)) {
    shown = shown.replace(UNSHOWN_BUT_EMOJI, (char) => `\\u{${(char.codePointAt(0) ?? 0).toString(16)}}`);
  }
  // A mark at the start would combine with the text before it, which is ours.
  return shown.replace(STACKED_MARKS, '$1').replace(/^\p{M}/u, '\u25cc$&');
}
