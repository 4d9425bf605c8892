import {
  anyText,
  defaultPermissions,
  gitRef,
  LEVELS_EXAMPLE,
  oneOf,
  repositoryName,
  serverVersion,
  trueOrFalse,
  WHAT_IF,
  WHAT_IF_VALUES,
  whatIf,
  type ValueParser,
} from './option-values.ts';
import { listed } from '../../words/in-words.ts';

/** One option of the command line, one input of the action, or both. Help, messages and documentation are made of it. */
export interface OptionEntry<Value> {
  /** What it is called on the command line, without its dashes; `null` when it is an input of the action only. */
  readonly option: string | null;
  /** What it is called as an input of the action; `null` when it is an option of the command line only. */
  readonly input: string | null;
  /** What may be written: the words themselves or a placeholder. Empty for a switch of the command line. */
  readonly takes: string;
  /** What a shell offers, where `takes` is a placeholder for one of a few words. */
  readonly offers?: readonly string[];
  /** What holds when it is not given. */
  readonly default: string;
  /** The same for the input of the action, where it differs. */
  readonly inputDefault?: string;
  /** What it means, in whole sentences. */
  readonly help: string;
  /** What is to be said beside that about the input of the action. */
  readonly inputNote?: string;
  readonly parse: ValueParser<Value>;
}

/** Takes a row of a table and returns it, with the type of its value. */
export function entry<Value>(row: OptionEntry<Value>): OptionEntry<Value> {
  return row;
}

const FORMATS = ['text', 'markdown', 'json', 'jsonl', 'sarif'] as const;
const TEXT_OR_JSON = ['text', 'json'] as const;
const VISIBILITIES = ['public', 'private', 'internal', 'unknown'] as const;
const FORK_PULL_REQUESTS = ['off', 'read', 'write', 'unknown'] as const;
const POLICY_FROM = ['base', 'head'] as const;
const REPORT = ['all', 'new'] as const;
const FAIL_ON = ['error', 'warning', 'note', 'never'] as const;

/** What the command line and the action both understand, by the same name and with the same values. */
export const SHARED_OPTIONS = {
  defaultPermissions: entry({
    option: 'default-permissions',
    input: 'default-permissions',
    takes: 'read|write|unknown',
    default: 'unknown, which computes both',
    help:
      'The setting "Workflow permissions" of the repository: what a job gets when no permissions block applies to it. ' +
      `If you know the setting of each level, write them as ${LEVELS_EXAMPLE}, all or some of them. The most restrictive applies.`,
    parse: defaultPermissions,
  }),
  visibility: entry({
    option: 'visibility',
    input: 'visibility',
    takes: VISIBILITIES.join('|'),
    default: 'unknown',
    inputDefault: 'what the event of the run says, else unknown',
    help: "The repository's visibility. It decides what a pull request from a fork gets.",
    parse: oneOf(VISIBILITIES),
  }),
  forkPullRequests: entry({
    option: 'fork-pull-requests',
    input: 'fork-pull-requests',
    takes: FORK_PULL_REQUESTS.join('|'),
    default: 'unknown',
    help:
      "Private and internal repositories: whether a fork's pull request starts no run, gets a read token, or gets " +
      'write tokens.',
    parse: oneOf(FORK_PULL_REQUESTS),
  }),
  repository: entry({
    option: 'repository',
    input: 'repository',
    takes: 'OWNER/NAME',
    default: 'from the git remote',
    inputDefault: 'the repository of the run',
    help: 'Which repository the workflow files belong to.',
    parse: repositoryName,
  }),
  repositories: entry({
    option: 'repositories',
    input: 'repositories',
    takes: 'FOLDER',
    default: 'none',
    help:
      'A folder with checkouts of other repositories, whose called workflows are read there and not through the ' +
      'network: FOLDER/OWNER/NAME@REF (a / in REF is written %2F), or FOLDER/OWNER/NAME for any ref.',
    inputNote: 'It is relative to the workspace.',
    parse: anyText,
  }),
  offline: entry({
    option: 'offline',
    input: 'offline',
    takes: '',
    default: 'false',
    help: 'Never use the network. A called workflow that cannot be read without it is unresolved.',
    parse: trueOrFalse,
  }),
  ghes: entry({
    option: 'ghes',
    input: 'ghes-version',
    takes: 'VERSION',
    default: 'what the server says that GH_HOST names, else github.com',
    inputDefault: 'what the server that runs this says, else github.com',
    help: 'Compute for GitHub Enterprise Server of that version, 3.2 or newer, such as 3.17.',
    inputNote: 'Write it in quotes: for YAML, 3.20 without quotes is 3.2.',
    parse: serverVersion,
  }),
  policy: entry({
    option: 'policy',
    input: 'policy',
    takes: 'FILE',
    default: '.github/permissions-policy.yml, if it is there',
    help: 'The policy file. With a base it is read from the base when it lies in the checkout, else taken as it is.',
    inputNote: 'It is relative to the workspace.',
    parse: anyText,
  }),
  baseline: entry({
    option: 'baseline',
    input: 'baseline',
    takes: 'FILE',
    default: '.github/permissions-baseline.json, if it is there',
    help: 'The file of the findings that are accepted. It is read from where the policy is.',
    inputNote: 'It is relative to the workspace.',
    parse: anyText,
  }),
  whatIf: entry({
    option: 'what-if',
    input: 'what-if',
    takes: 'SETTING=VALUE',
    offers: WHAT_IF_VALUES,
    default: 'what the policy asks for, else none',
    help:
      `Show what that value of a setting would change: ${listed(WHAT_IF, 'or')}. It says which jobs would lose what they ` +
      'need and which runs would not start, with the blocks to add first as a patch.',
    parse: whatIf,
  }),
  base: entry({
    option: 'base',
    input: 'base',
    takes: 'REF',
    default: 'none',
    inputDefault: 'none; on pull requests and merge groups, always the branch that they are for',
    help:
      'Compare with the commit at which the head left that git ref, and show what changes. Policy, exceptions, baseline ' +
      'and what ignore comments excuse are those of the tip of the ref.',
    inputNote:
      'Without it, a pull request is compared with what it was made from, a merge group with what it stands on, and a ' +
      'push with what was there before.',
    parse: gitRef,
  }),
  report: entry({
    option: 'report',
    input: 'report',
    takes: REPORT.join('|'),
    default: 'all',
    help: 'With a base: whether findings that the base has too count, or only new ones.',
    inputNote: 'What does not count is in the report, and is neither annotated nor part of the outputs.',
    parse: oneOf(REPORT),
  }),
  failOn: entry({
    option: 'fail-on',
    input: 'fail-on',
    takes: FAIL_ON.join('|'),
    default: 'error',
    help: 'The least level of a finding that fails the run.',
    parse: oneOf(FAIL_ON),
  }),
} as const;

