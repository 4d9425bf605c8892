import type { WantedBlock } from './edit-block.ts';
import { entriesText, NO_ENTRIES, reasonComment } from './entry-text.ts';
import { eolNear, lineOf, NotEdited, rangeOf, refuseShared, restOfLine } from './places.ts';
import type { FileText, Holder } from './places.ts';
import type { TextEdit } from './text-edit.ts';

const IN_BRACES = 'The mapping that the block belongs to is written in braces.';
const UNUSUAL = 'The place where the block belongs has an unusual form.';

/**
 * Writes a block where none is: at a job, right below its id; at the workflow, in front of `jobs`.
 *
 * @throws NotEdited when it is better done by hand.
 */
export function insertBlock(file: FileText, holder: Holder, wanted: WantedBlock, step: string): TextEdit {
  refuseShared(holder.mapping, file);
  if (holder.mapping.flow === true) throw new NotEdited(IN_BRACES);
  return holder.key === null ? atWorkflow(file, wanted, step) : atJob(file, holder, holder.key.end, wanted, step);
}

function atJob(file: FileText, { mapping }: Holder, keyEnd: number, wanted: WantedBlock, step: string): TextEdit {
  const { lines, text } = file;
  const [first] = mapping.items;
  const start = rangeOf(first?.key ?? null)?.start;
  const line = lineOf(file, keyEnd);
  if (start === undefined || lineOf(file, start) <= line) throw new NotEdited(UNUSUAL);
  const indentation = text.slice(lines[lineOf(file, start)]?.start, start);
  const isUsual = /^[ \t]*:[ \t]*(?:&\S+(?:[ \t]+(?:#.*)?)?|#.*)?$/.test(restOfLine(file, keyEnd));
  if (!isUsual || !/^ +$/.test(indentation)) throw new NotEdited(UNUSUAL);
  const place = lines[line]?.next ?? text.length;
  return { start: place, end: place, text: blockText(wanted, indentation, step, eolNear(file, line)) };
}

function atWorkflow(file: FileText, wanted: WantedBlock, step: string): TextEdit {
  const { lines, text, jobsKey } = file;
  const key = lineOf(file, jobsKey.start);
  const indentation = text.slice(lines[key]?.start, jobsKey.start);
  if (!/^ *$/.test(indentation)) throw new NotEdited(UNUSUAL);
  let line = key;
  // The comment right above `jobs` is about the jobs, unless it is the head of the file.
  while (line > 0 && file.comments.alone(line) !== null) line--;
  if (line === 0) line = key;
  const place = lines[line]?.start ?? 0;
  const eol = eolNear(file, line);
  const above = lines[line - 1];
  const isApart = above !== undefined && text.slice(above.start, above.end).trim() === '';
  return { start: place, end: place, text: `${blockText(wanted, indentation, step, eol)}${isApart ? eol : ''}` };
}

function blockText(wanted: WantedBlock, indentation: string, step: string, eol: string): string {
  const entries = entriesText(wanted);
  if (entries.length === 0) return `${indentation}permissions: ${NO_ENTRIES}${reasonComment(wanted.whyEmpty)}${eol}`;
  const lines = ['permissions:', ...entries.map(({ text }) => `${step}${text}`)];
  return lines.map((line) => `${indentation}${line}${eol}`).join('');
}
