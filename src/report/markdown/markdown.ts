import type { Report } from '../../model/report.ts';
import { digestOf, type Digest } from '../counts.ts';
import { longDefaults } from '../defaults.ts';
import { byteLength } from './markdown-budget.ts';
import { detailsSection, type DetailsSection } from './markdown-details.ts';
import type { DetailsContext } from './markdown-rows.ts';
import { issuesSection } from './markdown-issues.ts';
import { matrixSection } from './markdown-matrix.ts';
import { chainsSection } from './markdown-chains.ts';
import { changesSection } from './markdown-changes.ts';
import { triedSection } from './markdown-tried.ts';
import { policyChangeSection, policySection } from './markdown-policy.ts';
import { observedSection } from '../observed-sections.ts';
import { defaultsSection, notesSection } from './markdown-notes.ts';
import { matrixOf } from '../matrix.ts';
import { doubtsInReport } from '../notes.ts';
import { suggestedBlocks } from './suggested-blocks.ts';
import { policyPath } from '../policy-words.ts';
import { verdictOf } from '../verdict.ts';
import { listed, plural } from '../../words/in-words.ts';

/** GitHub shows nothing of a summary that is larger than 1 MiB. */
const LIMIT = 1_048_576 - 4096;

const TITLE = '## Permissions of `GITHUB_TOKEN` in every job\n\n';

/**
 * Takes a report and a limit in bytes of UTF-8, and returns a job summary for GitHub: the verdict, what to act on, a
 * matrix of jobs and permissions, details folded away, what is not known. It is never larger than the limit; a sentence
 * says what was left out. Nothing that a stranger wrote becomes Markdown or HTML.
 */
export function markdownReport(report: Report, limit = LIMIT): string {
  const digest = digestOf(report);
  const context = {
    defaults: longDefaults(digest.workflows),
    doubts: doubtsInReport(report),
    blocks: suggestedBlocks(report),
  };
  const head =
    TITLE +
    verdictText(digest) +
    triedSection(report.whatIf) +
    changesSection(report) +
    policyChangeSection(report.policy);
  const notes = observedSection(report.observed) + policySection(report.policy) + notesSection(digest, context);
  const defaults = defaultsSection(context);
  const room = limit - byteLength(head) - byteLength(defaults) - byteLength(notes) - LEFT_OUT_ROOM;
  if (room < 0) return smallest(digest, head, limit);
  return head + body(digest, context, defaults, room) + notes;
}

/** How long the sentence may be that says what was left out. */
const LEFT_OUT_ROOM = 400;

function body(digest: Digest, context: DetailsContext, defaults: string, room: number): string {
  const places = { home: digest.report.tool.home ?? null, policy: policyPath(digest.report) };
  const issues = issuesSection(digest.issues, places, room * 0.4);
  const left = room - byteLength(issues.text);
  const matrix = matrixSection(matrixOf(digest.workflows), left * 0.5);
  const picture = chainsSection(digest.report);
  const isPictureLeftOut = byteLength(picture) > left * 0.1;
  const chains = isPictureLeftOut ? '' : picture;
  const details = detailsSection(digest.workflows, left - byteLength(matrix.text) - byteLength(chains), context);
  const cut = leftOutText(issues.leftOut, matrix.leftOut, isPictureLeftOut, details);
  return [cut, issues.text, matrix.text, defaults, chains, details.text]
    .filter((text) => text !== '')
    .map((text) => `${text}\n`)
    .join('');
}

function leftOutText(
  issues: number,
  rows: number,
  isPictureLeftOut: boolean,
  { leftOut: workflows, hasNeeds }: DetailsSection,
): string {
  const parts = [
    ...(issues > 0 ? [plural(issues, 'thing') + ' to look at'] : []),
    ...(rows > 0 ? [`${plural(rows, 'row')} of the table`] : []),
    ...(isPictureLeftOut ? ['which workflow calls which'] : []),
    ...(workflows > 0 ? [`the details of ${plural(workflows, 'workflow')}`] : []),
    ...(hasNeeds ? [] : ['what jobs need, step by step']),
  ];
  if (parts.length === 0) return '';
  return `⚠️ **Left out here: ${listed(parts)}.** GitHub shows no summary that is larger than 1 MiB. The JSON report has everything.\n`;
}

const SIGNS = { yes: '✅', doubtful: '⚠️', no: '❌' } as const;

function verdictText(digest: Digest): string {
  const { answer, coverage, sentences } = verdictOf(digest);
  const list = sentences.map((sentence) => `- ${sentence}\n`).join('');
  return `### ${SIGNS[answer.kind]} ${answer.text}\n\n**${coverage}**\n\n${list}${list === '' ? '' : '\n'}`;
}

function smallest(digest: Digest, head: string, limit: number): string {
  const cut = 'Everything else is left out: it would be larger than the limit.\n';
  const texts = [head + cut, `**${verdictOf(digest).coverage}**\n\n${cut}`, cut];
  return texts.find((text) => byteLength(text) <= limit) ?? '';
}
