import { inOrder } from './text-edit.ts';
import type { TextEdit } from './text-edit.ts';

/** So many lines that stay are shown around those that change. */
const CONTEXT = 3;

/** Lines of a text that become others; `start` is counted from 0. */
interface ChangedLines {
  readonly start: number;
  readonly removed: readonly string[];
  readonly added: readonly string[];
}

/** The edits of a text as a patch that `git apply` takes; empty when nothing changes. */
export function patchOf(path: string, text: string, edits: readonly TextEdit[]): string {
  const lines = gitLines(text);
  const changes = changedLines(text, lines, edits);
  if (changes.length === 0) return '';
  const hunks: ChangedLines[][] = [];
  for (const change of changes) {
    const last = hunks.at(-1)?.at(-1);
    const isNear = last !== undefined && change.start - (last.start + last.removed.length) <= 2 * CONTEXT;
    if (isNear) hunks.at(-1)?.push(change);
    else hunks.push([change]);
  }
  let shift = 0;
  const texts = hunks.map((hunk) => {
    const printed = hunkText(lines, hunk, shift);
    for (const { removed, added } of hunk) shift += added.length - removed.length;
    return printed;
  });
  return `--- ${shownName('a', path)}\n+++ ${shownName('b', path)}\n${texts.join('')}`;
}

/** The lines of a text with their line breaks, as git has them: a carriage return belongs to the line. */
function gitLines(text: string): readonly string[] {
  return text === '' ? [] : text.split(/(?<=\n)/);
}

function changedLines(text: string, lines: readonly string[], edits: readonly TextEdit[]): readonly ChangedLines[] {
  const starts: number[] = [];
  let offset = 0;
  for (const line of lines) {
    starts.push(offset);
    offset += line.length;
  }
  const lineAt = (place: number) =>
    Math.max(
      0,
      starts.findLastIndex((start) => start <= place),
    );
  const startOf = (line: number) => starts[line] ?? text.length;
  const parts: { first: number; behind: number; edits: TextEdit[] }[] = [];
  for (const edit of inOrder(edits)) {
    const first = lineAt(edit.start);
    const behind =
      edit.end > edit.start && startOf(lineAt(edit.end)) === edit.end ? lineAt(edit.end) : lineAt(edit.end) + 1;
    const last = parts.at(-1);
    if (last !== undefined && first < last.behind) {
      last.behind = Math.max(last.behind, behind);
      last.edits.push(edit);
    } else parts.push({ first, behind, edits: [edit] });
  }
  return parts.flatMap(({ first, behind, edits: inPart }) => {
    const from = startOf(first);
    let after = '';
    let done = from;
    for (const { start, end, text: inserted } of inPart) {
      after += text.slice(done, start) + inserted;
      done = end;
    }
    after += text.slice(done, startOf(behind));
    return smallest(first, lines.slice(first, behind), gitLines(after));
  });
}

/** The changes between two lists of lines by their longest common subsequence: they are a few lines of a block each. */
function smallest(start: number, before: readonly string[], after: readonly string[]): readonly ChangedLines[] {
  const width = after.length + 1;
  const lengths = new Array<number>((before.length + 1) * width).fill(0);
  const at = (i: number, j: number) => lengths[i * width + j] ?? 0;
  for (let i = before.length - 1; i >= 0; i--) {
    for (let j = after.length - 1; j >= 0; j--) {
      const isSame = before[i] === after[j];
      lengths[i * width + j] = isSame ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  const changes: ChangedLines[] = [];
  let [i, j] = [0, 0];
  while (i < before.length || j < after.length) {
    const [fromI, fromJ] = [i, j];
    while ((i < before.length || j < after.length) && (i >= before.length || before[i] !== after[j])) {
      if (j >= after.length || (i < before.length && at(i + 1, j) >= at(i, j + 1))) i++;
      else j++;
    }
    if (i > fromI || j > fromJ) {
      changes.push({ start: start + fromI, removed: before.slice(fromI, i), added: after.slice(fromJ, j) });
    }
    i++;
    j++;
  }
  return changes;
}

/** `shift`: by how many lines the text has grown further up. */
function hunkText(lines: readonly string[], hunk: readonly ChangedLines[], shift: number): string {
  const [first, last] = [hunk[0], hunk.at(-1)];
  if (first === undefined || last === undefined) return '';
  const from = Math.max(0, first.start - CONTEXT);
  const to = Math.min(lines.length, last.start + last.removed.length + CONTEXT);
  let body = '';
  let place = from;
  let growth = 0;
  for (const { start, removed, added } of hunk) {
    body += marked(' ', lines.slice(place, start)) + marked('-', removed) + marked('+', added);
    place = start + removed.length;
    growth += added.length - removed.length;
  }
  body += marked(' ', lines.slice(place, to));
  const [before, after] = [to - from, to - from + growth];
  return `@@ -${span(from, before)} +${span(from + shift, after)} @@\n${body}`;
}

function span(start: number, count: number): string {
  // No lines stand behind the line that is named.
  return `${count === 0 ? start : start + 1},${count}`;
}

function marked(sign: string, lines: readonly string[]): string {
  return lines
    .map((line) => (line.endsWith('\n') ? `${sign}${line}` : `${sign}${line}\n\\ No newline at end of file\n`))
    .join('');
}

/** A name as git writes it: in quotes when it holds what would end it. */
function shownName(side: string, path: string): string {
  const name = `${side}/${path}`;
  // eslint-disable-next-line no-control-regex -- control characters are what it looks for
  if (!/["\\\x00-\x1f\x7f]/.test(name)) return name.includes(' ') ? `${name}\t` : name;
  // eslint-disable-next-line no-control-regex -- and here
  const escaped = name.replaceAll(/["\\]/g, '\\$&').replaceAll(/[\x00-\x1f\x7f]/g, (character) => {
    return `\\${character.charCodeAt(0).toString(8).padStart(3, '0')}`;
  });
  return `"${escaped}"`;
}
