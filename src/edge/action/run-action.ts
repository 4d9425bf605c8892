import type { FindingLevel, Report, Result } from '../../model/report.ts';
import { countingFindings } from '../../policy/verdict.ts';
import { visible } from '../../report/escape-terminal.ts';
import { raisedCount } from '../compared/raised.ts';
import type { ActionInputValues } from '../command-line/option-table.ts';
import { messageLinesFor } from '../output/error-report.ts';
import { errorMessage } from '../tool-error.ts';
import type { ActionCore } from './action-core.ts';
import { debugOf, timedDebug } from './action-debug.ts';
import { readInputs } from './action-inputs.ts';
import { checkInRun } from './check-in-run.ts';
import { runContext, type RunContext } from './run-context.ts';
import { writeErrors, writeResults, type FileOutputs } from './write-results.ts';

/** The outputs of the action, by their names. */
interface Outputs
  extends FileOutputs, Record<'errors' | 'warnings' | 'notes', number>, Record<'changes' | 'raised', number | ''> {
  result: Result;
}

function countOf(findings: Report['findings'], level: FindingLevel): number {
  return findings.filter((finding) => finding.level === level).length;
}

function verdict(findings: Report['findings'], failOn: string): string {
  const levels = (['error', 'warning', 'note'] as const).map((level) => ({ level, count: countOf(findings, level) }));
  const counts = levels
    .filter(({ count }) => count > 0)
    .map(({ level, count }) => `${count} ${level}${count === 1 ? '' : 's'}`);
  return `${counts.join(', ')} in the workflow files (the run fails on: ${failOn}). The log of this step lists them.`;
}

/** Checks, and fills in the outputs as they become known. Returns why the step fails, or `null`. */
async function run(
  given: ActionInputValues,
  context: RunContext,
  env: NodeJS.ProcessEnv,
  core: ActionCore,
  outputs: Outputs,
): Promise<string | null> {
  const debug = timedDebug(debugOf(env, core));
  const done = await checkInRun(given, context, env, core, debug);
  const { report } = done.checked;
  const counting = countingFindings(report.findings, report.gate.report);
  outputs.errors = countOf(counting, 'error');
  outputs.warnings = countOf(counting, 'warning');
  outputs.notes = countOf(counting, 'note');
  if (report.changes !== undefined) {
    outputs.changes = report.changes.length;
    outputs.raised = raisedCount(report.changes);
  }
  await writeResults(done, done.inputs, context, core, outputs);
  debug('Wrote the report');
  outputs.result = report.result;
  return report.result === 'pass' ? null : visible(verdict(counting, report.gate.failOn));
}

/** Runs the action to its end. What goes wrong fails the step, with a message, and the outputs say so. */
export async function runAction(env: NodeJS.ProcessEnv, core: ActionCore): Promise<void> {
  const context = runContext(env);
  const outputs: Outputs = {
    result: 'error',
    errors: 0,
    warnings: 0,
    notes: 0,
    changes: '',
    raised: '',
    'json-file': '',
    'sarif-file': '',
  };
  let inputs: ActionInputValues = {};
  let failure: string | null;
  try {
    inputs = readInputs((name) => core.getInput(name));
    failure = await run(inputs, context, env, core, outputs);
  } catch (error) {
    failure = messageLinesFor(error).join('\n');
    await writeErrors(error, inputs, context, outputs);
  }
  if (failure !== null) core.setFailed(failure);
  try {
    for (const [name, value] of Object.entries(outputs)) core.setOutput(name, value);
  } catch (error) {
    core.setFailed(visible(`The outputs could not be written: ${errorMessage(error)}`));
  }
}
