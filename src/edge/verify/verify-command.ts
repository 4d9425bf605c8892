import path from 'node:path';

import { loadCalledFiles } from '../../calls/called-files.ts';
import type { Settings } from '../../model/settings.ts';
import type { Verification } from '../../model/verification.ts';
import type { WorkflowFile } from '../../model/workflow.ts';
import { visible } from '../../report/escape-terminal.ts';
import { textVerification } from '../../report/text/text-verification.ts';
import { NoSuchJob, verifyLogs } from '../../verify-logs.ts';
import { listedShort } from '../../words/in-words.ts';
import { didYouMean } from '../../words/nearest-word.ts';
import { command } from '../command-line/command.ts';
import { LOOK_ROWS } from '../command-line/help.ts';
import { inQuotes } from '../output/in-quotes.ts';
import { jsonText } from '../output/json-text.ts';
import { noWorkflowFiles } from '../command-line/no-workflow-files.ts';
import { openRepository, type OpenedRepository } from '../files/opened-repository.ts';
import {
  COMMAND_LINE_OPTIONS,
  entry,
  HELP_OPTIONS,
  OTHER_COMMAND_OPTIONS,
  SHARED_OPTIONS,
  type CommandLineValues,
} from '../command-line/option-table.ts';
import { anyText, oneOf } from '../command-line/option-values.ts';
import { mayHavePolicy } from '../policy/may-have-policy.ts';
import { policyPlaces } from '../policy/policy-places.ts';
import { readAll } from '../reading/read-all.ts';
import { readCalled } from '../reading/reading.ts';
import { ToolError } from '../tool-error.ts';
import { TOOL } from '../tool.ts';
import { withSlashes } from '../files/with-slashes.ts';
import { WORKFLOW_FOLDER } from '../files/workflow-folder.ts';
import { readLogFiles } from './log-files.ts';

const ACTORS = ['repository', 'fork', 'dependabot'] as const;
const STATUS: Readonly<Record<Verification['result'], number>> = { agrees: 0, differs: 1, 'not-compared': 2 };

const OPTIONS = {
  workflow: entry({
    option: 'workflow',
    input: null,
    takes: 'FILE',
    default: 'the only workflow file, if there is one',
    help: 'The workflow file that started the run, such as ci.yml. For a called workflow that is the one that calls it.',
    parse: anyText,
  }),
  job: entry({
    option: 'job',
    input: null,
    takes: 'ID[/ID…]',
    default: 'every job of the logs, by its name',
    help: 'The job that the log is of, by its id in the file. For a job of a called workflow, the id of the calling job comes first.',
    parse: (text) => text.split('/'),
  }),
  event: entry({
    option: 'event',
    input: null,
    takes: 'EVENT',
    default: 'any',
    help: 'The event that started the run, such as push. Without it, a log agrees when it is what any run gives.',
    parse: anyText,
  }),
  actor: entry({
    option: 'actor',
    input: null,
    takes: ACTORS.join('|'),
    default: 'any',
    help: 'Who started the run: a change of the repository itself, a pull request from a fork, or Dependabot.',
    parse: oneOf(ACTORS),
  }),
  ...OTHER_COMMAND_OPTIONS,
  defaultPermissions: SHARED_OPTIONS.defaultPermissions,
  visibility: SHARED_OPTIONS.visibility,
  forkPullRequests: SHARED_OPTIONS.forkPullRequests,
  repository: SHARED_OPTIONS.repository,
  repositories: SHARED_OPTIONS.repositories,
  offline: SHARED_OPTIONS.offline,
  ghes: SHARED_OPTIONS.ghes,
  policy: {
    ...COMMAND_LINE_OPTIONS.policy,
    help: 'The policy file. What it says of the default and of new permissions counts, unless an option says otherwise.',
  },
  at: {
    ...COMMAND_LINE_OPTIONS.at,
    help: 'Read the workflow files and the policy of that git ref instead of those of the folder.',
  },
  ...HELP_OPTIONS,
} as const;

