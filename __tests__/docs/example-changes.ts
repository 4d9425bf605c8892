import { checkFiles } from '../../src/check-files.ts';
import { parseCommandLine } from '../../src/edge/command-line/command-line.ts';
import type { Report } from '../../src/model/report.ts';
import type { WorkflowSource } from '../../src/model/source.ts';
import type { WorkOutNeeds } from '../../src/needs/prepare-needs.ts';
import { needsOfJobs } from '../../src/needs/needs-of-jobs.ts';
import { linesToText } from '../../src/report/text/terminal-lines.ts';
import { changeLines } from '../../src/report/text/text-changes.ts';
import { triedLines } from '../../src/report/text/text-tried.ts';
import { calledWorkflows } from '../../src/workflow/read-called.ts';
import { readFiles } from '../../src/workflow/read-files.ts';
import { readBytes } from '../../src/workflow/read-source.ts';
import { readWorkflow } from '../../src/workflow/read-workflow.ts';
import type { Example } from './examples-in.ts';
import { inExample } from './in-example.ts';

const WIDTH = 100;

const workOutNeeds: WorkOutNeeds = (jobs, settings, declaredActions) =>
  needsOfJobs(jobs, { settings, actionFiles: new Map(), readFile: () => null, declaredActions });

/** What the text report says of the changes in an example, or of the setting that it tries. */
export async function changesText(example: Example): Promise<string> {
  const report = await reportOf(example);
  const told = linesToText([...triedLines(report.whatIf, WIDTH), ...changeLines(report, WIDTH)], false);
  return told.replace(/^Compared with the base\n/, '');
}

function reportOf(example: Example): Promise<Report> {
  return inExample(example, async ({ sources, base, settings, read }) => {
    const command = parseCommandLine(example.options);
    const whatIf = command.kind === 'check' ? command.values.whatIf : undefined;
    const readCalled = calledWorkflows(read, (bytes) => readBytes<never>(bytes, readWorkflow));
    const files = (all: readonly WorkflowSource[]) => readFiles(all);
    const options = {
      toolVersion: '1.0.0',
      failOn: 'never' as const,
      ...(base === null ? {} : { compared: { with: 'the base', how: '' } }),
      ...(whatIf === undefined ? {} : { whatIf }),
    };
    const before =
      base === null
        ? null
        : { files: files(base), read: readCalled, prepareNeeds: () => Promise.resolve(workOutNeeds) };
    return checkFiles(files(sources), settings, options, readCalled, () => Promise.resolve(workOutNeeds), before);
  });
}
