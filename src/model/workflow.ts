import type { PermissionsBlock } from './permission.ts';
import type { Position } from './position.ts';
import type { Problem } from './problem.ts';

/** One event under `on`, with the filters that tell something about a run. A filter that is not written is `null`. */
export interface Trigger {
  readonly event: string;
  readonly position: Position;
  readonly types: readonly string[] | null;
  readonly branches: readonly string[] | null;
  readonly branchesIgnore: readonly string[] | null;
  readonly tags: readonly string[] | null;
  readonly tagsIgnore: readonly string[] | null;
}

/** A job as written. */
export interface Job {
  readonly id: string;
  /** Where the job's id stands. */
  readonly position: Position;
  readonly name: string | null;
  readonly permissions: PermissionsBlock | null;
  /** Ids of the jobs that this one waits for. */
  readonly needs: readonly string[];
  /** The expression under `if`, without `${{ }}`; `null` when there is none. */
  readonly condition: string | null;
  /** The called workflow, for a job that calls one. */
  readonly uses: { readonly reference: string; readonly position: Position } | null;
}

/** A workflow file as written. */
export interface Workflow {
  readonly name: string | null;
  readonly triggers: readonly Trigger[];
  readonly permissions: PermissionsBlock | null;
  readonly jobs: readonly Job[];
}

/**
 * What reading one text gave. With problems GitHub refuses the file, and `workflow` holds what could be understood all
 * the same. It holds no path: one text is read once, however many files contain it.
 */
export interface ReadWorkflow {
  readonly workflow: Workflow;
  readonly problems: readonly Problem[];
}

/** A workflow file of the repository under test: where it stands and what reading it gave. */
export interface WorkflowFile extends ReadWorkflow {
  /** From the repository's root, with `/`. */
  readonly path: string;
}
