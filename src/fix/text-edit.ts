/** What takes the place of a part of a text. */
export interface TextEdit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Edits in the order of the text; of two at one place, what is only inserted stays in the order in which it was given. */
export function inOrder(edits: readonly TextEdit[]): readonly TextEdit[] {
  return [...edits].sort((a, b) => a.start - b.start || a.end - b.end);
}

/** A text with these edits, which do not overlap. Every other character stays. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  let result = '';
  let done = 0;
  for (const { start, end, text: inserted } of inOrder(edits)) {
    if (start < done) throw new Error('two edits overlap');
    result += text.slice(done, start) + inserted;
    done = end;
  }
  return result + text.slice(done);
}