/** What every command has, at the end of its help text. */
export const HELP_OPTIONS = {
  help: entry({
    option: 'help',
    input: null,
    takes: '',
    default: '',
    help: 'Print this text, as -h does.',
    parse: trueOrFalse,
  }),
  version: entry({
    option: 'version',
    input: null,
    takes: '',
    default: '',
    help: 'Print the version of this tool.',
    parse: trueOrFalse,
  }),
} as const;

/** What the commands beside `check` have at the beginning of theirs; their words are no folders. */
export const OTHER_COMMAND_OPTIONS = {
  directory: entry({
    option: 'directory',
    input: null,
    takes: 'DIRECTORY',
    default: 'the current folder',
    help: "The root of a repository's checkout, which has the workflow files.",
    parse: anyText,
  }),
  format: entry({
    option: 'format',
    input: null,
    takes: TEXT_OR_JSON.join('|'),
    default: 'text',
    help: 'What goes to standard output.',
    parse: oneOf(TEXT_OR_JSON),
  }),
} as const;

/** Every option of the command `check`, in the order of the help text. */
export const COMMAND_LINE_OPTIONS = {
  format: entry({
    option: 'format',
    input: null,
    takes: FORMATS.join('|'),
    default: 'text',
    help: 'What goes to standard output. With --all, text is one line a repository, and jsonl one report a line.',
    parse: oneOf(FORMATS),
  }),
  all: entry({
    option: 'all',
    input: null,
    takes: 'FOLDER',
    default: 'one checkout is checked',
    help:
      'Check all checkouts of a folder, FOLDER/OWNER/NAME, in place of DIRECTORY. Their called workflows and actions are ' +
      'read from one another, as with --repositories. Each is judged as if its own policy extended the one of --policy, ' +
      'which may be a file or OWNER/NAME/path@REF.',
    parse: anyText,
  }),
  ...SHARED_OPTIONS,
  writeBaseline: entry({
    option: 'write-baseline',
    input: null,
    takes: '',
    default: '',
    help: 'Accept what is there today: write every finding that is an error or a warning to the baseline.',
    parse: trueOrFalse,
  }),
  fix: entry({
    option: 'fix',
    input: null,
    takes: '',
    default: '',
    help:
      'Write the suggested permissions into the workflow files, where it is known what the jobs need. The report is ' +
      'that of the changed files.',
    parse: trueOrFalse,
  }),
  diff: entry({
    option: 'diff',
    input: null,
    takes: '',
    default: '',
    help: 'Only show what --fix would change: as a patch in place of the report, in JSON beside it.',
    parse: trueOrFalse,
  }),
  at: entry({
    option: 'at',
    input: null,
    takes: 'REF',
    default: 'the files of the folder',
    help:
      'Read workflow files, policy and baseline of that git ref instead of those of the folder: from its git, or, if git ' +
      'does not have the ref, through the API.',
    parse: gitRef,
  }),
  ...HELP_OPTIONS,
} as const;

