import { commitAt } from '../workflow-files-at.ts';
import type { Base } from './base-files.ts';
import { gitFiles } from './repository-files.ts';

/**
 * The base that a git ref names: its tip, never the commit at which the head left it, or branching off an old commit would
 * be a way around a policy.
 *
 * @throws ToolError when git does not have it.
 */
export async function baseAt(ref: string, folder: string, offline: boolean): Promise<Base> {
  const commit = await commitAt(folder, ref, offline);
  const where = `${ref} at ${commit}`;
  const below = (project: string): Base => ({
    ref,
    commit,
    how: where,
    files: gitFiles(project, commit, offline, where),
    below,
  });
  return below(folder);
}
