import type { SarifFix, SarifReplacement } from '../../src/report/sarif/sarif-model.ts';

/** The texts of files, by path, with a fix applied as SARIF 2.1.0 says: every region is one of the old text. */
export function withSarifFix(
  texts: Readonly<Record<string, string>>,
  { artifactChanges }: SarifFix,
): Readonly<Record<string, string>> {
  const changed = artifactChanges.map(({ artifactLocation: { uri }, replacements }) => {
    const path = decodeURIComponent(uri);
    return [path, withReplacements(texts[path] ?? '', replacements)] as const;
  });
  return { ...texts, ...Object.fromEntries(changed) };
}

function withReplacements(text: string, replacements: readonly SarifReplacement[]): string {
  const lines = text.split('\n');
  // What is written at a place, and what is taken away: character by character, so that an overlap shows.
  const offset = (line: number, column: number): number => {
    const before = lines.slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0);
    if (column < 1 || column > (lines[line - 1] ?? '').length + 2) throw new Error(`no such column: ${line}:${column}`);
    return before + column - 1;
  };
  const taken = new Set<number>();
  const written = new Map<number, string>();
  for (const { deletedRegion: region, insertedContent } of replacements) {
    const [start, end] = [offset(region.startLine, region.startColumn), offset(region.endLine, region.endColumn)];
    for (let place = start; place < end; place++) {
      if (taken.has(place)) throw new Error('two replacements overlap');
      taken.add(place);
    }
    if (written.has(start)) throw new Error('two replacements at one place');
    written.set(start, insertedContent?.text ?? '');
  }
  let result = '';
  for (let place = 0; place <= text.length; place++) {
    result += written.get(place) ?? '';
    if (!taken.has(place)) result += text.charAt(place);
  }
  return result;
}
