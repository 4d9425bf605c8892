import type { Report } from '../../model/report.ts';
import { adviceSentence, blockLines, foldAdvice, type FoldedAdvice } from '../advice-block.ts';
import { alikeLine, foldAlike, type AlikeIssues } from '../alike-issues.ts';
import { ruleFacts } from '../../policy/rule-table.ts';
import { digestOf, type Digest } from '../counts.ts';
import { defaultInWords, longDefaults } from '../defaults.ts';
import { visible } from '../escape-terminal.ts';
import { exceptionEntries } from '../exception-entry.ts';
import type { FoldedWorkflow } from '../fold.ts';
import { policyPath } from '../policy-words.ts';
import type { Issue } from '../issues.ts';

import { doubtsAboutDependabotBranches, doubtsInDigest, howComputed, unknownsOf } from '../notes.ts';
import { ruleNotes } from '../rule-notes.ts';
import { observedLines } from '../observed-sections.ts';
import { entryLines, linesToText, padded, paragraph } from './terminal-lines.ts';
import type { Entry, Line, Style } from './terminal-lines.ts';
import { fileLink, ruleLink } from './terminal-links.ts';
import type { Links } from './terminal-links.ts';
import { displayWidth } from './terminal-width.ts';
import { policyChangeLines, policyLines } from './text-policy.ts';
import { changeLines } from './text-changes.ts';
import { triedLines } from './text-tried.ts';
import { columnsFor, workflowLines } from './text-workflow.ts';
import { doubtMarks, LABEL_WIDTH, type TextContext } from './text-job.ts';
import { verdictOf } from '../verdict.ts';
import { withoutCommands } from '../workflow-command.ts';
import { listed, number } from '../../words/in-words.ts';

const NARROWEST = 30;
const WIDEST = 120;

/** What a text is shown on. */
export interface TextStyle {
  readonly width: number;
  readonly color: boolean;
  /** Not given where there are no links. */
  readonly links?: Links | null;
}

/**
 * Takes a report, and the width and the colours of what it is shown on, and returns the text for it: the verdict, what to
 * act on, a block for each workflow, what is not known. The text holds no control characters but line ends, our own colours
 * with `color` and our own links with `links`, and nothing that a runner would obey.
 */
export function textReport(report: Report, style: TextStyle): string {
  return [...textSections(report, style)].join('');
}

/** The same piece by piece, each of them whole lines: the text of ten thousand workflows need not be held at once. */
export function* textSections(report: Report, style: TextStyle): Generator<string> {
  let before = '';
  for (const lines of sections(report, style)) {
    if (lines.length === 0) continue;
    yield before + withoutCommands(linesToText(lines, style.color));
    before = '\n';
  }
}

function* sections(report: Report, style: TextStyle): Generator<readonly Line[]> {
  const width = Math.min(WIDEST, Math.max(NARROWEST, Math.floor(style.width)));
  const digest = digestOf(report);
  const context: TextContext = { defaults: longDefaults(digest.workflows), doubts: doubtsInDigest(digest) };
  const columns = columnsFor(digest.workflows, width);
  yield verdictLines(digest, width);
  yield triedLines(report.whatIf, width);
  yield changeLines(report, width);
  yield policyChangeLines(report.policy, width);
  for (const alike of foldAlike(digest.issues)) yield issueLines(alike, width, style.links ?? null, policyPath(report));
  yield ruleLines(digest, width);
  for (const workflow of byRank(digest.workflows)) yield workflowLines(workflow, columns, context);
  yield* defaultSections(context, width);
  yield observedLines(report.observed, width);
  yield policyLines(report.policy, width);
  yield unknownSection(digest, width);
  yield footerLines(digest, context, width);
}

function verdictLines(digest: Digest, width: number): readonly Line[] {
  const { answer, coverage, state, sentences } = verdictOf(digest);
  return [
    ...paragraph(coverage, COVERAGE_STYLES[state], width),
    ...paragraph(`${answer.text}.`, ANSWER_STYLES[answer.kind], width),
    ...sentences.flatMap((sentence) => paragraph(sentence, 'plain', width)),
  ];
}

const COVERAGE_STYLES = { complete: 'heading', incomplete: 'warning', failed: 'error' } as const;
const ANSWER_STYLES = { yes: 'heading', doubtful: 'warning', no: 'error' } as const;

const STYLES: Readonly<Record<Issue['level'], Style>> = { error: 'error', warning: 'warning', note: 'plain' };

const GAP = { text: '  ', style: 'plain' } as const;

function issueLines(
  { issue, others }: AlikeIssues,
  width: number,
  links: Links | null,
  policy: string,
): readonly Line[] {
  const { level, rule, path, line, column, message, hint, advice, subjects } = issue;
  const place = visible(`${path}:${line}:${column}`);
  const said = [
    { label: '', text: visible(message), style: 'plain' as const },
    ...(hint === null ? [] : [{ label: '', text: visible(hint), style: 'quiet' as const }]),
  ];
  const label = { text: padded(level, ISSUE_LABEL), style: STYLES[level] };
  const isNarrow = displayWidth(place) > width - ISSUE_LABEL;
  const indent = isNarrow ? 2 : ISSUE_LABEL;
  const isRuleFar = displayWidth(`${place}  ${visible(rule)}`) > width - ISSUE_LABEL;
  const page = links === null || ruleFacts(rule) === undefined ? undefined : ruleLink(links, rule);
  const ruleName = { text: visible(rule), style: 'quiet' as const, link: page };
  const target = links === null ? undefined : fileLink(links, issue);
  return [
    ...(isNarrow
      ? [[label], ...paragraph(place, 'path', width, 2)]
      : [[label, { text: place, style: 'path' as const, link: target }, ...(isRuleFar ? [] : [GAP, ruleName])]]),
    ...(isRuleFar ? [[{ text: ' '.repeat(indent), style: 'plain' as const }, ruleName]] : []),
    ...entryLines(said, 0, width, indent),
    ...foldAdvice(advice).flatMap((one) => adviceLines(one, width, indent)),
    ...alikeLines(others, width, indent),
    ...acceptLines(rule, subjects, policy, width, indent),
  ];
}

