import path from 'node:path';

import type { Report } from '../../model/report.ts';
import { annotations } from '../../report/annotations.ts';
import { visible } from '../../report/escape-terminal.ts';
import { markdownReport } from '../../report/markdown/markdown.ts';
import { textReport } from '../../report/text/text.ts';
import { workflowCommand } from '../../report/workflow-command.ts';
import type { ActionInputValues } from '../command-line/option-table.ts';
import { writeReportFile } from '../files/write-report-file.ts';
import type { CheckedFiles } from '../fix/rechecker.ts';
import { errorReport } from '../output/error-report.ts';
import { jsonText } from '../output/json-text.ts';
import { errorMessage } from '../tool-error.ts';
import type { ActionCore } from './action-core.ts';
import { appendWhole } from './append-whole.ts';
import type { RunContext } from './run-context.ts';

/** The log of a job is wide, and has no end of line of its own. */
const LOG_WIDTH = 120;

/** What is written of a report, and where paths begin. */
export interface Written {
  readonly checked: CheckedFiles;
  /** What to put before a path so that it is one from the root of the checkout; empty or with `/` at its end. */
  readonly prefix: string;
}

/** The outputs that name files; empty where none was asked for. */
export type FileOutputs = Record<'json-file' | 'sarif-file', string>;

/**
 * Writes a report to the log, the job summary and the files that were asked for. `outputs` says which are there, also when a
 * later one fails.
 *
 * @throws ToolError when a file cannot be written.
 */
export async function writeResults(
  { checked, prefix }: Written,
  inputs: ActionInputValues,
  run: RunContext,
  core: ActionCore,
  outputs: FileOutputs,
): Promise<void> {
  const { report } = checked;
  writeLog(report, prefix, core);
  if (inputs.summary !== false) writeSummary(report, run, core);
  outputs['json-file'] = writeFile(inputs.jsonFile, jsonText(report), inputs, run);
  outputs['sarif-file'] = await writeSarif(checked, prefix, inputs, run, core);
}

/** Writes the error in place of the report into the files that were asked for. A failure in doing so is not told: the first one counts. */
export async function writeErrors(
  error: unknown,
  inputs: ActionInputValues,
  run: RunContext,
  outputs: FileOutputs,
): Promise<void> {
  const tryWrite = (name: string | undefined, texts: () => Iterable<string>): string => {
    try {
      return writeFile(name, texts(), inputs, run);
    } catch {
      return '';
    }
  };
  outputs['json-file'] = tryWrite(inputs.jsonFile, () => jsonText(errorReport(error)));
  if (inputs.sarifFile === undefined) return;
  const { sarifErrorText } = await import('../output/sarif-text.ts');
  outputs['sarif-file'] = tryWrite(inputs.sarifFile, () => sarifErrorText(error, run.actionHome));
}

function writeLog(report: Report, prefix: string, core: ActionCore): void {
  core.startGroup('Permissions of the token in every job');
  core.info(textReport(report, { width: LOG_WIDTH, color: false }));
  core.endGroup();
  for (const annotation of annotations(report)) {
    core.info(workflowCommand({ ...annotation, path: prefix + annotation.path }));
  }
}

/** A summary that cannot be written must not hide the verdict. */
function writeSummary(report: Report, run: RunContext, core: ActionCore): void {
  if (run.summaryFile === null) return core.info('This server has no job summaries, so none is written.');
  try {
    appendWhole(run.summaryFile, markdownReport(report));
  } catch (error) {
    core.warning(visible(`The job summary could not be written: ${errorMessage(error)}`));
  }
}

/** Writes a file that the user asked for, if it is one. Returns the path for the output. */
function writeFile(
  name: string | undefined,
  texts: Iterable<string>,
  inputs: ActionInputValues,
  run: RunContext,
): string {
  if (name === undefined) return '';
  const workspace = path.resolve(run.workspace);
  const folder = path.resolve(workspace, inputs.workingDirectory ?? '.');
  return writeReportFile(name, folder, workspace, texts);
}

/** Writes the report as SARIF, if that is asked for. Returns the path for the output. */
async function writeSarif(
  checked: CheckedFiles,
  prefix: string,
  inputs: ActionInputValues,
  run: RunContext,
  core: ActionCore,
): Promise<string> {
  if (inputs.sarifFile === undefined) return '';
  const { sarifText } = await import('../output/sarif-text.ts');
  const { fixesOfFindings } = await import('../fix/fixes-of-findings.ts');
  const fixesOf = await fixesOfFindings(checked);
  const { text, cut } = sarifText(checked.report, { prefix, fixesOf, withSuppressed: false });
  if (cut !== null) core.warning(visible(cut));
  return writeFile(inputs.sarifFile, text, inputs, run);
}
