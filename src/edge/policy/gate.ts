import type { WorkflowFile } from '../../model/workflow.ts';
import { compareStep, type ComparedStep, type RunInput } from '../../policy/gate/compare-step.ts';
import { calledLocally, ownStep, type OwnStepNames } from '../../policy/gate/own-step.ts';
import { readFiles } from '../../workflow/read-files.ts';
import { ToolError } from '../tool-error.ts';
import type { RepositoryFiles } from './repository-files.ts';

/** The file that runs cannot be read in the head. */
export class HeadError extends ToolError {}

/** GitHub allows no longer chain on any platform. */
const MOST_LEVELS = 10;

/** A workflow file and those of the repository that it calls, and so on. */
async function reachedFrom(workflow: string, files: RepositoryFiles): Promise<readonly WorkflowFile[]> {
  const found = new Map<string, WorkflowFile>();
  let paths: readonly string[] = [workflow];
  for (let level = 0; level <= MOST_LEVELS && paths.length > 0; level += 1) {
    const next: string[] = [];
    for (const path of paths) {
      const bytes = found.has(path) ? null : await files.file(path);
      const [file] = bytes === null ? [] : readFiles([{ path, bytes }]);
      if (file === undefined) continue;
      found.set(path, file);
      next.push(...file.workflow.jobs.flatMap((job) => calledLocally(job) ?? []));
    }
    paths = next;
  }
  return [...found.values()];
}

function inHead(error: unknown): never {
  throw error instanceof ToolError ? new HeadError(error.message, error.place) : error;
}

/**
 * Compares the step that runs us with the base's, and reads no more files than that needs.
 *
 * @param head the files of the commit that runs; `null` when they are not to be had, and the inputs of this run tell.
 */
export async function gateOf(
  names: OwnStepNames,
  head: RepositoryFiles | null,
  base: RepositoryFiles,
  inputs: readonly RunInput[],
): Promise<ComparedStep> {
  const after = head === null ? [] : await reachedFrom(names.workflow, head).catch(inHead);
  const before = await reachedFrom(names.workflow, base);
  const isThere = ownStep(new Map(before.map((file) => [file.path, file])), names) !== null;
  // Elsewhere in the base there may be such a step: then this one is a copy of it, or it was moved.
  const all = isThere ? before : readFiles(await base.workflows());
  return compareStep({ head: after, base: all }, names, inputs);
}
