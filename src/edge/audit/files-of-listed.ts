import type { WorkflowSource } from '../../model/source.ts';
import { errorMessage, ToolError } from '../tool-error.ts';
import { ApiError } from '../github/github-api.ts';
import { inQuotes } from '../output/in-quotes.ts';
import { splitRepositoryName, type RepositoryName } from '../command-line/option-values.ts';
import { cannotRead, TOO_BIG, type RepositoryFiles } from '../policy/repository-files.ts';
import { MOST_BYTES, NOT_A_FILE, sortedByPath, tooManyBytes, WORKFLOW_FOLDER } from '../files/workflow-folder.ts';
import type { Blobs } from './blobs.ts';
import { LINK, SUBMODULE, type ListedFile, type ListedRepository } from './listed.ts';

/** The owner and the name of a listed repository. GitHub gave the name, so it is one. */
export function nameOf({ repository }: Pick<ListedRepository, 'repository'>): RepositoryName {
  const name = splitRepositoryName(repository);
  if (name !== null) return name;
  throw new ToolError(`The name ${inQuotes(repository)} is not OWNER/NAME.`);
}

async function toSource(blobs: Blobs, repository: RepositoryName, file: ListedFile): Promise<WorkflowSource> {
  const { name, mode, id, size } = file;
  const path = `${WORKFLOW_FOLDER}/${name}`;
  if (mode === LINK) return { path, error: NOT_A_FILE.link };
  if (mode === SUBMODULE) return { path, error: NOT_A_FILE.submodule };
  return { path, bytes: size > MOST_BYTES ? tooManyBytes() : await blobs.read({ repository, id, size }) };
}

/** Why files that are listed could not be read, and what helps. */
function unread(what: string, error: unknown): unknown {
  if (!(error instanceof ApiError)) return error;
  const said = `${what} could not be read through the API (${inQuotes(errorMessage(error))}).`;
  return new ToolError(
    [401, 403, 404].includes(error.status)
      ? `${said} Give a token with the right "contents: read" for it.`
      : `${said} Run this again: what was read is not read a second time.`,
  );
}

/**
 * Reads the workflow files that are listed, by path.
 *
 * @throws ToolError when one of them cannot be read: what is not known must not look like nothing.
 */
export async function workflowsOf(listed: ListedRepository, blobs: Blobs): Promise<readonly WorkflowSource[]> {
  const { workflows, repository } = listed;
  if ('linked' in workflows) return [{ path: workflows.linked, error: NOT_A_FILE.linkedFolder }];
  const name = nameOf(listed);
  try {
    return sortedByPath(await Promise.all(workflows.map((file) => toSource(blobs, name, file))));
  } catch (error) {
    throw unread(`The workflow files of ${repository}`, error);
  }
}

/** Policy and baseline of a listed repository. Of its other files, the listing says nothing. */
export function filesOf(listed: ListedRepository, blobs: Blobs): RepositoryFiles {
  const { repository, branch, judged } = listed;
  const where = branch === null ? repository : `${repository} at ${branch}`;
  return {
    where,
    file: async (path) => {
      const found = judged.find(({ name }) => name === path);
      if (found === undefined) return null;
      if (found.mode === LINK) throw cannotRead(path, where, NOT_A_FILE.link);
      if (!found.mode.startsWith('100')) throw cannotRead(path, where, 'This is not a file.');
      if (found.size > MOST_BYTES) throw cannotRead(path, where, TOO_BIG);
      try {
        return await blobs.read({ repository: nameOf(listed), id: found.id, size: found.size });
      } catch (error) {
        throw unread(`${path} in ${where}`, error);
      }
    },
    workflows: () => workflowsOf(listed, blobs),
  };
}
