import type { Advice, Report, ReportedWorkflow } from '../../src/model/report.ts';
import { contractLines, exampleResult, jobLines, wrapped } from './example-result.ts';
import type { Example } from './examples-in.ts';

/** The rules about what GitHub refuses: the others have pages of their own. */
const ABOUT_REFUSALS: ReadonlySet<string> = new Set(['invalid-workflow', 'startup-failure', 'unknown-permission']);

/** What comes of an example: of one file without a name, or of the files of a repository. */
export function resultOf({ files, expected }: Example, report: Report): string {
  if (files.every(({ path }) => path === null)) return report.workflows.map(exampleResult).join('');
  const refusals = report.findings.filter(({ rule }) => ABOUT_REFUSALS.has(rule));
  const lines = [...refusals.flatMap(issueLines), ...report.workflows.flatMap(unreadLines)];
  // What a file that is only called asks for stands where the document speaks of it.
  const shown = report.workflows.filter((one) => !isOnlyCalled(one) || `\n${expected}`.includes(`\n${one.path}\n`));
  return [...lines, ...shown.flatMap(workflowLines)].map((line) => `${line}\n`).join('');
}

function isOnlyCalled({ events }: ReportedWorkflow): boolean {
  return events.every((event) => event === 'workflow_call');
}

type Issue = Report['findings'][number];

function issueLines({ level, path, line, column, defaultPermissions, message, hint, advice = [] }: Issue) {
  const only = defaultPermissions === undefined ? '' : `, if the default is ${defaultPermissions}`;
  return [
    `${level}${only}: ${path}:${line}:${column}`,
    ...indented(message),
    ...(hint === undefined ? [] : indented(hint)),
    ...advice.flatMap(adviceLines),
  ];
}

function unreadLines({ problems }: ReportedWorkflow): readonly string[] {
  const unread = problems.filter(({ code }) => code === 'call-not-read');
  return unread.flatMap(({ path, line, column, message, hint }) => [
    `not known: ${path}:${line}:${column}`,
    ...indented(message),
    ...(hint === undefined ? [] : indented(hint)),
  ]);
}

function adviceLines({ text, path, line, permissions }: Advice): readonly string[] {
  const entries = Object.entries(permissions ?? {}).map(([name, level]) => `      ${name}: ${level}`);
  return [
    ...wrapped(`- ${text} (${path}:${line})`, '  ').map((one) => `  ${one}`),
    ...(permissions === undefined ? [] : ['    permissions:', ...entries]),
  ];
}

function workflowLines(workflow: ReportedWorkflow): readonly string[] {
  const { path, outcome } = workflow;
  const cannotRun = outcome === 'invalid' || outcome === 'startup_failure';
  const jobs = isOnlyCalled(workflow) ? [] : workflow.jobs.flatMap((job) => jobLines(job, workflow));
  const unmet = workflow.contract?.unmetBy ?? [];
  const lines = [
    ...(cannotRun ? ['no job starts'] : jobs),
    ...contractLines(workflow),
    ...unmet.map((one) => `not given by ${one.path}, job ${one.job.join(' / ')}`),
  ];
  return [path, ...lines.map((line) => `  ${line}`)];
}

function indented(text: string): readonly string[] {
  return wrapped(text, '').map((line) => `  ${line}`);
}
