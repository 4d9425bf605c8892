import { commitOfGit, type CommitFiles } from '../git/commit-files.ts';
import { commitAt } from '../git/workflow-files-at.ts';

/**
 * The base that a git ref names: its tip, never the commit at which the head left it, or branching off an old commit would
 * be a way around a policy.
 *
 * @throws ToolError when git does not have it.
 */
export async function baseAt(ref: string, folder: string, offline: boolean): Promise<CommitFiles> {
  return commitOfGit(ref, await commitAt(folder, ref, offline), folder, offline);
}
