import { OTHER_COMMANDS } from './commands.ts';
import { LOOK_ROWS, type HelpPage } from './help.ts';
import { COMMAND_LINE_OPTIONS } from './option-table.ts';

/** The help of the command `check`, which is also that of the whole command line. */
export const CHECK_HELP: HelpPage = {
  usage: '[check] [DIRECTORY] [options]',
  introduction:
    "Reads a repository's workflow files and computes what the GITHUB_TOKEN of every job may do: from which block " +
    'each permission comes, and how events, forks and Dependabot change it.',
  words: [['DIRECTORY', "the root of a repository's checkout. Default: the current folder."]],
  options: COMMAND_LINE_OPTIONS,
  commands: [...OTHER_COMMANDS].map(([name, { says }]) => [name, says]),
  status: [
    ['0', 'no finding at or above --fail-on, or no workflow files'],
    ['1', 'findings at or above --fail-on'],
    ['2', 'the work could not be done: a malformed option, no such folder, a base that cannot be read'],
  ],
  environment: [
    [
      'GH_TOKEN',
      "reads called workflows of other repositories and, with administration: read, the settings of this one, else GITHUB_TOKEN does. Without either, public ones are read until GitHub's limit for anonymous requests.",
    ],
    ['GH_HOST', 'the server to read them from, or its API in GITHUB_API_URL. Default: github.com.'],
    ...LOOK_ROWS,
  ],
};
