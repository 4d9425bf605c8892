import { isScalar } from 'yaml';
import type { Node as YamlNode, YAMLMap } from 'yaml';

import { byCodeUnit } from '../words/by-code-unit.ts';
import type { BlockText, WantedBlock } from './edit-block.ts';
import { entriesText, NO_ENTRIES, reasonComment } from './entry-text.ts';
import { eolNear, lineOf, NotEdited, rangeOf, restOfLine } from './places.ts';
import type { FileText, Range } from './places.ts';
import { levelIn } from './same-permissions.ts';
import type { TextEdit } from './text-edit.ts';

/** An entry of a block as it is written. */
export interface WrittenEntry extends Range {
  readonly name: string;
  /** As written, with its quotes. */
  readonly level: Range & { readonly text: string };
}

/** A line that a block is to have. */
interface OutputLine {
  readonly text: string;
  /** How it ends now; not given for a new line. */
  readonly eol?: string;
}

/** Changes a block with one entry a line. */
export function editMapping(
  block: BlockText<YAMLMap<YamlNode, YamlNode | null>>,
  wanted: WantedBlock,
): readonly TextEdit[] {
  const { file, key, value } = block;
  const entries = writtenEntries(value, file);
  if (entries.length === 0) throw new NotEdited('The block has an unusual form.');
  for (const entry of entries) refuseUnusual(entry, file);
  const byLine = new Map(entries.map((entry) => [lineOf(file, entry.start), entry]));
  // Comments above the first entry are about it, or about all: a new one goes above them.
  const firstLine = lineOf(file, key.end) + 1;
  const lastLine = Math.max(...byLine.keys());
  const added = addedLines(block, entries, wanted);

  const output: OutputLine[] = [];
  let hasEntries = false;
  const add = (place: number) => {
    const texts = added.filter((line) => line.behind === place);
    hasEntries ||= texts.length > 0;
    output.push(...texts);
  };
  add(-1);
  for (let number = firstLine; number <= lastLine; number++) {
    const line = file.lines[number] ?? { start: 0, end: 0, eol: '' };
    const entry = byLine.get(number);
    const text = entry === undefined ? file.text.slice(line.start, line.end) : changedEntry(file, entry, wanted);
    if (text !== null) output.push({ text, eol: line.eol });
    hasEntries ||= entry !== undefined && text !== null;
    if (entry !== undefined) add(entries.indexOf(entry));
  }
  const lines = joined(file, { first: firstLine, last: lastLine }, output);
  return hasEntries ? [lines] : [emptied(block, wanted), lines];
}

/** The entries of a mapping, in the order in which they are written. */
export function writtenEntries(value: YAMLMap<YamlNode, YamlNode | null>, file: FileText): readonly WrittenEntry[] {
  return value.items.map((item) => {
    const name = rangeOf(item.key);
    const level = rangeOf(item.value);
    const isPlain = [item.key, item.value].every(
      (node) => isScalar(node) && node.tag === undefined && node.anchor === undefined,
    );
    if (!isPlain || !isScalar(item.key) || name === null || level === null) {
      throw new NotEdited('An entry of the block has an anchor, an alias or a tag.');
    }
    const text = file.text.slice(level.start, level.end);
    return { ...name, name: String(item.key.value), level: { ...level, text } };
  });
}

/** A written level with another word in it: its quotes stay. */
export function changedLevel({ level }: WrittenEntry, word: string): string {
  const changed = level.text.replace(/none|read|write/, word);
  if (changed.replace(/^(['"]?)\w+\1$/, '') !== '') throw new NotEdited('A level is written in an unusual form.');
  return changed;
}

/** The level that an entry has, without its quotes. */
export function wordOf({ level }: WrittenEntry): string {
  return level.text.replaceAll(/['"]/g, '');
}

/** One line each, with nothing but the entry and perhaps a comment. */
function refuseUnusual({ start, end, level }: WrittenEntry, file: FileText): void {
  const { text, lines } = file;
  const before = text.slice(lines[lineOf(file, start)]?.start, start);
  const between = text.slice(end, level.start);
  const isUsual = before.trim() === '' && /^[ \t]*:[ \t]+$/.test(between);
  if (!isUsual || !/^[ \t]*(#.*)?$/.test(restOfLine(file, level.end))) {
    throw new NotEdited('An entry of the block does not stand on one line of its own.');
  }
}

/** The line of an entry as it is to be; `null` when it goes. */
function changedEntry(file: FileText, entry: WrittenEntry, { permissions, reasons }: WantedBlock): string | null {
  const level = levelIn(permissions, entry.name);
  const line = file.lines[lineOf(file, entry.start)] ?? { start: 0, end: 0 };
  if (level === wordOf(entry)) return file.text.slice(line.start, line.end);
  if (level === 'none') return null;
  const rest = file.text.slice(entry.level.end, line.end);
  const reason = rest.includes('#') ? '' : reasonComment(reasons.get(entry.name));
  return `${file.text.slice(line.start, entry.level.start)}${changedLevel(entry, level)}${reason}${rest}`;
}

/** New entries, each behind the one that it follows in the alphabet; where the block has no such order, at its end. */
function addedLines(
  { file }: BlockText,
  entries: readonly WrittenEntry[],
  wanted: WantedBlock,
): readonly (OutputLine & { readonly behind: number })[] {
  const [first] = entries;
  const names = entries.map(({ name }) => name);
  const start = first?.start ?? 0;
  const indentation = file.text.slice(file.lines[lineOf(file, start)]?.start, start);
  const isSorted = names.every((name, index) => index === 0 || byCodeUnit(names[index - 1] ?? '', name) < 0);
  // As the author quotes.
  const [inName, inLevel] = [file.text.charAt(start), first?.level.text ?? ''].map(
    (text) => /^['"]/.exec(text)?.[0] ?? '',
  );
  return entriesText(wanted)
    .filter(({ name }) => !names.includes(name))
    .map(({ name, level, comment }) => {
      const smaller = names.findLastIndex((other) => !isSorted || byCodeUnit(other, name) < 0);
      const text = `${inName}${name}${inName}: ${inLevel}${level}${inLevel}${comment}`;
      return { text: `${indentation}${text}`, behind: smaller };
    });
}

/** The lines of a block, with the line breaks that they have. What ends without one does so again. */
function joined(
  file: FileText,
  { first, last }: { readonly first: number; readonly last: number },
  output: readonly OutputLine[],
): TextEdit {
  const start = file.lines[first]?.start ?? 0;
  const { next: end, eol: lastEol } = file.lines[last] ?? { next: file.text.length, eol: '' };
  const eol = eolNear(file, first);
  const text = output
    .map((line) => `${line.text}${line.eol === undefined || line.eol === '' ? eol : line.eol}`)
    .join('');
  if (lastEol !== '') return { start, end, text };
  if (text !== '') return { start, end, text: text.replace(/(\r\n|\r|\n)$/, '') };
  return { start: file.lines[first - 1]?.end ?? start, end, text: '' };
}

/** What stands behind the key of a block that has lost its last entry. */
function emptied({ file, key }: BlockText, { whyEmpty }: WantedBlock): TextEdit {
  const rest = restOfLine(file, key.end);
  const behind = key.end + rest.indexOf(':') + 1;
  if (!/^[ \t]*:[ \t]*(#.*)?$/.test(rest)) throw new NotEdited('The key of the block has an unusual form.');
  const comment = rest.includes('#') ? '' : reasonComment(whyEmpty);
  return { start: behind, end: behind, text: ` ${NO_ENTRIES}${comment}` };
}
