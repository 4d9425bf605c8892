import { annotations } from '../../src/report/annotations.ts';
import { markdownReport } from '../../src/report/markdown/markdown.ts';
import { textReport } from '../../src/report/text/text.ts';
import { workflowCommand } from '../../src/report/workflow-command.ts';
import { checkCommand, checkPrinted } from '../oracles/log.ts';
import { checkMarkdown } from '../oracles/markdown.ts';
import { checkSameTags } from '../oracles/page.ts';
import { checkSarif, sarifOf } from '../oracles/sarif.ts';
import { madeNames, NAME_TEXTS, namesIn, reportWith } from '../seeds/names.ts';
import type { Target } from '../target.ts';

let harmless: readonly string[] | null = null;

/** Names of all that strangers may name, in every form of a report. */
export const NAMES: Target = {
  name: 'names',
  longest: 120,
  seeds: () => NAME_TEXTS,
  generate: madeNames,
  run: (text) => {
    const report = reportWith(namesIn(text));
    const markdown = markdownReport(report);
    harmless ??= tagsWith(['name']);
    checkSameTags(markdown, checkMarkdown(markdown, report), harmless);
    checkPrinted(textReport(report, { width: 60, color: true }));
    for (const annotation of annotations(report)) checkCommand(workflowCommand(annotation));
    checkSarif(sarifOf(report), false);
  },
};

function tagsWith(names: readonly string[]): readonly string[] {
  const report = reportWith(names);
  return checkMarkdown(markdownReport(report), report).tags;
}