/** Every input of the action, in the order of `action.yml`. */
export const ACTION_INPUTS = {
  ...SHARED_OPTIONS,
  workingDirectory: entry({
    option: null,
    input: 'working-directory',
    takes: 'FOLDER',
    default: 'the workspace',
    help: "The folder of the repository's checkout, relative to the workspace.",
    parse: anyText,
  }),
  policyFrom: entry({
    option: null,
    input: 'policy-from',
    takes: POLICY_FROM.join('|'),
    default: 'base',
    help:
      'On pull requests and merge groups: whether policy, exceptions, baseline and ignore comments are taken from the ' +
      'tip of the base branch, or from the head, which then can excuse itself.',
    parse: oneOf(POLICY_FROM),
  }),
  allowEmpty: entry({
    option: null,
    input: 'allow-empty',
    takes: 'true|false',
    default: 'false',
    help: 'Whether a repository without workflow files passes; it is an error otherwise.',
    parse: trueOrFalse,
  }),
  summary: entry({
    option: null,
    input: 'summary',
    takes: 'true|false',
    default: 'true',
    help: 'Whether the report is written to the job summary.',
    parse: trueOrFalse,
  }),
  jsonFile: entry({
    option: null,
    input: 'json-file',
    takes: 'FILE',
    default: 'none is written',
    help: 'Where to write the report as JSON, relative to the working directory.',
    parse: anyText,
  }),
  sarifFile: entry({
    option: null,
    input: 'sarif-file',
    takes: 'FILE',
    default: 'none is written',
    help: 'Where to write the findings as SARIF for code scanning, relative to the working directory.',
    parse: anyText,
  }),
  observe: entry({
    option: null,
    input: 'observe',
    takes: 'true|false',
    default: 'false',
    help:
      'Compare the logs of the last finished run of each workflow and event with what is computed for its commit, learn ' +
      'the default from them, and find workflows that do not start any more. The job needs `actions: read`.',
    parse: trueOrFalse,
  }),
  runnerLog: entry({
    option: null,
    input: 'runner-log',
    takes: 'true|false',
    default: 'false',
    help:
      "Compare what this very job's token was granted, which the runner's diagnostic log on its machine says, with what is " +
      'computed for it. Nothing of that log is printed. In a container there is none.',
    parse: trueOrFalse,
  }),
  jobWorkflowRef: entry({
    option: null,
    input: 'job-workflow-ref',
    takes: 'OWNER/NAME/PATH@REF',
    default: 'what the runner says',
    help: 'The workflow file that defines this job, where that is a called one. There is no need to give it.',
    parse: anyText,
  }),
  githubToken: entry({
    option: null,
    input: 'github-token',
    takes: 'TOKEN',
    default: 'the token of the job',
    help:
      'Reads called workflows of other repositories, and the workflow files when there is no checkout. ' +
      '`contents: read` is all that it needs.',
    parse: anyText,
  }),
} as const;

/** The options of one command, or the inputs of the action, by what the code calls them. */
export type OptionTable = Readonly<Record<string, OptionEntry<unknown>>>;

/** The values of what was given; what was not given is not there. */
export type OptionValues<Table extends OptionTable> = {
  readonly [Key in keyof Table]?: Table[Key] extends OptionEntry<infer Value> ? Value : never;
};

export type SharedValues = OptionValues<typeof SHARED_OPTIONS>;
export type CommandLineValues = OptionValues<typeof COMMAND_LINE_OPTIONS>;
export type ActionInputValues = OptionValues<typeof ACTION_INPUTS>;
