import { command } from '../command-line/command.ts';
import { LOOK_ROWS } from '../command-line/help.ts';
import { inQuotes } from '../output/in-quotes.ts';
import { HELP_OPTIONS, OTHER_COMMAND_OPTIONS, SHARED_OPTIONS } from '../command-line/option-table.ts';
import { ToolError } from '../tool-error.ts';
import { explainRun } from './explain-run.ts';

const { defaultPermissions, repository, repositories, offline, ghes } = SHARED_OPTIONS;

/** The command `explain`. */
export const EXPLAIN = command({
  options: {
    ...OTHER_COMMAND_OPTIONS,
    defaultPermissions,
    repository,
    repositories,
    offline,
    ghes,
    ...HELP_OPTIONS,
  },
  help: {
    usage: 'explain RUN [options]',
    introduction:
      "Says why a run ended as startup_failure, without a job and without a log: GitHub's sentences, all of them, with " +
      'the place and the block to write. The run is read through the API; a public one needs no token.',
    words: [['RUN', 'the number of a run, or the address of its page']],
    status: [
      ['0', 'a cause was found'],
      ['1', 'no cause can be seen'],
      ['2', 'the run could not be read'],
    ],
    environment: [
      ['GH_TOKEN', 'reads the run (actions: read) and its files (contents: read), else GITHUB_TOKEN does.'],
      ['GH_HOST', 'the server to ask, or its API in GITHUB_API_URL. Default: github.com.'],
      ...LOOK_ROWS,
    ],
  },
  run: ([run, second], values, world) => {
    if (run === undefined || run === '') throw new ToolError('explain needs a run: explain RUN.');
    if (second !== undefined) {
      throw new ToolError(`One run can be explained at a time; ${inQuotes(second)} is one too many.`);
    }
    return explainRun(run, values.directory ?? '.', values, world);
  },
});
