import { isMap, isScalar } from 'yaml';
import type { Node as YamlNode } from 'yaml';

import type { Permissions } from '../model/permission.ts';
import { commentBehind, editFlow, reasonOf } from './edit-flow.ts';
import { editMapping } from './edit-mapping.ts';
import { entriesText, NO_ENTRIES } from './entry-text.ts';
import type { EntryText } from './entry-text.ts';
import { eolNear, lineOf, NotEdited, rangeOf, refuseShared, restOfLine } from './places.ts';
import type { FileText, Holder, KeyPlace, Range } from './places.ts';
import type { TextEdit } from './text-edit.ts';

/** What a block is to say. */
export interface WantedBlock {
  readonly permissions: Permissions;
  /** Why each permission is there, for a comment. */
  readonly reasons: ReadonlyMap<string, string>;
  /** Why nothing is there, should it be empty. */
  readonly whyEmpty: string;
}

/** A place in a file where a block stands, with what an edit of any form of block needs. */
export interface BlockText<Value extends YamlNode = YamlNode> {
  readonly file: FileText;
  readonly key: KeyPlace;
  readonly value: Value;
  /** Where the value stands. */
  readonly range: Range;
  /** The mapping around it is written in braces. */
  readonly isInBraces: boolean;
  /** By how much more than the key its entries are indented. */
  readonly step: string;
}

/**
 * The edits that make a block say what is wanted, and leave all else as it is: entries that do not change, comments,
 * quotes and the order.
 *
 * @throws NotEdited when it is better changed by hand.
 */
export function editBlock(file: FileText, holder: Holder, wanted: WantedBlock, step: string): readonly TextEdit[] {
  const { block: key, mapping } = holder;
  if (key === null) throw new Error('there is no block');
  refuseShared(mapping, file);
  refuseShared(key.value, file);
  const { value } = key;
  const range = rangeOf(value);
  if (value === null || range === null) throw new NotEdited('The block has no value.');
  if (value.tag !== undefined) throw new NotEdited('The block has a tag.');
  if (!/^[ \t]*:/.test(restOfLine(file, key.end))) throw new NotEdited('The key of the block has an unusual form.');
  const block = { file, key, range, isInBraces: mapping.flow === true, step };
  if (isScalar(value)) return editShorthand({ ...block, value }, wanted);
  if (!isMap<YamlNode, YamlNode | null>(value)) throw new NotEdited('The block has an unusual form.');
  if (value.flow !== true) return editMapping({ ...block, value }, wanted);
  if (value.items.length === 0 && !block.isInBraces) return editShorthand({ ...block, value }, wanted);
  return editFlow({ ...block, value }, wanted);
}

/** Of `read-all`, `write-all` and `{}`. */
function editShorthand(block: BlockText, wanted: WantedBlock): readonly TextEdit[] {
  const { file, key, range, isInBraces } = block;
  const entries = entriesText(wanted);
  const isEmpty = entries.length === 0;
  if (isInBraces || isEmpty) {
    const written = entries.map(({ plain }) => plain).join(', ');
    const names = entries.map(({ name }) => name);
    const reason = isEmpty ? wanted.whyEmpty : reasonOf(names, wanted);
    return [{ ...range, text: isEmpty ? NO_ENTRIES : `{ ${written} }` }, ...commentBehind(block, reason)];
  }
  const { text, lines } = file;
  const rest = restOfLine(file, range.end);
  const indentation = text.slice(lines[lineOf(file, key.start)]?.start, key.start);
  if (!/^[ \t]*(#.*)?$/.test(rest) || indentation.trim() !== '') {
    throw new NotEdited('Something else stands beside the block.');
  }
  const line = lineOf(file, range.start);
  const eol = eolNear(file, line);
  if (line !== lineOf(file, key.start)) return [belowKey(block, entries, eol)];
  const added = entries.map((entry) => `${eol}${indentation}${block.step}${entry.text}`);
  const colon = key.end + restOfLine(file, key.end).indexOf(':') + 1;
  const end = lines[line]?.end ?? text.length;
  return [{ start: colon, end, text: `${rest.trimEnd() === '' ? '' : rest}${added.join('')}` }];
}

/** The value stands on a line of its own. The comment behind it stays behind the last entry. */
function belowKey({ file, range }: BlockText, entries: readonly EntryText[], eol: string): TextEdit {
  const indentation = file.text.slice(file.lines[lineOf(file, range.start)]?.start, range.start);
  if (indentation.trim() !== '') throw new NotEdited('Something else stands beside the block.');
  const hasComment = restOfLine(file, range.end).includes('#');
  const texts = entries.map(({ plain, text }, index) => (hasComment && index === entries.length - 1 ? plain : text));
  return { ...range, text: texts.join(`${eol}${indentation}`) };
}
