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
  /** Of `workflow_run`: the names of the workflows whose runs start this one. */
  readonly workflows: readonly string[] | null;
}

/** A value that a calling job hands to the called workflow. */
export interface PassedValue {
  readonly name: string;
  /** Where the value stands: there GitHub reports what is wrong with it, be it the name. */
  readonly position: Position;
  /** The literal that is passed; `null` when the value is made by an expression. */
  readonly literal: Literal | null;
  /** The value as written, when an expression makes it. */
  readonly expression?: string;
}

/** A scalar that is no expression. */
export interface Literal {
  readonly type: 'null' | 'boolean' | 'number' | 'string';
  readonly text: string;
}

/** The call of another workflow, as written. */
export interface Call {
  readonly reference: string;
  /** Where the value of `uses` stands. */
  readonly position: Position;
  readonly inputs: readonly PassedValue[];
  /** The secrets that are passed by name; `'inherit'` passes all. */
  readonly secrets: readonly PassedValue[] | 'inherit';
}

/** An input that a workflow takes. */
export interface InputDefinition {
  readonly name: string;
  readonly type: string;
  readonly required: boolean;
  /** `null` without a default. */
  readonly default: (Literal & Position) | 'expression' | null;
}

/** What a workflow that can be called takes. */
export interface CallDefinition {
  readonly inputs: readonly InputDefinition[];
  readonly secrets: readonly { readonly name: string; readonly required: boolean }[];
}

/** A concurrency group as written. */
export interface ConcurrencyGroup extends Position {
  /** The group, or the expression that makes it, without `${{ }}`. */
  readonly text: string;
  readonly isExpression: boolean;
}

/** A name and its value as written, expressions with their `${{ }}`; a value that is no scalar is the empty text. */
export interface NamedText {
  readonly name: string;
  readonly text: string;
  /** Where the value stands. */
  readonly position: Position;
}

/** A value as written, expressions with their `${{ }}`. */
export interface WrittenText {
  readonly text: string;
  readonly position: Position;
}

/** A step of a job, as written. */
export interface Step {
  /** Where the step begins. */
  readonly position: Position;
  /** The expression under `if`, without `${{ }}`; `null` when there is none. */
  readonly condition: string | null;
  /** The action; `null` for a step that runs a script. */
  readonly uses: WrittenText | null;
  /** The script; `null` for a step that uses an action. */
  readonly run: WrittenText | null;
  readonly with: readonly NamedText[];
  readonly env: readonly NamedText[];
  /** By which other steps name its outputs; not given when it has none. */
  readonly id?: string;
  /** What stands under `continue-on-error`, as written; not given when nothing does. */
  readonly continueOnError?: string;
  /** What stands under `shell`, as written; not given when nothing does. */
  readonly shell?: string;
  /** What stands under `working-directory`, as written; not given when nothing does. */
  readonly workingDirectory?: string;
}

/** What holds for the scripts of a workflow or a job where their steps say nothing else. */
export interface RunDefaults {
  readonly shell?: string;
  readonly workingDirectory?: string;
}

/** An image that the runner pulls with credentials. */
export interface ContainerImage {
  readonly image: string;
  readonly password: WrittenText;
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
  readonly uses: Call | null;
  /** Where the name of the job's environment stands, with the name; `null` when it has none. */
  readonly environment: WrittenText | null;
  readonly env: readonly NamedText[];
  /** None for a job that calls a workflow. */
  readonly steps: readonly Step[];
  /** What the jobs that need it can read; not given when there is none. */
  readonly outputs?: readonly NamedText[];
  /** What stands under `continue-on-error`, as written; not given when nothing does. */
  readonly continueOnError?: string;
  /** Not given when there is none. */
  readonly concurrency?: ConcurrencyGroup;
  /** What stands under `defaults.run`; not given when nothing does. */
  readonly defaults?: RunDefaults;
  /** The images of its container and services that are pulled with credentials; not given when there is none. */
  readonly images?: readonly ContainerImage[];
  /** The labels of its runners, those of a matrix one by one; an expression that is not followed stays as written. */
  readonly runsOn: readonly string[];
}

/** A comment that asks not to be told of something: `# effective-permissions: ignore[rule, rule] reason`. */
export interface IgnoreComment extends Position {
  /** As written, whether there are such rules or not. */
  readonly rules: readonly string[];
  /** Empty when none is given. */
  readonly reason: string;
  /** The lines that it is about, both included: its own, or the block below it or beside it. */
  readonly firstLine: number;
  readonly lastLine: number;
}

/** A workflow file as written. */
export interface Workflow {
  readonly name: string | null;
  readonly triggers: readonly Trigger[];
  readonly permissions: PermissionsBlock | null;
  /** What it takes from a caller; `null` when it cannot be called. */
  readonly call: CallDefinition | null;
  /** Where its first key stands. */
  readonly position: Position;
  /** Where the value of `on` stands; of the file's first line without it. */
  readonly onPosition: Position;
  /** Not given when there is none. */
  readonly concurrency?: ConcurrencyGroup;
  readonly env: readonly NamedText[];
  /** What stands under `defaults.run`; not given when nothing does. */
  readonly defaults?: RunDefaults;
  readonly jobs: readonly Job[];
  readonly ignoreComments: readonly IgnoreComment[];
}

/**
 * What reading one text gave. With problems GitHub refuses the file, and `workflow` holds what could be understood all
 * the same. It holds no path: one text is read once, however many files contain it.
 */
export interface ReadWorkflow {
  readonly workflow: Workflow;
  readonly problems: readonly Problem[];
  /** What is wrong beside permissions that are not known, where nothing else is reported because of them. */
  readonly ifPermissionsAreKnown?: readonly Problem[];
}

/** A workflow file of the repository under test: where it stands and what reading it gave. */
export interface WorkflowFile extends ReadWorkflow {
  /** From the repository's root, with `/`. */
  readonly path: string;
}
