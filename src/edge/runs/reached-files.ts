import type { WorkflowSource } from '../../model/source.ts';
import type { WorkflowFile } from '../../model/workflow.ts';
import { workflowReference } from '../../workflow/workflow-reference.ts';
import { readHere } from '../reading/reading.ts';

/** The folder of workflow files of one commit. */
export interface WorkflowFolder {
  /** What messages say of where it was read. */
  readonly readFrom: 'git' | 'api';
  /** Paths from the repository's root. */
  readonly paths: readonly string[];
  readonly read: (path: string) => Promise<WorkflowSource>;
}

/** The local workflows that a file calls. */
function calledFrom({ workflow }: WorkflowFile): readonly string[] {
  return workflow.jobs.flatMap(({ uses }) => {
    const reference = uses === null ? null : workflowReference(uses.reference);
    return reference !== null && 'kind' in reference && reference.kind === 'local' ? [reference.path] : [];
  });
}

/** The path, and one that differs from it in capitals alone, as far as they are there. */
function alike(path: string, paths: readonly string[]): readonly string[] {
  const wanted = path.toLowerCase();
  return paths.filter((one) => one.toLowerCase() === wanted);
}

/** Files of a commit, as they are and as they were read. */
export interface ReachedFiles {
  readonly sources: readonly WorkflowSource[];
  readonly files: readonly WorkflowFile[];
}

/**
 * Reads a workflow file and those of the same commit that it reaches by its calls, and no others: a repository may have
 * hundreds. Empty when the commit does not have the file.
 */
export async function reachedFiles(root: string, folder: WorkflowFolder): Promise<ReachedFiles> {
  const known = new Set<string>();
  const sources: WorkflowSource[] = [];
  const files: WorkflowFile[] = [];
  let wanted = folder.paths.filter((path) => path === root);
  while (wanted.length > 0) {
    for (const path of wanted) known.add(path);
    const read = await Promise.all(wanted.map((path) => folder.read(path)));
    const found = await readHere(read);
    sources.push(...read);
    files.push(...found);
    const called = found.flatMap(calledFrom).flatMap((path) => alike(path, folder.paths));
    wanted = [...new Set(called)].filter((path) => !known.has(path));
  }
  return { sources, files };
}