/** The other files of which the same is said, one a line. */
function alikeLines(others: readonly Issue[], width: number, indent: number): readonly Line[] {
  if (others.length === 0) return [];
  const entries = others.map((one) => ({ label: '-', text: visible(alikeLine(one)), style: 'plain' as const }));
  const title = { label: '', text: `The same in ${number(others.length)} more files:`, style: 'plain' as const };
  return [...entryLines([title], 0, width, indent), ...entryLines(entries, 2, width, indent)];
}

/** How to accept a finding that is about little; for a long one, the other formats have it. */
function acceptLines(
  rule: string,
  subjects: Issue['subjects'],
  policy: string,
  width: number,
  indent: number,
): readonly Line[] {
  const entries = exceptionEntries(rule, subjects);
  const [entry] = entries;
  if (entry === undefined || entries.length > 1 || entry.length > LONGEST_ENTRY) return [];
  const texts = [`To accept it, write under exceptions in ${policy}:`, entry];
  const lines = texts.map((text) => ({ label: '', text: visible(text), style: 'quiet' as const }));
  return entryLines(lines, 0, width, indent);
}

const LONGEST_ENTRY = 160;

/** Why the rules that found something matter, once each. */
function ruleLines({ issues, report: { tool } }: Digest, width: number): readonly Line[] {
  const notes = ruleNotes(issues);
  const home = tool.home === undefined ? '' : `${tool.home}/`;
  if (notes.length === 0) return [];
  const entries = notes.map(({ rule, why, page }) => ({
    label: '-',
    text: visible(`${rule}: ${why} (${home}${page})`),
    style: 'plain' as const,
  }));
  return [...paragraph('Why it matters', 'heading', width), ...entryLines(entries, 2, width, 0)];
}

/** One way to mend a problem, with the block to paste. */
function adviceLines(advice: FoldedAdvice, width: number, indent: number): readonly Line[] {
  const block = advice.permissions === undefined ? [] : blockLines(advice.permissions);
  return [
    ...entryLines([{ label: '-', text: visible(adviceSentence(advice)), style: 'plain' }], 2, width, indent),
    ...block.map((text): Line => [{ text: ' '.repeat(indent + 4) + text, style: 'write' }]),
  ];
}

/** The widest level, and two spaces. */
const ISSUE_LABEL = 9;

/** What went wrong first, then what can write; the order of the report otherwise. */
function byRank(workflows: readonly FoldedWorkflow[]): readonly FoldedWorkflow[] {
  const rank = ({ workflow, groups }: FoldedWorkflow): number => {
    if (workflow.outcome !== 'ok') return { invalid: 0, startup_failure: 1, unresolved: 2 }[workflow.outcome];
    if (groups.some(({ writes }) => writes === 'yes')) return 3;
    return groups.some(({ writes }) => writes === 'if-default') ? 4 : 5;
  };
  return workflows.toSorted((a, b) => rank(a) - rank(b));
}

function defaultSections({ defaults, doubts }: TextContext, width: number): readonly (readonly Line[])[] {
  return [...defaults.values()].map((token) => {
    const marks = doubtMarks(token.doubts, { doubts });
    const title = `${defaultInWords(token)}${marks}:`;
    return [
      ...paragraph(title, 'heading', width),
      ...entryLines(
        [
          { label: 'write', text: token.levels.write.join(', '), style: 'write' },
          { label: 'read', text: token.levels.read.join(', '), style: 'plain' },
        ],
        LABEL_WIDTH,
        width,
        2,
      ),
    ];
  });
}

function unknownSection(digest: Digest, width: number): readonly Line[] {
  const entries = unknownsOf(digest).map(({ sentences, settings, reasons }): Entry => {
    const remedy =
      settings.length === 0 ? [] : [`Set ${listed(settings.map((name) => `--${name}`))} to make it known.`];
    return { label: '-', text: [...sentences, ...reasons.map(visible), ...remedy].join(' '), style: 'plain' };
  });
  return entries.length === 0 ? [] : [...paragraph('Not known', 'heading', width), ...entryLines(entries, 2, width, 0)];
}

function footerLines(digest: Digest, { doubts }: TextContext, width: number): readonly Line[] {
  const metadata = digest.counts.computedJobs > 0 ? 'Every token can also read metadata. ' : '';
  const about = doubtsAboutDependabotBranches(digest);
  const branches =
    about === null
      ? ''
      : `A pull request into a branch that Dependabot created gets read only on pull_request_target${doubtMarks(about, { doubts })}. `;
  return [
    ...paragraph(metadata + branches + howComputed(digest.report).join(' '), 'quiet', width),
    ...doubts.flatMap((doubt, index) => paragraph(`note ${number(index + 1)}: ${visible(doubt)}`, 'quiet', width)),
  ];
}
