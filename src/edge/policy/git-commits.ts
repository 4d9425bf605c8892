import { runGit } from '../git/run-git.ts';

/**
 * The parents of a commit, as the commit itself names them: a shallow clone has the names without having the commits.
 * `null` when git does not have the commit, or there is no git.
 */
export async function parentsOf(folder: string, commit: string): Promise<readonly string[] | null> {
  const input = `${commit}\n`;
  const answer = await runGit(['cat-file', '--batch'], { folder, offline: true, input }).catch(() => null);
  const text = answer?.status === 0 ? answer.stdout.toString() : '';
  if (!/^[0-9a-f]+ commit \d+\n/.test(text)) return null;
  const [head = ''] = text.split('\n\n', 1);
  return [...head.matchAll(/^parent ([0-9a-f]+)$/gm)].flatMap(([, parent = '']) => parent);
}

/** Whether git has a commit and the list of its files, without fetching anything. */
export async function hasCommit(folder: string, commit: string): Promise<boolean> {
  const input = `${commit}^{tree}\n`;
  const answer = await runGit(['cat-file', '--batch-check'], { folder, offline: true, input }).catch(() => null);
  return answer?.status === 0 && /^[0-9a-f]+ tree \d+$/m.test(answer.stdout.toString());
}
