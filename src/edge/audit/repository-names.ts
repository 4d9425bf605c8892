import { inQuotes } from '../output/in-quotes.ts';
import { splitRepositoryName, type RepositoryName } from '../command-line/option-values.ts';
import { readBounded } from '../files/read-bounded.ts';
import { systemErrorCode, ToolError } from '../tool-error.ts';

/**
 * Reads a file that names repositories, one in a line. One that is named twice is read once.
 *
 * @param owner whose repositories those without an owner are; `null` when nobody said it.
 * @throws ToolError with the line that is no name.
 */
export function repositoryNames(file: string, owner: string | null): readonly RepositoryName[] {
  const bytes = bytesIn(file);
  if (bytes === null) throw new ToolError(`There is no file ${inQuotes(file)}.`, { path: file });
  if (bytes === 'too-big') throw new ToolError(`${inQuotes(file)} has more than 1 MiB.`, { path: file });
  const names = new Map<string, RepositoryName>();
  for (const [index, whole] of Buffer.from(bytes).toString('utf8').split('\n').entries()) {
    const text = whole.replace(/#.*/, '').trim();
    if (text === '') continue;
    const name = splitRepositoryName(text.includes('/') || owner === null ? text : `${owner}/${text}`);
    if (name === null) {
      throw new ToolError(
        `${file}:${index + 1}: ${inQuotes(text)} is not the name of a repository. Write OWNER/NAME, such as octo-org/octo-repo.`,
        { path: file, line: index + 1 },
      );
    }
    names.set(`${name.owner}/${name.name}`.toLowerCase(), name);
  }
  if (names.size > 0) return [...names.values()];
  throw new ToolError(`${inQuotes(file)} names no repository. Write OWNER/NAME in a line each.`, { path: file });
}

function bytesIn(file: string): ReturnType<typeof readBounded> {
  try {
    return readBounded(file);
  } catch (error) {
    const code = systemErrorCode(error) ?? 'unknown error';
    throw new ToolError(`${inQuotes(file)} cannot be read: ${code}. Name a file.`, { path: file });
  }
}
