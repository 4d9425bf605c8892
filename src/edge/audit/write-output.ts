import { mkdirSync } from 'node:fs';
import path from 'node:path';

import type { OrganizationFacts } from '../../organization/facts.ts';
import { plural } from '../../words/in-words.ts';
import { splitRepositoryName } from '../command-line/option-values.ts';
import { errorMessage, systemErrorCode, ToolError } from '../tool-error.ts';
import { writeReportFile } from '../files/write-report-file.ts';

/**
 * Writes what was asked for to a file, and says so.
 *
 * @throws ToolError when it cannot be written.
 */
export function writeOutput(name: string, texts: Iterable<string>): string {
  const folder = process.cwd();
  return `Wrote ${writeReportFile(name, folder, folder, texts)}.`;
}

/**
 * Writes what is to be changed before a setting is, one patch a repository, and says so.
 *
 * @throws ToolError when one cannot be written.
 */
export function writePatches(name: string, { whatIf, repositories }: OrganizationFacts): readonly string[] {
  if (whatIf === null) return ['No patch is written: the files were not computed with --what-if.'];
  const folder = path.resolve(name);
  const patches = whatIf.repositories.flatMap(({ repository: place, patch }) => {
    const facts = repositories[place];
    if (facts === undefined || patch === null || splitRepositoryName(facts.repository) === null) return [];
    // The branch is a stranger's word, and may hold a slash.
    const several = repositories.filter(({ repository }) => repository === facts.repository).length > 1;
    const branch = several && facts.branch !== null ? `@${encodeURIComponent(facts.branch)}` : '';
    return [{ file: path.join(folder, `${facts.repository}${branch}.patch`), patch }];
  });
  makeFolder(folder, name);
  for (const { file, patch } of patches) writeReportFile(file, folder, folder, [patch]);
  return [`Wrote ${plural(patches.length, 'patch', 'patches')} to ${name}.`];
}

function makeFolder(folder: string, name: string): void {
  try {
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    throw new ToolError(`The folder ${name} could not be made (${systemErrorCode(error) ?? errorMessage(error)}).`);
  }
}
