import type { Change, ChangeKind } from '../model/change.ts';
import type { CheckedWorkflow } from '../policy/checked-workflow.ts';
import type { WorkflowPair } from './pair-workflows.ts';
import { placeOfFile } from './places.ts';
import { isFailing, refusalOf } from './statuses.ts';

/** What became of a workflow of which no job has anything to tell: GitHub refuses all its runs, on one side at least. */
export function fileChanges({ base, head }: WorkflowPair, ofJobs: readonly Change[]): readonly Change[] {
  const kind = kindOf(base, head);
  const workflow = head ?? base;
  if (kind === null || workflow === null) return [];
  const { path } = workflow.file;
  // The side that fails names the file, also where a job of it is in another one on the other side.
  const isTold = (one: Change): boolean =>
    one.kind === kind &&
    (kind === 'stops-failing' ? (one.from?.workflow ?? one.workflow) === base?.file.path : one.workflow === path);
  if (ofJobs.some(isTold)) return [];
  const from = base !== null && head !== null && base.file.path !== path ? { workflow: base.file.path } : null;
  const failing = head !== null && isFailing(head, null) ? head : base;
  const problem = failing === null ? null : refusalOf(failing);
  const isHere = failing === head && problem !== null;
  const place = isHere ? { path: problem.path, line: problem.line, column: problem.column } : placeOfFile(workflow);
  return [
    {
      kind,
      workflow: path,
      ...(from === null ? {} : { from }),
      events: [...new Set([head, base].flatMap((one) => one?.report.events ?? []))],
      actor: 'repository',
      actors: ['repository'],
      permissions: [],
      because: { ...place, message: isHere ? problem.message : WORDS[kind] },
    },
  ];
}

type FileKind = Extract<ChangeKind, 'new' | 'removed' | 'starts-to-fail' | 'stops-failing'>;

const WORDS: Readonly<Record<FileKind, string>> = {
  new: 'The workflow is new.',
  removed: 'The workflow was removed.',
  'starts-to-fail': 'GitHub refuses it.',
  'stops-failing': 'GitHub refuses it in the base.',
};

/** A workflow that some value of the setting lets run has jobs that tell of it. */
function kindOf(base: CheckedWorkflow | null, head: CheckedWorkflow | null): FileKind | null {
  const fails = base !== null && isFailing(base, null);
  const isRefused = head !== null && isFailing(head, null);
  if (base === null) return isRefused ? 'new' : null;
  if (head === null) return fails ? 'removed' : null;
  if (fails === isRefused) return null;
  return isRefused ? 'starts-to-fail' : 'stops-failing';
}