/** Compares logs of a run with what is computed for its workflow file. */
export const VERIFY = command({
  options: OPTIONS,
  help: {
    usage: 'verify LOGFILE… [--workflow FILE] [options]',
    introduction:
      'Compares what GitHub granted the jobs of a run, as its logs say, with what is computed from the workflow file.',
    words: [
      [
        'LOGFILE',
        'the raw log of a job, the zip of the logs of a run, or what gh run view RUN --log prints; - for standard input.',
      ],
    ],
    status: [
      ['0', 'every log that was compared agrees'],
      ['1', 'a log differs'],
      ['2', 'a log could not be compared, or the work could not be done'],
    ],
    environment: [
      ['GH_TOKEN', 'reads called workflows of other repositories, else GITHUB_TOKEN does'],
      ['GH_HOST', 'the server to read them from, or its API in GITHUB_API_URL. Default: github.com.'],
      ...LOOK_ROWS,
    ],
  },
  async run(words, values, { env, look, progress, script, stdin }) {
    if (words.length === 0) {
      throw new ToolError('verify needs a log: verify LOGFILE, or verify - for standard input.');
    }
    const directory = values.directory ?? '.';
    const opened = await openRepository(directory, values, { env, progress });
    const files = await readAll(opened.sources, script);
    if (files.length === 0) throw new ToolError(noWorkflowFiles(directory, values.at));
    const file = fileOf(files, values.workflow, opened.folder);
    checkEvent(file, values.event);
    const logs = await readLogFiles(words, stdin);
    const settings = await settingsOf(opened, files, values);
    const called = await loadCalledFiles([file], readCalled(opened.read)).finally(progress.end);
    const verification = verified(() =>
      verifyLogs(
        {
          file,
          files,
          called,
          settings,
          job: values.job ?? null,
          run: { event: values.event ?? null, actor: values.actor ?? null },
          tool: TOOL,
        },
        logs,
      ),
    );
    const output = values.format === 'json' ? jsonText(verification) : [textVerification(verification, look)];
    const said = opened.at === null ? '' : `${visible(opened.at.said)}\n`;
    return { output, diagnostics: `${opened.note}${said}`, status: STATUS[verification.result] };
  },
});

/** As a check has them: what a policy says of the setting and of new permissions holds here, too. */
async function settingsOf(
  opened: OpenedRepository,
  files: readonly WorkflowFile[],
  values: Pick<CommandLineValues, 'policy' | 'at' | 'offline'>,
): Promise<Settings> {
  const places = policyPlaces(opened.folder, { policy: values.policy, from: '.' });
  if (!mayHavePolicy(values, places)) return opened.settings;
  const { settingsByPolicy } = await import('../policy/settings-by-policy.ts');
  return settingsByPolicy(opened, files, places, values);
}

function verified(verify: () => Verification): Verification {
  try {
    return verify();
  } catch (error) {
    throw error instanceof NoSuchJob ? new ToolError(error.message) : error;
  }
}

/** The file that is named by its path in the repository, by its name alone, or as a file of this machine. */
function fileOf(files: readonly WorkflowFile[], written: string | undefined, folder: string): WorkflowFile {
  const [only] = files;
  if (written === undefined && only !== undefined && files.length === 1) return only;
  const names = listedShort(
    files.map(({ path: one }) => one.slice(WORKFLOW_FOLDER.length + 1)),
    10,
  );
  if (written === undefined) throw new ToolError(`Say with --workflow which file started the run: ${names}.`);
  const shown = withSlashes(written);
  const candidates = [
    shown.replace(/^\.\//, ''),
    `${WORKFLOW_FOLDER}/${shown}`,
    withSlashes(path.relative(folder, path.resolve(written))),
  ];
  const found = files.find((file) => candidates.includes(file.path));
  if (found !== undefined) return found;
  const meant = didYouMean(
    shown.slice(shown.lastIndexOf('/') + 1),
    files.map(({ path: one }) => one.slice(WORKFLOW_FOLDER.length + 1)),
  );
  throw new ToolError(`There is no workflow file ${inQuotes(written)}.${meant} The files are: ${names}.`);
}

/** A misspelt event must not look like a log that agrees with nothing. */
function checkEvent({ path: file, workflow }: WorkflowFile, event: string | undefined): void {
  const events = workflow.triggers.map((trigger) => trigger.event);
  if (event === undefined || events.includes(event)) return;
  throw new ToolError(
    `${file} does not start on ${inQuotes(event)}.${didYouMean(event, events)} It starts on: ${events.join(', ')}.`,
  );
}
