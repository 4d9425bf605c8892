import { schemaErrors } from '../../__tests__/schema/validate.ts';
import type { Report } from '../../src/model/report.ts';
import { annotations } from '../../src/report/annotations.ts';
import { markdownReport } from '../../src/report/markdown/markdown.ts';
import { textReport } from '../../src/report/text/text.ts';
import { workflowCommand } from '../../src/report/workflow-command.ts';
import { must } from '../target.ts';
import { checkCommand, checkPrinted } from './log.ts';
import { checkMarkdown } from './markdown.ts';
import { checkSarif, sarifOf } from './sarif.ts';

const LINKS = { files: 'file:///checkout/', hasLines: false, home: null };

/** Both schemas take ten times as long as all the rest. */
const SCHEMA_EVERY = 64;

let count = 0;

/** Writes a report in every form, and checks that none says or does what we did not mean. */
export function checkReport(report: Report): void {
  const withSchema = count++ % SCHEMA_EVERY === 0;
  checkPrinted(textReport(report, { width: 80, color: false }));
  checkPrinted(textReport(report, { width: 30, color: true, links: LINKS }));
  for (const annotation of annotations(report)) checkCommand(workflowCommand(annotation));
  checkMarkdown(markdownReport(report), report);
  checkSarif(sarifOf(report), withSchema);
  if (!withSchema) return;
  const [error] = schemaErrors(report);
  must(error === undefined, () => `report.schema.json: ${error}`);
}
