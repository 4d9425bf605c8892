import { command } from '../command-line/command.ts';
import { inQuotes } from '../output/in-quotes.ts';
import { HELP_OPTIONS } from '../command-line/option-table.ts';
import { ToolError } from '../tool-error.ts';
import { TOOL } from '../tool.ts';
import { listed } from '../../words/in-words.ts';
import { bashCompletion } from './bash.ts';
import { completedCommands } from './completed-commands.ts';
import { fishCompletion } from './fish.ts';
import { SHELLS } from './shells.ts';
import { zshCompletion } from './zsh.ts';

const SCRIPTS = { bash: bashCompletion, zsh: zshCompletion, fish: fishCompletion } as const;

/** Prints the script by which a shell completes our command line. */
export const COMPLETION = command({
  options: HELP_OPTIONS,
  help: {
    usage: `completion ${SHELLS.join('|')}`,
    introduction: 'Prints a script by which a shell completes commands, options and their values.',
    words: [['SHELL', `${listed(SHELLS, 'or')}.`]],
    status: [
      ['0', 'the script was printed'],
      ['2', 'there is no script for that shell'],
    ],
    environment: [],
  },
  async run(words) {
    const shell = SHELLS.find((name) => name === words[0]);
    if (shell === undefined || words.length > 1) {
      const given = words.length === 0 ? '' : `, not ${inQuotes(words.join(' '))}`;
      throw new ToolError(`completion takes the name of a shell: ${listed(SHELLS, 'or')}${given}.`);
    }
    const output = [SCRIPTS[shell](TOOL.name, await completedCommands())];
    return { output, diagnostics: '', status: 0 };
  },
});
