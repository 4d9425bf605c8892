import type { SkippedRepository } from '../../model/audit-plan.ts';
import { readGlob } from '../../policy/glob.ts';
import { inQuotes } from '../output/in-quotes.ts';
import { entry, HELP_OPTIONS, SHARED_OPTIONS } from '../command-line/option-table.ts';
import { anyText, oneOf, type ValueParser } from '../command-line/option-values.ts';
import { ToolError } from '../tool-error.ts';
import { MERGE_OPTIONS } from './merge-options.ts';
import { MOST_SHARDS } from './plan.ts';

const { defaultPermissions, forkPullRequests, failOn, ghes, repositories } = SHARED_OPTIONS;

const SKIPPED = ['archived', 'forks'] as const;

function parts(text: string): readonly string[] {
  return text.split(',').map((part) => part.trim());
}

/** `archived,forks`. */
const skip: ValueParser<readonly SkippedRepository['why'][]> = (text, option) =>
  parts(text).map((part) => (oneOf(SKIPPED)(part, option) === 'forks' ? 'fork' : 'archived'));

/** `main,release/*`. */
const branchPatterns: ValueParser<readonly string[]> = (text, option) =>
  parts(text).map((part) => {
    const glob = readGlob(part);
    if (part !== '' && !('error' in glob)) return part;
    const why = 'error' in glob ? glob.error : 'A pattern is empty.';
    throw new ToolError(`${option} takes patterns of branches, such as main,release/*, not ${inQuotes(text)}. ${why}`);
  });

function wholeNumber(most: number): ValueParser<number> {
  return (text, option) => {
    const number = /^[1-9]\d{0,5}$/.test(text) ? Number(text) : 0;
    if (number >= 1 && number <= most) return number;
    throw new ToolError(`${option} takes a number from 1 to ${most}, not ${inQuotes(text)}.`);
  };
}

/** What is kept on this machine, for an audit and for a shard of one. */
export const MACHINE_OPTIONS = {
  cache: entry({
    option: 'cache',
    input: null,
    takes: 'FOLDER',
    default: "the user's cache",
    help: "Where to keep files between audits, by git's id of what they hold. Several audits may use one at a time.",
    parse: anyText,
  }),
  previous: entry({
    option: 'previous',
    input: null,
    takes: 'FILE',
    default: 'none',
    help:
      'What an earlier audit wrote with --format jsonl. A repository is taken from it when its workflow files, all files ' +
      'that they call, the settings and the options are the same.',
    parse: anyText,
  }),
  repositories: { ...repositories, input: null },
} as const;

/** What is audited, and how. A plan holds all that, so that its shards have none of these options. */
export const WHAT_OPTIONS = {
  repositoriesFrom: entry({
    option: 'repositories-from',
    input: null,
    takes: 'FILE',
    default: 'all repositories of OWNER',
    help: 'A file that names the repositories, OWNER/NAME in a line each, or NAME for one of OWNER. # begins a comment.',
    parse: anyText,
  }),
  allBranches: entry({
    option: 'all-branches',
    input: null,
    takes: 'PATTERNS',
    default: 'the default branch alone',
    help: 'Read these branches, too, such as main,release/*: ** stands for more than one part of a name.',
    parse: branchPatterns,
  }),
  skip: entry({
    option: 'skip',
    input: null,
    takes: SKIPPED.join(','),
    default: 'none',
    help: 'Leave out archived repositories, forks, or both. How many that are is told.',
    parse: skip,
  }),
  policy: entry({
    option: 'policy',
    input: null,
    takes: 'FILE|OWNER/NAME/PATH@REF',
    default: 'each repository has its own alone',
    help: 'A policy that every repository is judged by, as if its own one extended it.',
    parse: anyText,
  }),
  defaultPermissions: {
    ...defaultPermissions,
    input: null,
    default: 'what the API tells, else unknown',
  },
  forkPullRequests: { ...forkPullRequests, input: null, default: 'what the API tells, else unknown' },
  failOn: { ...failOn, input: null },
  ghes: { ...ghes, input: null },
} as const;

const { format, table, output, whatIf, patches } = MERGE_OPTIONS;

/** The options of `audit OWNER`. */
export const AUDIT_OPTIONS = {
  format,
  table,
  output,
  ...WHAT_OPTIONS,
  whatIf,
  patches,
  ...MACHINE_OPTIONS,
  ...HELP_OPTIONS,
} as const;

/** The options of `audit plan`. */
export const PLAN_OPTIONS = {
  shards: entry({
    option: 'shards',
    input: null,
    takes: 'N',
    default: 'one for 250 repositories',
    help: `Into how many parts the work is split: ${MOST_SHARDS} at most, and never more than there are repositories.`,
    parse: wholeNumber(100_000),
  }),
  output: entry({
    option: 'output',
    input: null,
    takes: 'FILE',
    default: 'plan.json',
    help: 'Where to write the plan.',
    parse: anyText,
  }),
  ...WHAT_OPTIONS,
  whatIf: SHARED_OPTIONS.whatIf,
  cache: MACHINE_OPTIONS.cache,
  repositories: MACHINE_OPTIONS.repositories,
  ...HELP_OPTIONS,
} as const;

/** The options of `audit shard`. */
export const SHARD_OPTIONS = {
  plan: entry({
    option: 'plan',
    input: null,
    takes: 'FILE',
    default: 'plan.json',
    help: 'What audit plan wrote.',
    parse: anyText,
  }),
  output: entry({
    option: 'output',
    input: null,
    takes: 'FILE',
    default: 'shard-K.jsonl',
    help: 'Where to write what is found, for audit merge. Until it is finished it is FILE.partial, from which it goes on.',
    parse: anyText,
  }),
  ...MACHINE_OPTIONS,
  ...HELP_OPTIONS,
} as const;
