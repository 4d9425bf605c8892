import { existsSync } from 'node:fs';

import { nearestWord } from '../../words/nearest-word.ts';
import { OTHER_COMMANDS } from './commands.ts';
import { inQuotes } from '../output/in-quotes.ts';
import { ToolError } from '../tool-error.ts';

/**
 * A first word that names no command names a folder. Where there is none, a command may have been meant.
 *
 * @throws ToolError that names it.
 */
export function refuseMisspeltCommand(directory: string): void {
  const meant = nearestWord(directory, ['check', 'help', ...OTHER_COMMANDS.keys()]);
  if (meant === null || existsSync(directory)) return;
  const write = meant === 'help' ? '--help' : meant;
  throw new ToolError(`There is no command and no folder ${inQuotes(directory)}. Did you mean ${write}?`);
}
