import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';

import { byCodeUnit } from '../../words/by-code-unit.ts';
import { inQuotes } from '../output/in-quotes.ts';
import { ToolError } from '../tool-error.ts';

/**
 * The files that some words name: each as it is, and of a folder all its `.jsonl` files, as artifacts are downloaded.
 *
 * @throws ToolError when a folder has none.
 */
export function linesFiles(words: readonly string[]): readonly string[] {
  return words.flatMap((word) => {
    if (statSync(word, { throwIfNoEntry: false })?.isDirectory() !== true) return [word];
    const files = readdirSync(word, { recursive: true, withFileTypes: true })
      .filter((found) => found.isFile() && found.name.endsWith('.jsonl'))
      .map(({ parentPath, name }) => path.join(parentPath, name));
    if (files.length === 0) throw new ToolError(`The folder ${inQuotes(word)} has no .jsonl file.`, { path: word });
    return files.sort(byCodeUnit);
  });
}
