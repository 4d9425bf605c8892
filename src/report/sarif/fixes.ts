import type { FindingFix } from '../../fix/finding-fixes.ts';
import { inOrder } from '../../fix/text-edit.ts';
import type { TextEdit } from '../../fix/text-edit.ts';
import { listedShort } from '../../words/in-words.ts';
import { visible } from '../escape-terminal.ts';
import { artifactOf } from './locations.ts';
import type { SarifFix, SarifReplacement } from './sarif-model.ts';

/** More than these are told by their number. */
const MOST_NAMES = 5;

/** Takes the changes that mend a finding together and returns them as one fix. */
export function sarifFix(fixes: readonly FindingFix[], prefix: string): SarifFix {
  return {
    description: { text: `Write what the steps use: ${fixes.map(blocksOf).join(', ')}.` },
    artifactChanges: fixes.map(({ path, text, parts }) => ({
      artifactLocation: artifactOf(path, prefix),
      replacements: replacementsOf(
        text,
        parts.flatMap(({ edits }) => edits),
      ),
    })),
  };
}

function blocksOf({ path, parts }: FindingFix): string {
  const owners = parts.flatMap((part) => part.owners);
  const names = owners.map((owner) => (owner === null ? 'the workflow' : `the job '${owner}'`));
  return visible(`the ${names.length === 1 ? 'block' : 'blocks'} of ${listedShort(names, MOST_NAMES)} in ${path}`);
}

/**
 * The last one first: so it does not matter whether a viewer counts in the old text, as the standard says, or in the one that
 * it has already changed.
 */
function replacementsOf(text: string, edits: readonly TextEdit[]): readonly SarifReplacement[] {
  const starts = [0, ...[...text.matchAll(/\n/g)].map(({ index }) => index + 1)];
  return joined(edits)
    .reverse()
    .map(({ start, end, text: inserted }) => {
      const [from, to] = [positionOf(start), positionOf(end)];
      return {
        deletedRegion: { startLine: from.line, startColumn: from.column, endLine: to.line, endColumn: to.column },
        ...(inserted === '' ? {} : { insertedContent: { text: inserted } }),
      };
    });

  function positionOf(offset: number): { readonly line: number; readonly column: number } {
    const line = starts.findLastIndex((start) => start <= offset);
    return { line: line + 1, column: offset - (starts[line] ?? 0) + 1 };
  }
}

/** Edits that touch each other as one: of two at one place, no viewer can take the wrong one first. */
function joined(edits: readonly TextEdit[]): TextEdit[] {
  const all: TextEdit[] = [];
  for (const edit of inOrder(edits)) {
    const last = all.at(-1);
    if (last?.end !== edit.start) all.push(edit);
    else all[all.length - 1] = { start: last.start, end: edit.end, text: last.text + edit.text };
  }
  return all;
}
