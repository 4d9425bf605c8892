import type { ReportedWorkflow } from '../../model/report.ts';
import { cellsOf } from '../cells.ts';
import { isComparable, unusedOf } from '../compared.ts';
import { codeBlockHtml, nameHtml, ownHtml } from './escape-markdown.ts';
import type { FoldedWorkflow, JobGroup } from '../fold.ts';
import { take } from './markdown-budget.ts';
import type { Section } from './markdown-matrix.ts';
import { callsHtml, detailsRows, type DetailsContext } from './markdown-rows.ts';
import { needsHtml } from './markdown-needs.ts';
import type { SuggestedBlocks } from './suggested-blocks.ts';
import { truncated } from '../text/terminal-width.ts';
import { contractInWords } from '../origin-words.ts';
import { capital, number, plural } from '../../words/in-words.ts';
import { shortPath } from '../words.ts';

/** Of a workflow's name, which the file's name makes clear anyway. */
const LONGEST_NAME = 80;

/** More workflows than these are folded into one. */
const OPEN_WORKFLOWS = 12;

/** The details, and whether what jobs need is among them. */
export interface DetailsSection extends Section {
  readonly hasNeeds: boolean;
}

/** Takes workflows and the bytes there are for them, and returns all rows of each, folded away. */
export function detailsSection(
  workflows: readonly FoldedWorkflow[],
  room: number,
  context: DetailsContext,
): DetailsSection {
  const shown = workflows.filter(({ groups }) => groups.length > 0);
  const within = (hasNeeds: boolean) =>
    take(shown, (workflow) => workflowHtml(workflow, context, hasNeeds), room - 300);
  const full = within(true);
  // What jobs get comes before what they need.
  const short = full.leftOut === 0 ? full : within(false);
  const { texts, leftOut } = short.leftOut < full.leftOut ? short : full;
  const hasNeeds = texts === full.texts;
  if (texts.length === 0) return { text: '', leftOut, hasNeeds };
  const isLong = texts.length > OPEN_WORKFLOWS;
  const summary = `<summary>${plural(texts.length, 'workflow')}, one by one</summary>`;
  const body = isLong ? `<details>\n${summary}\n${texts.join('')}</details>\n` : texts.join('\n');
  return { text: `### Who gets what, and why\n\n${body}`, leftOut, hasNeeds };
}

function workflowHtml({ workflow, groups }: FoldedWorkflow, context: DetailsContext, hasNeeds: boolean): string {
  const name = workflow.name === null ? '' : ` ${nameHtml(truncated(workflow.name, LONGEST_NAME))}`;
  const titles = ['Jobs', 'Runs', 'Permissions', 'Why'];
  const head = titles.map((title) => `<th scope="col" align="left">${title}</th>`).join('');
  const rows = groups.map((group) => groupRows(group, workflow.path, context)).join('');
  return (
    `<details>\n<summary>${nameHtml(shortPath(workflow.path))}${name}: ${writesInWords(groups)}${lessInWords(groups)}</summary>\n` +
    `<table>\n<thead>\n<tr>${head}</tr>\n</thead>\n<tbody>\n${rows}</tbody>\n</table>\n${contractHtml(workflow)}` +
    `${hasNeeds ? needsHtml(groups, workflow.path) : ''}${hasNeeds ? blocksHtml(context.blocks.get(workflow.path)) : ''}</details>\n`
  );
}

function contractHtml({ contract }: ReportedWorkflow): string {
  const least = contractInWords(contract);
  if (contract === null || least === null) return '';
  const unmet = contract.unmetBy.map(
    ({ path, job }) => `<br>not given by ${nameHtml(path)}, job ${nameHtml(job.join(' / '))}`,
  );
  return `<p>${ownHtml(capital(least))}.${unmet.join('')}</p>\n`;
}

/** What to paste; the file itself says what stands there now. */
function blocksHtml(blocks: SuggestedBlocks | undefined): string {
  if (blocks === undefined) return '';
  const { lines, kept } = blocks;
  const names = kept.map((id) => nameHtml(id)).join(', ');
  const note =
    kept.length === 0
      ? ''
      : `<p>${names} ${kept.length === 1 ? 'keeps what it has, as not all that it needs' : 'keep what they have, as not all that they need'} is known.</p>\n`;
  return `<details>\n<summary>The least blocks that do, to paste</summary>\n${codeBlockHtml(lines, 'yaml')}\n${note}</details>\n`;
}

/** `, 3 need less`, of the jobs whose token is always the same. */
function lessInWords(groups: readonly JobGroup[]): string {
  const jobs = groups.filter(isComparable).flatMap((group) => {
    const cells = cellsOf(group);
    return group.jobs.filter((job) => unusedOf(job, cells).length > 0);
  });
  return jobs.length === 0 ? '' : `, ${number(jobs.length)} ${jobs.length === 1 ? 'needs' : 'need'} less`;
}

/** `2 of 7 jobs can write, 5 more if the default is write`. */
function writesInWords(groups: readonly JobGroup[]): string {
  const count = (accepted: readonly JobGroup[]) => accepted.reduce((sum, group) => sum + group.jobs.length, 0);
  const jobs = plural(count(groups), 'job');
  const always = count(groups.filter(({ writes }) => writes === 'yes'));
  const perhaps = count(groups.filter(({ writes }) => writes === 'if-default'));
  if (always + perhaps === 0) return `${jobs}, none can write`;
  if (always === 0) return `${number(perhaps)} of ${jobs} can write if the default is write`;
  return `${number(always)} of ${jobs} can write${perhaps === 0 ? '' : `, ${number(perhaps)} more if the default is write`}`;
}

function groupRows(group: JobGroup, path: string, context: DetailsContext): string {
  const names = group.jobs.map((job) => nameHtml(job.path.join(' / '))).join(', ');
  const calls = group.passedOn === null ? '' : `<br><small>${callsHtml(group)}</small>`;
  const rows = detailsRows(group, path, context);
  const header = `<th scope="rowgroup" align="left" valign="top" rowspan="${rows.length}">${names}${calls}</th>`;
  return rows
    .map(({ runs, permissions, why }, index) => {
      return `<tr>${index === 0 ? header : ''}<td>${runs}</td><td>${permissions}</td><td>${why}</td></tr>\n`;
    })
    .join('');
}
