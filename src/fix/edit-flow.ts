import type { Node as YamlNode, YAMLMap } from 'yaml';

import { listed } from '../words/in-words.ts';
import type { BlockText, WantedBlock } from './edit-block.ts';
import { changedLevel, wordOf, writtenEntries } from './edit-mapping.ts';
import type { WrittenEntry } from './edit-mapping.ts';
import { entriesText, NO_ENTRIES, reasonComment } from './entry-text.ts';
import { NotEdited, restOfLine } from './places.ts';
import { levelIn } from './same-permissions.ts';
import type { TextEdit } from './text-edit.ts';

/** Changes a block in braces, such as `{ contents: read }`, on its line. */
export function editFlow(
  block: BlockText<YAMLMap<YamlNode, YamlNode | null>>,
  wanted: WantedBlock,
): readonly TextEdit[] {
  const { file, range, value } = block;
  const { text } = file;
  const written = text.slice(range.start, range.end);
  if (/[\r\n#]/.test(written)) throw new NotEdited('The block is written in braces over several lines.');
  const entries = writtenEntries(value, file);
  const parts = entries.flatMap((entry) => changedPart(text, entry, wanted) ?? []);
  const names = entries.map(({ name }) => name);
  const added = entriesText(wanted).filter(({ name }) => !names.includes(name));
  parts.push(...added.map(({ name, plain }) => ({ name, text: plain, isChanged: true })));
  const [open, close] = edges(text, range, entries);
  const changed = parts.length === 0 ? NO_ENTRIES : `{${open}${parts.map((part) => part.text).join(', ')}${close}}`;
  const edit = { ...range, text: changed };
  const changedNames = parts.filter(({ isChanged }) => isChanged).map(({ name }) => name);
  const reason = parts.length === 0 ? wanted.whyEmpty : reasonOf(changedNames, wanted);
  return [edit, ...commentBehind(block, reason)];
}

/** A comment at the end of the line of a block in braces; what stands between them may be more of the file. */
export function commentBehind({ file, range }: BlockText, reason: string): readonly TextEdit[] {
  const rest = restOfLine(file, range.end);
  if (reason === '' || rest.includes('#')) return [];
  const end = range.end + rest.trimEnd().length;
  return [{ start: end, end, text: reasonComment(reason) }];
}

interface Part {
  readonly name: string;
  readonly text: string;
  readonly isChanged: boolean;
}

/** An entry as it is to be; `null` when it goes. */
function changedPart(text: string, entry: WrittenEntry, { permissions }: WantedBlock): Part | null {
  const { name, start, level } = entry;
  const wanted = levelIn(permissions, name);
  if (wanted === wordOf(entry)) return { name, text: text.slice(start, level.end), isChanged: false };
  if (wanted === 'none') return null;
  return { name, text: `${text.slice(start, level.start)}${changedLevel(entry, wanted)}`, isChanged: true };
}

/** The blanks inside of the braces. */
function edges(
  text: string,
  { start, end }: BlockText['range'],
  entries: readonly WrittenEntry[],
): readonly [string, string] {
  const [first, last] = [entries[0], entries.at(-1)];
  if (first === undefined || last === undefined) return [' ', ' '];
  return [text.slice(start + 1, first.start), text.slice(last.level.end, end - 1).replace(/^\s*,/, '')];
}

/** Why these permissions are there, in one line. */
export function reasonOf(names: readonly string[], { reasons }: WantedBlock): string {
  const known = names.filter((name) => reasons.has(name));
  return listed(known.map((name) => `${name} for ${reasons.get(name) ?? ''}`));
}
