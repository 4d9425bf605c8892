import { existsSync, realpathSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

import type { Links } from '../../report/text/terminal-links.ts';
import type { CommandWorld } from './command.ts';

/**
 * Where the links of a report about a folder lead: to its files, in the editor whose terminal it is, and to the pages of
 * this very version where they lie beside the program. `null` where there are to be none.
 */
export function reportLinks(
  folder: string,
  { env, look, script }: Pick<CommandWorld, 'env' | 'look' | 'script'>,
): Links | null {
  if (!look.links) return null;
  const address = `${pathToFileURL(folder).href.replace(/\/$/, '')}/`;
  const isEditor = env.TERM_PROGRAM === 'vscode';
  return {
    files: isEditor ? address.replace(/^file:\/\//, 'vscode://file') : address,
    hasLines: isEditor,
    home: script === null ? null : homeOf(script),
  };
}

/** The program is `dist/cli/index.js`, which a link may lead to. A package that was installed has no pages. */
function homeOf(script: string): string | null {
  try {
    const root = path.resolve(realpathSync(script), '../../..');
    return existsSync(path.join(root, 'docs', 'rules')) ? pathToFileURL(root).href : null;
  } catch {
    return null;
  }
}
