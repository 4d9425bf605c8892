import type { ReportedWorkflow } from '../../model/report.ts';
import { visible } from '../escape-terminal.ts';
import type { FoldedWorkflow, JobGroup } from '../fold.ts';
import { contractInWords } from '../origin-words.ts';
import { entryLines, padded, paragraph, type Line } from './terminal-lines.ts';
import { displayWidth, truncated, wrapped } from './terminal-width.ts';
import { jobEntries, LABEL_WIDTH, type TextContext } from './text-job.ts';
import { number, plural } from '../../words/in-words.ts';

/** Where the columns are. */
export interface Columns {
  readonly width: number;
  /** Where what is said about a job begins. Ids that do not fit before it have lines of their own. */
  readonly second: number;
}

const INDENT = 2;
/** Below this width a column of ids would leave too little for the rest. */
const STACKED_BELOW = 60;

/** Takes workflows and a width and returns the columns that suit them all, so that blocks are aligned with each other. */
export function columnsFor(workflows: readonly FoldedWorkflow[], width: number): Columns {
  if (width < STACKED_BELOW) return { width, second: 2 * INDENT };
  const limit = Math.floor(width * 0.3);
  const widths = workflows
    .flatMap(({ groups }) => groups.map((group) => displayWidth(jobNames(group))))
    .filter((each) => each <= limit);
  return { width, second: INDENT + Math.max(8, ...new Set(widths)) + 2 };
}

/** Takes a workflow with its jobs folded and returns its block. */
export function workflowLines(folded: FoldedWorkflow, columns: Columns, context: TextContext): readonly Line[] {
  const { workflow, groups } = folded;
  return [
    ...titleLines(workflow, columns.width),
    ...stateLines(workflow, columns.width),
    ...groups.flatMap((group) => groupLines(group, workflow.path, columns, context)),
    ...contractLines(workflow, columns.width),
  ];
}

function titleLines({ path, name, events }: ReportedWorkflow, width: number): readonly Line[] {
  const title = wrapped(visible(path), width).map((text): Line => [{ text, style: 'path' }]);
  const left = width - displayWidth(visible(path)) - 2;
  const shown = name === null || name === path ? '' : visible(name);
  if (shown !== '' && left >= 8)
    title[0] = [...(title[0] ?? []), { text: `  ${truncated(shown, left)}`, style: 'plain' }];
  const runs = events.map((event) =>
    event === 'pull_request_target' ? `${event} (if the run is allowed)` : visible(event),
  );
  return [...title, ...(runs.length > 0 ? paragraph(`on ${runs.join(', ')}`, 'quiet', width) : [])];
}

function stateLines({ outcome, problems, jobs }: ReportedWorkflow, width: number): readonly Line[] {
  const told = problems.length === 0 ? '' : ` (${plural(problems.length, 'problem')} above)`;
  switch (outcome) {
    case 'invalid':
      return paragraph(`not valid, so no job runs${told}`, 'error', width, INDENT);
    case 'startup_failure':
      return paragraph(`cannot start, so no job runs${told}`, 'error', width, INDENT);
    case 'unresolved':
      return paragraph('not all of it could be computed', 'warning', width, INDENT);
    case 'ok':
      return jobs.length === 0 ? paragraph('no jobs', 'plain', width, INDENT) : [];
  }
}

function groupLines(group: JobGroup, path: string, { width, second }: Columns, context: TextContext): readonly Line[] {
  const names = jobNames(group);
  const [first, ...rest] = entryLines(jobEntries(group, path, context), LABEL_WIDTH, width, second);
  const style = group.writes === 'no' ? 'plain' : 'heading';
  if (first !== undefined && displayWidth(names) <= second - INDENT - 2) {
    const [, ...afterIndent] = first;
    return [
      [{ text: ' '.repeat(INDENT), style: 'plain' }, { text: padded(names, second - INDENT), style }, ...afterIndent],
      ...rest,
    ];
  }
  return [...paragraph(names, style, width, INDENT), ...(first === undefined ? [] : [first]), ...rest];
}

/** The ids of jobs with the same token; with their number where counting them would take a while. */
function jobNames({ jobs }: JobGroup): string {
  const names = jobs.map(({ path }) => path.map(visible).join(' / ')).join(', ');
  return jobs.length > 5 ? `${number(jobs.length)} jobs: ${names}` : names;
}

/** More callers than these do not get a line each. */
const MOST_CALLERS = 5;

function contractLines({ contract }: ReportedWorkflow, width: number): readonly Line[] {
  const least = contractInWords(contract);
  if (contract === null || least === null) return [];
  const callers = contract.unmetBy.map(({ path, job }) => `${visible(path)}, job ${job.map(visible).join(' / ')}`);
  const told = callers.length > MOST_CALLERS ? [`${number(callers.length)} jobs: ${callers.join('; ')}`] : callers;
  const unmet = told.flatMap((one) => paragraph(`not given by ${one}`, 'warning', width, 2 * INDENT));
  return [...paragraph(least, 'plain', width, INDENT), ...unmet];
}
