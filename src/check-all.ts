import type { CalledFiles } from './calls/called-files.ts';
import { allJobs } from './calls/call-tree.ts';
import type { JobInChain } from './calls/call-tree.ts';
import { calledPlace, placeKey } from './calls/place.ts';
import type { Side } from './changes/side.ts';
import { checkWorkflow } from './check-workflow.ts';
import type { Policy } from './model/policy.ts';
import type { Settings } from './model/settings.ts';
import type { WorkflowFile } from './model/workflow.ts';
import type { NeedsOf, WorkOutNeeds } from './needs/prepare-needs.ts';
import type { CheckedWorkflow } from './policy/checked-workflow.ts';
import { withUnmetContracts } from './unmet-contracts.ts';
import { withNeeds } from './with-needs.ts';
import { byCodeUnit } from './words/by-code-unit.ts';
import { workflowReference } from './workflow/workflow-reference.ts';

/** A state of a repository: its workflow files and those that they call. */
export interface State {
  readonly files: readonly WorkflowFile[];
  /** The called files of other repositories and refs. */
  readonly called: CalledFiles;
  /** Works out what jobs need; without it, nothing is known of that. */
  readonly workOutNeeds?: WorkOutNeeds | undefined;
}

/** All workflows of a state, with what is known of the needs of their jobs. */
export interface Checked extends Side {
  readonly state: State;
  /** By path: each workflow as it is by itself, without its callers' doing and its jobs' needs. */
  readonly alone: ReadonlyMap<string, CheckedWorkflow>;
  readonly needsOf: NeedsOf;
}

/** A state that was computed already, to take from it what is the same. */
export interface Known {
  readonly checked: Checked;
  /** Whether a job of an unchanged workflow needs the same in both: what it uses may be in other files. */
  readonly sharesNeeds: (job: JobInChain) => boolean;
}

/** Computes all workflows of a state. What is unchanged since a known one, computed under the same settings, is shared. */
export function checkAll(state: State, settings: Settings, policy: Policy, known: Known | null = null): Checked {
  const checkout = new Map(state.files.map((file) => [file.path, file]));
  const chains = { checkout, called: state.called, settings };
  const shared = new Set<JobInChain>();
  const checked = [...state.files].sort(byPath).map((file) => {
    const same = known === null ? null : unchanged(file, known.checked, checkout, state.called, settings);
    if (same === null) return checkWorkflow(file, chains);
    for (const { chained } of same.jobs) if (known?.sharesNeeds(chained) === true) shared.add(chained);
    return same;
  });
  const alone = new Map(checked.map((workflow) => [workflow.file.path, workflow]));
  const workflows = withUnmetContracts(checked, settings);
  const { workOutNeeds } = state;
  if (workOutNeeds === undefined) return { state, workflows, settings, alone, needsOf: () => null };
  const jobs = workflows.flatMap((workflow) => workflow.jobs);
  const declared = policy.map(({ actions }) => actions);
  const own = workOutNeeds(jobs, settings, declared);
  const needsOf: NeedsOf = (job) => (shared.has(job) && known !== null ? known.checked.needsOf(job) : own(job));
  return { state, workflows: withNeeds(workflows, needsOf), settings, alone, needsOf };
}

/** What is known of a file, where it and all that it calls are the same. */
function unchanged(
  file: WorkflowFile,
  known: Checked,
  checkout: ReadonlyMap<string, WorkflowFile>,
  called: CalledFiles,
  settings: Settings,
): CheckedWorkflow | null {
  const same = known.alone.get(file.path);
  if (same === undefined || settings !== known.settings || same.file.workflow !== file.workflow) return null;
  return allJobs(same.tree).every((job) => isSameCall(job)) ? same : null;

  function isSameCall({ job, file: from, call }: JobInChain): boolean {
    if (call === null || job.uses === null) return true;
    const reference = workflowReference(job.uses.reference);
    if ('error' in reference) return true;
    const target = calledPlace(reference, from.place);
    const { callee } = call;
    if (target.kind === 'checkout') {
      // A call that is too deep leads to a file that was looked at further up.
      const now = checkout.get(target.path)?.workflow;
      if (callee.kind === 'found') return now === callee.file.read.workflow;
      return (callee.kind === 'missing') === (now === undefined);
    }
    const [before, after] = [known.state.called.get(placeKey(target)), called.get(placeKey(target))];
    return before === after || JSON.stringify(before) === JSON.stringify(after);
  }
}

function byPath(a: { readonly path: string }, b: { readonly path: string }): number {
  return byCodeUnit(a.path, b.path);
}
