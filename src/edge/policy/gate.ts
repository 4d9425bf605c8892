import type { WorkflowFile } from '../../model/workflow.ts';
import { compareStep, type ComparedStep, type RunInput } from '../../policy/gate/compare-step.ts';
import { calledLocally, ownStep, type OwnStepNames } from '../../policy/gate/own-step.ts';
import { readHere } from '../reading/reading.ts';
import type { RepositoryFiles } from './repository-files.ts';

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
      const [file] = bytes === null ? [] : await readHere([{ path, bytes }]);
      if (file === undefined) continue;
      found.set(path, file);
      next.push(...file.workflow.jobs.flatMap((job) => calledLocally(job) ?? []));
    }
    paths = next;
  }
  return [...found.values()];
}

/** Where the files are that are compared. */
export interface GateFiles {
  /** The commit that runs; `null` when it is not to be had, and the inputs of this run tell. */
  readonly head: RepositoryFiles | null;
  /** The tip of the base branch. */
  readonly base: RepositoryFiles;
  /** The commit that the head was merged into, where that is not the tip any more; asked only when something differs. */
  readonly mergedInto: () => Promise<RepositoryFiles | null>;
}

/**
 * Compares the step that runs us with the base's, and reads no more files than that needs.
 *
 * @throws ToolError when the file that runs cannot be read: then nobody knows what it says.
 */
export async function gateOf(
  names: OwnStepNames,
  { head, base, mergedInto }: GateFiles,
  inputs: readonly RunInput[],
): Promise<ComparedStep> {
  const after = head === null ? [] : await reachedFrom(names.workflow, head);
  const compareWith = async (files: RepositoryFiles): Promise<ComparedStep> => {
    const before = await reachedFrom(names.workflow, files);
    const isThere = ownStep(new Map(before.map((file) => [file.path, file])), names) !== null;
    // Elsewhere in the base there may be such a step: then this one is a copy of it, or it was moved.
    const all = isThere ? before : await readHere(await files.workflows());
    return compareStep({ head: after, base: all }, names, inputs);
  };
  const compared = await compareWith(base);
  if (compared.change === null || head === null) return compared;
  const older = await mergedInto();
  if (older === null || (await compareWith(older)).change !== null) return compared;
  // The base branch was changed meanwhile: what it says now counts, and the pull request is not to blame.
  return compared.change.isMoved ? { change: null, restored: new Map() } : { ...compared, change: null };
}
